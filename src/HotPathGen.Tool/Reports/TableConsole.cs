using System.Text;
using HotPathGen.Runtime;
using HotPathGen.Shared;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HotPathGen.Tool.Reports;

/// <summary>Tables for people: as wide as the terminal, in colour there, plain where the output goes elsewhere.</summary>
internal sealed class TableConsole(IAnsiConsole console)
{
    private const int PlainWidth = 80;
    private const int MinWidth = 40;
    private const int MinNameWidth = 30;
    private const int Cell = 8;

    // Room that a table keeps for borders left and right, even where there are none.
    private const int Edges = 2;

    // Deeper rows tell their depth.
    private const int MaxIndent = 6;

    /// <summary>Spectre knows the terminal and NO_COLOR; what is not a terminal gets lines of 80 columns.</summary>
    public static TableConsole Of(TextWriter output)
    {
        bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        return isTerminal ? new(AnsiConsole.Console) : Plain(output, PlainWidth);
    }

    public static TableConsole Plain(TextWriter output, int width)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = IsUnicodeEncoding(output.Encoding);
        return new(console);
    }

    // The console's own encodings hide their types.
    private static bool IsUnicodeEncoding(Encoding encoding) =>
        encoding.CodePage == Encoding.UTF8.CodePage || encoding.CodePage == Encoding.Unicode.CodePage;

    private int Width => Math.Max(MinWidth, console.Profile.Width);
    private bool IsUnicode => console.Profile.Capabilities.Unicode;

    public string Time(long ns) => Units.Time(ns, IsUnicode);

    public void Sentence(string text)
    {
        int column = 0;
        var lines = new StringBuilder();
        foreach (string word in Printable(text).Split(' '))
        {
            bool breaks = column > 0 && column + 1 + word.Length > Width - 1;
            lines
                .Append(
                    breaks ? "\n  "
                    : column > 0 ? " "
                    : ""
                )
                .Append(word);
            column =
                (
                    breaks ? 2
                    : column > 0 ? column + 1
                    : 0
                ) + word.Length;
        }
        console.Profile.Out.Writer.Write(lines.Append('\n'));
    }

    public void Line(string text) => console.Profile.Out.Writer.Write(text + "\n");

    public void Write(Table table)
    {
        if (table.IsOfSentences)
        {
            Line(table.Title + "\n" + new string('-', Width - Edges));
            foreach (var row in table.Rows)
            {
                Sentence(row.Name.Replace('×', IsUnicode ? '×' : 'x'));
            }

            SayMore(table);
            return;
        }
        if (table.IsOfText)
        {
            WriteText(table);
            SayMore(table);
            return;
        }
        int[] columns = Fitting(table.Columns);
        int nameWidth = Width - Edges - columns.Length * (Cell + 1);
        var shown = new Spectre.Console.Table
        {
            Border = new RuleBelowHeading(),
            UseSafeBorder = false,
            ShowHeaders = true,
        };
        shown.AddColumn(
            new TableColumn(Heading(table.Title))
            {
                NoWrap = true,
                Width = nameWidth,
                Padding = new(0),
            }
        );
        foreach (int column in columns)
        {
            shown.AddColumn(
                new TableColumn(Heading(table.Columns[column].Title))
                {
                    NoWrap = true,
                    Width = Cell,
                    Alignment = Justify.Right,
                    Padding = new(0),
                }
            );
        }

        foreach (var row in table.Rows)
        {
            shown.AddRow([
                Name(row, nameWidth),
                .. columns.Select(column => new Text(Printable(Table.Format(table.Columns[column], row.Cells[column], IsUnicode)))),
            ]);
            if (row.Detail.Length > 0)
            {
                shown.AddRow(new TableCell(Detail(row, Width - Edges)).Span(columns.Length + 1));
            }
        }
        console.Write(shown);
        SayMore(table);
    }

    // Whatever is too long for its column goes on in the next line: an end that is cut may be what matters.
    private void WriteText(Table table)
    {
        int[] columns = [.. table.Columns.Index().Where(static c => c.Item.Title.Length > 0).Select(static c => c.Index)];
        string[][] cells =
        [
            [table.Title, .. columns.Select(c => table.Columns[c].Title)],
            .. table.Rows.Select(row => (string[])[row.Name, .. columns.Select(c => Table.Format(table.Columns[c], row.Cells[c], IsUnicode))]),
        ];
        var shown = new Spectre.Console.Table
        {
            Border = new RuleBelowHeading(),
            UseSafeBorder = false,
            ShowHeaders = true,
        };
        // The last column has what the others leave, which is at least as much as any of them.
        int left = Width - Edges - columns.Length,
            most = left / (columns.Length + 1);
        foreach (int column in Enumerable.Range(0, columns.Length + 1))
        {
            int width = column == columns.Length ? left : Math.Min(most, cells.Max(row => row[column].Length));
            left -= width;
            shown.AddColumn(new TableColumn(Heading(cells[0][column])) { Width = width, Padding = new(0) });
        }
        foreach (string[] row in cells.Skip(1))
        {
            shown.AddRow(row.Select(cell => new Text(Printable(cell))));
        }

        console.Write(shown);
    }

    private void SayMore(Table table)
    {
        if (table.More > 0)
        {
            Line($"{table.More} more: --top {table.Rows.Length + table.More}");
        }
    }

    // Of the columns that have a heading, those of the lowest ranks that leave enough for the name.
    private int[] Fitting(Column[] columns)
    {
        int room = Math.Max(1, (Width - Edges - MinNameWidth) / (Cell + 1));
        return
        [
            .. columns
                .Index()
                .Where(static c => c.Item.Title.Length > 0)
                .OrderBy(static c => c.Item.Rank)
                .Take(room)
                .Select(static c => c.Index)
                .Order(),
        ];
    }

    private Markup Name(Row row, int width)
    {
        string indent =
            new string(' ', 2 * Math.Min(row.Depth, MaxIndent)) + (row.Depth > MaxIndent ? FormattableString.Invariant($"{row.Depth}: ") : "");
        string name = indent + Markup.Escape(Printable(ShortName.Of(VisibleText.Name(row.Name), width - indent.Length - row.Marks.Length)));
        string marks = row.Marks.Length > 0 ? $"[yellow]{Markup.Escape(row.Marks)}[/]" : "";
        return new(name + marks);
    }

    private Markup Detail(Row row, int width) => new($"  [grey]{Markup.Escape(Printable(Cut(VisibleText.Of(row.Detail), width - 2)))}[/]");

    private static Markup Heading(string title) => new($"[bold]{Markup.Escape(title)}[/]");

    private static string Cut(string text, int width) => text.Length <= width ? text : VisibleText.Start(text, width - 2) + "..";

    // What a file holds must not steer the terminal.
    private string Printable(string text) =>
        IsUnicode ? VisibleText.Of(text) : string.Concat(VisibleText.Of(text).Select(static letter => char.IsAscii(letter) ? letter : '?'));

    /// <summary>As the summary at the end of a measured run looks: a line below the headings, nothing else.</summary>
    private sealed class RuleBelowHeading : TableBorder
    {
        public override string GetPart(TableBorderPart part) =>
            part switch
            {
                TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator => "-",
                TableBorderPart.HeaderSeparator or TableBorderPart.CellSeparator => " ",
                _ => "",
            };
    }
}
