using System.Globalization;
using System.Text;

namespace HotPathGen.Tool.Reports;

/// <summary>A report for a comment on a pull request: the result and the top rows are shown, and the rest is folded.</summary>
internal static class ReportMarkdown
{
    private const int OpenRows = 5;
    private const int LongestCell = 300;

    // A comment has about the width of a terminal.
    private const int MostRank = MethodTable.SummaryRank;

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

    private static void Append(StringBuilder text, Table section, int mostRows)
    {
        if (section.IsOfSentences)
        {
            text.Append("**").Append(MarkdownTable.Plain(section.Caption)).Append("**\n\n");
            MarkdownTable.AppendSentences(text, section);
            text.Append('\n');
            return;
        }
        var rows = section.Rows[..Math.Min(section.Rows.Length, mostRows)];
        int open = section.IsDetail ? 0 : Math.Min(OpenRows, rows.Length);
        if (open > 0)
        {
            text.Append("**").Append(MarkdownTable.Plain(section.Caption)).Append("**\n\n");
            MarkdownTable.Append(text, section, rows[..open], LongestCell, MostRank);
            text.Append('\n');
        }
        if (rows.Length > open)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<details><summary>{section.Caption}: {(open > 0 ? $"{section.Rows.Length - open:N0} more" : $"{section.Rows.Length:N0}")}</summary>\n\n"
            );
            MarkdownTable.Append(text, section, rows[open..], LongestCell, MostRank);
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
