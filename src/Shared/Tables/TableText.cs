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

    /// <summary>Of the columns up to a rank, those of the lowest that fit beside the names.</summary>
    public void Append(StringBuilder text, Table table, int mostRank = int.MaxValue)
    {
        int[] columns = table.Shown(mostRank);
        while (columns.Length > 1 && Width - WidthOf(table, columns) < NarrowestName)
        {
            int last = columns.MaxBy(column => table.Columns[column].Rank);
            columns = [.. columns.Where(column => column != last)];
        }
        AppendLines(text, table, [columns], column => CellOf(table, column));
    }

    /// <summary>All columns up to a rank: in one line where they fit, in two where they do not.</summary>
    public void AppendFolded(StringBuilder text, Table table, int mostRank)
    {
        int[] columns = table.Shown(mostRank);
        if (Width - WidthOf(table, columns) >= NarrowestName)
        {
            AppendLines(text, table, [columns], column => CellOf(table, column));
            return;
        }
        int first = Math.Min(FoldedColumns, columns.Length);
        AppendLines(text, table, [columns[..first], columns[first..]], static _ => FoldedCell);
    }

    private void AppendLines(StringBuilder text, Table table, int[][] lines, Func<int, int> cell)
    {
        AppendRow(text, Painted(TextPart.Heading, table.Title), table.Title.Length, "", column => table.Columns[column].Title, TextPart.Heading);
        text.Append('-', Width).Append('\n');
        foreach (var row in table.Rows)
        {
            int room = Width - WidthOfLine(lines[0]);
            string indent =
                new string(' ', 2 * Math.Min(row.Depth, MaxIndent)) + (row.Depth > MaxIndent ? FormattableString.Invariant($"{row.Depth}: ") : "");
            // What there is to say of a row must not take its name's place.
            string marks = row.Marks.Length <= room / 2 ? row.Marks : "";
            string name = indent + Printable(ShortName.Of(VisibleText.Name(row.Name), room - indent.Length - marks.Length));
            AppendRow(
                text,
                name + Painted(TextPart.Mark, marks),
                name.Length + marks.Length,
                row.Detail,
                column => table.Text(row, column, IsUnicode),
                TextPart.Figure
            );
            if (marks.Length < row.Marks.Length)
            {
                text.Append("  ").Append(Painted(TextPart.Mark, Cut(row.Marks.TrimStart()))).Append('\n');
            }
        }

        void AppendRow(StringBuilder text, string name, int nameLength, string detail, Func<int, string> figure, TextPart part)
        {
            text.Append(name).Append(' ', Math.Max(0, Width - WidthOfLine(lines[0]) - nameLength));
            AppendCells(text, lines[0], figure, part);
            foreach (int[] more in lines.Skip(1))
            {
                text.Append(' ', Math.Max(0, Width - WidthOfLine(more)));
                AppendCells(text, more, figure, part);
            }
            if (detail.Length > 0)
            {
                text.Append("  ").Append(Painted(TextPart.Detail, Cut(detail))).Append('\n');
            }
        }

        void AppendCells(StringBuilder text, int[] columns, Func<int, string> figure, TextPart part)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                string shown = Printable(figure(columns[i]));
                text.Append(' ', Math.Max(0, cell(columns[i]) + 1 + (lines.Length == 1 ? GapBefore(table, columns, i) : 0) - shown.Length))
                    .Append(Painted(part, shown));
            }
            text.Append('\n');
        }

        int WidthOfLine(int[] columns) =>
            columns.Select((column, i) => cell(column) + 1 + (lines.Length == 1 ? GapBefore(table, columns, i) : 0)).Sum();
    }

    private int WidthOf(Table table, int[] columns) => columns.Select((column, i) => CellOf(table, column) + 1 + GapBefore(table, columns, i)).Sum();

    private int CellOf(Table table, int column) =>
        table.Rows.Select(row => table.Text(row, column, IsUnicode).Length).Append(table.Columns[column].Title.Length).Append(NarrowestCell).Max();

    // One blank more before the first figure of time and the first of bytes.
    private static int GapBefore(Table table, int[] columns, int place) =>
        place > 0
        && table.Columns[columns[place]].Unit is (Unit.Ns or Unit.Bytes) and var unit
        && !columns.Take(place).Any(column => table.Columns[column].Unit == unit)
            ? 1
            : 0;

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
