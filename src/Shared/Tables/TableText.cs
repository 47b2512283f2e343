using System.Text;

namespace HotPathGen.Shared;

/// <summary>
/// A table of figures in lines of a given width: names on the left, figures in columns that line up, a gap before calls, times and bytes. The
/// summary at a program's end and the tool's tables are this.
/// </summary>
/// <param name="Width">Of the lines, at most.</param>
/// <param name="IsUnicode">Whether µ can be shown.</param>
/// <param name="Paint">Colours a part; null for none.</param>
internal sealed record TableText(int Width, bool IsUnicode, Func<TextPart, string, string>? Paint = null)
{
    /// <summary>With less room for names columns are left out; where none may be, they go to a second line.</summary>
    private const int NarrowestName = 26;

    /// <summary>Wide enough for all figures but counts from a million on, which have a unit: columns rarely differ from table to table.</summary>
    private const int NarrowestCell = 7;

    // In two lines all columns are as wide, so that the figures of both line up. The first has those of a call.
    private const int FoldedCell = 9,
        FoldedColumns = 4;

    // Deeper rows tell their depth.
    private const int MaxIndent = 6;

    // Loops and arrays, here and where tables are filled: a summary is made while a program ends, and so is the code of every generic method
    // over a value type.

    /// <summary>Of the columns up to a rank, those of the lowest that fit beside the names.</summary>
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

    /// <summary>All columns up to a rank: in one line where they fit, in two where they do not.</summary>
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
            // What there is to say of a row must not take its name's place.
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

    // Without a row: the headings.
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
            // One blank more before the first figure of time and the first of bytes.
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

    /// <param name="columns">Places of the columns in it.</param>
    /// <param name="widths">Of each, with the blanks before it.</param>
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

    /// <summary>What a file holds must not steer the terminal, and what the terminal cannot show is shown as something else.</summary>
    public string Printable(string text) =>
        IsUnicode
            ? VisibleText.Of(text)
            : string.Concat(VisibleText.Of(text).Replace('×', 'x').Replace("…", "..").Select(static letter => char.IsAscii(letter) ? letter : '?'));

    /// <summary>A sentence in lines, the later ones indented.</summary>
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

/// <summary>What can have a colour.</summary>
internal enum TextPart
{
    Figure,
    Heading,
    Mark,
    Detail,
}
