using System.Globalization;
using System.Text;
using HotPathGen.Runtime;
using HotPathGen.Shared;

namespace HotPathGen.Tool.Reports;

/// <summary>A report for a comment on a pull request: the result and the top rows, the rest folded.</summary>
internal static class ReportMarkdown
{
    private const int OpenRows = 5;
    private const int LongestCell = 300;

    public static string Print(Report report, int mostRows)
    {
        var text = new StringBuilder("### ").Append(MarkdownTable.Plain(report.Title)).Append("\n\n");
        foreach (string sentence in report.Lead)
        {
            text.Append(MarkdownTable.Plain(sentence)).Append("\n\n");
        }

        foreach (string warning in report.Warnings)
        {
            text.Append("> ⚠️ ").Append(MarkdownTable.Plain(warning)).Append("\n\n");
        }

        foreach (var section in report.Sections)
        {
            Append(text, section, mostRows);
        }

        if (report.Notes.Length > 0)
        {
            text.Append("<details><summary>how to read this</summary>\n\n");
            foreach (string note in report.Notes)
            {
                text.Append("- ").Append(MarkdownTable.Plain(note)).Append('\n');
            }

            text.Append("\n</details>\n");
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder text, ReportSection section, int mostRows)
    {
        string[][] rows =
        [
            .. section
                .Rows.Take(mostRows)
                .Select(row =>
                    (string[])
                        [
                            MarkdownTable.Code(ShortName.Of(VisibleText.Name(row[0]), LongestCell)),
                            .. row.Skip(1).Select(static cell => MarkdownTable.Plain(ShortName.Of(VisibleText.Of(cell), LongestCell))),
                        ]
                ),
        ];
        int open = section.IsDetail ? 0 : Math.Min(OpenRows, rows.Length);
        if (open > 0)
        {
            text.Append("**").Append(MarkdownTable.Plain(section.Title)).Append("**\n\n");
            MarkdownTable.Append(text, section.Columns, rows[..open]);
            text.Append('\n');
        }
        if (rows.Length > open)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<details><summary>{section.Title}: {(open > 0 ? $"{section.Rows.Length - open:N0} more" : $"{section.Rows.Length:N0}")}</summary>\n\n"
            );
            MarkdownTable.Append(text, section.Columns, rows[open..]);
            if (section.Rows.Length > rows.Length)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nand {section.Rows.Length - rows.Length:N0} more.\n");
            }

            text.Append("\n</details>\n\n");
        }
        if (section.Summary.Length > 0)
        {
            text.Append(MarkdownTable.Plain(section.Summary)).Append("\n\n");
        }
    }
}
