using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Table = HotPathGen.Shared.Table;

namespace HotPathGen.Tool.Reports;

/// <summary>Tables for people. On a terminal they have its width and colours; elsewhere they are plain text.</summary>
internal sealed class TableConsole(IAnsiConsole console)
{
    private const int PlainWidth = 80;
    private const int MinWidth = 40;

    // The room that a table keeps for borders on the left and right, even where it has none.
    private const int Edges = 2;

    private readonly TableText _text = TextOf(console);

    /// <summary>Spectre detects the terminal and NO_COLOR. Where the output is not a terminal, lines have 80 columns.</summary>
    public static TableConsole Of(TextWriter output) => IsTerminal(output) ? new(AnsiConsole.Console) : Plain(output, PlainWidth);

    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>How tables are written on a console, with its width and colours.</summary>
    public static TableText TextOf(IAnsiConsole console) =>
        new(
            Math.Max(MinWidth, console.Profile.Width) - 1,
            console.Profile.Capabilities.Unicode,
            console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors ? Paint : null
        );

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

    // Code pages are compared, because the console's own encodings hide their types.
    private static bool IsUnicodeEncoding(Encoding encoding) =>
        encoding.CodePage == Encoding.UTF8.CodePage || encoding.CodePage == Encoding.Unicode.CodePage;

    private int Width => Math.Max(MinWidth, console.Profile.Width);
    public bool IsUnicode => console.Profile.Capabilities.Unicode;

    public void Sentence(string text)
    {
        var lines = new StringBuilder();
        _text.AppendSentence(lines, text);
        console.Profile.Out.Writer.Write(lines);
    }

    public void Line(string text) => console.Profile.Out.Writer.Write(text + "\n");

    public void Write(Table table)
    {
        if (table.IsOfSentences)
        {
            Line(table.Title + "\n" + new string('-', Width - 1));
            foreach (var row in table.Rows)
            {
                Sentence(row.Name);
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
        var lines = new StringBuilder();
        _text.Append(lines, table);
        console.Profile.Out.Writer.Write(lines);
        SayMore(table);
    }

    // Text that is too long for its column continues on the next line. It is not cut, because its end may be important.
    private void WriteText(Table table)
    {
        int[] columns = table.Shown();
        string[][] cells =
        [
            [table.Title, .. columns.Select(c => table.Columns[c].Title)],
            .. table.Rows.Select(row => (string[])[row.Name, .. columns.Select(c => table.Text(row, c, IsUnicode))]),
        ];
        var shown = new Spectre.Console.Table
        {
            Border = new RuleBelowHeading(),
            UseSafeBorder = false,
            ShowHeaders = true,
        };
        // The last column gets what the others leave, which is at least as wide as any of them.
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
            shown.AddRow(row.Select(cell => new Text(_text.Printable(cell))));
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

    // The SGR codes for bold, yellow and grey.
    private static string Paint(TextPart part, string text) =>
        part switch
        {
            TextPart.Heading => $"\e[1m{text}\e[0m",
            TextPart.Mark => $"\e[33m{text}\e[0m",
            TextPart.Detail => $"\e[90m{text}\e[0m",
            _ => text,
        };

    private static Markup Heading(string title) => new($"[bold]{Markup.Escape(title)}[/]");

    /// <summary>The style of the summary at the end of a measured run: a line below the headings and no other border.</summary>
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
