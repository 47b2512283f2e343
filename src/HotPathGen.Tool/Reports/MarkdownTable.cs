using System.Text;
using HotPathGen.Shared;

namespace HotPathGen.Tool.Reports;

/// <summary>A table of GitHub-flavoured Markdown. Names, types and source text are code: they mention nobody and close no tag.</summary>
internal static class MarkdownTable
{
    /// <param name="text">Where to append it.</param>
    /// <param name="columns">Those of text stand before those of figures.</param>
    /// <param name="rows">Cells as Markdown: see <see cref="Code"/>.</param>
    /// <param name="textColumns">How many are of text.</param>
    public static void Append(StringBuilder text, string[] columns, IEnumerable<string[]> rows, int textColumns = 1)
    {
        text.Append("| ")
            .AppendJoin(" | ", columns)
            .Append(" |\n|")
            .Insert(text.Length, "---|", textColumns)
            .Insert(text.Length, "---:|", columns.Length - textColumns)
            .Append('\n');
        foreach (string[] row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }
    }

    /// <summary>Text as code, on one line of one cell.</summary>
    public static string Code(string text)
    {
        // A fence is longer than any run of backticks in it; a bar parts cells even in code.
        int longest = 0,
            run = 0;
        foreach (char letter in text)
        {
            longest = Math.Max(longest, run = letter == '`' ? run + 1 : 0);
        }

        string fence = new('`', longest + 1),
            space = longest > 0 ? " " : "";
        string line = VisibleText.Of(text).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Trim().Length == 0 ? "" : $"{fence}{space}{line}{space}{fence}";
    }

    /// <summary>Text as text: what would be markup is escaped.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char letter in VisibleText.Of(text))
        {
            if ("\\`*_{}[]<>#|~@!&".Contains(letter, StringComparison.Ordinal))
            {
                plain.Append('\\');
            }

            plain.Append(letter);
        }
        return plain.ToString();
    }
}
