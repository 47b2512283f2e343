using System.Text;

namespace HotPathGen.Shared;

/// <summary>
/// Writes a table of figures in lines of a given width: names on the left, figures in aligned columns, and a gap before calls, times and bytes.
/// The summary at a program's end and the tool's tables use it.
/// </summary>
/// <param name="Width">The largest width of a line.</param>
/// <param name="IsUnicode">Whether µ can be displayed.</param>
/// <param name="Paint">Colours a part of the text; null for no colours.</param>
internal sealed record TableText(int Width, bool IsUnicode, Func<TextPart, string, string>? Paint = null)
{
    /// <summary>
    /// The smallest width for names. If names would get less, columns are left out, or go to a second line if none may be left out.
    /// </summary>
    private const int NarrowestName = 26;

    /// <summary>
    /// The smallest width of a cell. It is enough for all figures except counts from a million on, which have a unit. So columns rarely differ
    /// from table to table.
    /// </summary>
    private const int NarrowestCell = 7;

    // In two lines all columns have the same width, so that the figures of both lines are aligned. The first line has the figures of a call.
    private const int FoldedCell = 9,
        FoldedColumns = 4;

    // The largest indent. Rows that are deeper show their depth as a number.
    private const int MaxIndent = 6;

    // Uses loops and arrays, here and where tables are filled. A summary is made while a program ends, and so the code of every generic method
    // over a value type would be compiled then.

    /// <summary>Appends a table. Of the columns up to a rank, it shows those with the lowest rank that fit beside the names.</summary>
    public void Append(StringBuilder text, Table table, int mostRank = int.MaxValue)
    {
        int[] columns = table.Shown(mostRank);
        var line = LineOf(table, columns);
        while (columns.Length > 1 && Width - line.Width < NarrowestName)
        {
            columns = WithoutLast(table, columns);
            line = LineOf(table, columns);
        }
        AppendLines(text, table, [line]);
    }

    /// <summary>Appends a table with all columns up to a rank: in one line if they fit, otherwise in two lines.</summary>
    public void AppendFolded(StringBuilder text, Table table, int mostRank)
    {
        int[] columns = table.Shown(mostRank);
        var line = LineOf(table, columns);
        if (Width - line.Width >= NarrowestName)
        {
            AppendLines(text, table, [line]);
            return;
        }
        int first = Math.Min(FoldedColumns, columns.Length);
        AppendLines(text, table, [FoldedLineOf(columns[..first]), FoldedLineOf(columns[first..])]);
    }

    private void AppendLines(StringBuilder text, Table table, Line[] lines)
    {
        AppendRow(text, table, null, lines, Painted(TextPart.Heading, table.Title), table.Title.Length);
        text.Append('-', Width).Append('\n');
        int room = Width - lines[0].Width;
        foreach (var row in table.Rows)
        {
            string indent =
                new string(' ', 2 * Math.Min(row.Depth, MaxIndent)) + (row.Depth > MaxIndent ? FormattableString.Invariant($"{row.Depth}: ") : "");
            // The marks of a row must not take the space of its name.
            string marks = row.Marks.Length <= room / 2 ? row.Marks : "";
            string name = indent + Printable(ShortName.Of(VisibleText.Name(row.Name), room - indent.Length - marks.Length));
            AppendRow(text, table, row, lines, name + Painted(TextPart.Mark, marks), name.Length + marks.Length);
            if (row.Detail.Length > 0)
            {
                text.Append("  ").Append(Painted(TextPart.Detail, Cut(row.Detail))).Append('\n');
            }
            if (marks.Length < row.Marks.Length)
            {
                text.Append("  ").Append(Painted(TextPart.Mark, Cut(row.Marks.TrimStart()))).Append('\n');
            }
        }
    }

    // If there is no row, appends the headings.
    private void AppendRow(StringBuilder text, Table table, Row? row, Line[] lines, string name, int nameLength)
    {
        text.Append(name);
        foreach (var line in lines)
        {
            text.Append(' ', Math.Max(0, Width - line.Width - nameLength));
            nameLength = 0;
            for (int i = 0; i < line.Columns.Length; i++)
            {
                string shown = Printable(row is null ? table.Columns[line.Columns[i]].Title : table.Text(row, line.Columns[i], IsUnicode));
                text.Append(' ', Math.Max(0, line.Widths[i] - shown.Length)).Append(Painted(row is null ? TextPart.Heading : TextPart.Figure, shown));
            }
            text.Append('\n');
        }
    }

    private Line LineOf(Table table, int[] columns)
    {
        int[] widths = new int[columns.Length];
        bool hasTime = false,
            hasBytes = false;
        for (int i = 0; i < columns.Length; i++)
        {
            var column = table.Columns[columns[i]];
            int cell = Math.Max(NarrowestCell, column.Title.Length);
            foreach (var row in table.Rows)
            {
                cell = Math.Max(cell, table.Text(row, columns[i], IsUnicode).Length);
            }
            // There is one more space before the first time figure and before the first figure of bytes.
            bool isFirst = (column.Unit == Unit.Ns && !hasTime) || (column.Unit == Unit.Bytes && !hasBytes);
            hasTime |= column.Unit == Unit.Ns;
            hasBytes |= column.Unit == Unit.Bytes;
            widths[i] = 1 + cell + (isFirst && i > 0 ? 1 : 0);
        }
        return new(columns, widths);
    }

    private static Line FoldedLineOf(int[] columns)
    {
        int[] widths = new int[columns.Length];
        Array.Fill(widths, 1 + FoldedCell);
        return new(columns, widths);
    }

    private static int[] WithoutLast(Table table, int[] columns)
    {
        int last = 0;
        for (int i = 1; i < columns.Length; i++)
        {
            last = table.Columns[columns[i]].Rank > table.Columns[columns[last]].Rank ? i : last;
        }
        return [.. columns.AsSpan(0, last), .. columns.AsSpan(last + 1)];
    }

    /// <param name="columns">The places of the columns in the line.</param>
    /// <param name="widths">The width of each column, including the spaces before it.</param>
    private sealed class Line(int[] columns, int[] widths)
    {
        public int[] Columns => columns;
        public int[] Widths => widths;
        public int Width { get; } = SumOf(widths);

        private static int SumOf(int[] widths)
        {
            int sum = 0;
            foreach (int width in widths)
            {
                sum += width;
            }
            return sum;
        }
    }

    private string Cut(string text)
    {
        string shown = Printable(VisibleText.Of(text));
        return shown.Length <= Width - 2 ? shown : VisibleText.Start(shown, Width - 4) + "..";
    }

    /// <summary>
    /// Returns text that is safe to print. Text from a file must not control the terminal, and characters that the terminal cannot display are
    /// replaced.
    /// </summary>
    public string Printable(string text) =>
        IsUnicode
            ? VisibleText.Of(text)
            : string.Concat(VisibleText.Of(text).Replace('×', 'x').Replace("…", "..").Select(static letter => char.IsAscii(letter) ? letter : '?'));

    /// <summary>Appends a sentence in several lines. All lines after the first are indented.</summary>
    public void AppendSentence(StringBuilder text, string sentence)
    {
        int column = 0;
        foreach (string word in Printable(sentence).Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append("\n  ");
                column = 2;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }

    private string Painted(TextPart part, string text) => Paint is null || text.Length == 0 ? text : Paint(part, text);
}

/// <summary>The parts of a table that can have a colour.</summary>
internal enum TextPart
{
    Figure,
    Heading,
    Mark,
    Detail,
}
