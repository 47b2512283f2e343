using System.Globalization;
using System.Text;

namespace HotPathGen.Tool.Reports;

/// <summary>A report for a terminal or a log.</summary>
internal static class ReportText
{
    private const int LongestName = 64;
    private const int LongestLine = 1000;
    private const int LongestCell = 200;

    public static string Print(Report report, int mostRows)
    {
        var text = new StringBuilder(VisibleText.Of(report.Title)).Append('\n');
        foreach (string sentence in report.Lead)
        {
            text.Append(VisibleText.Of(sentence)).Append('\n');
        }

        foreach (var section in report.Sections)
        {
            Append(text, section, mostRows);
        }

        if (report.Warnings.Length + report.Notes.Length > 0)
        {
            text.Append('\n');
        }

        foreach (string warning in report.Warnings)
        {
            text.Append("warning: ").Append(VisibleText.Of(warning)).Append('\n');
        }

        foreach (string note in report.Notes)
        {
            text.Append(VisibleText.Of(note)).Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Table section, int mostRows)
    {
        int[] columns = section.Shown();
        string[][] rows =
        [
            [section.Title, .. columns.Select(column => section.Columns[column].Title)],
            .. section
                .Rows.Take(mostRows)
                .Select(row =>
                    (string[])
                        [
                            ShortName.Of(VisibleText.Name(row.Name), LongestLine),
                            .. columns.Select(column => ShortName.Of(VisibleText.Of(section.Text(row, column, isUnicode: true)), LongestCell)),
                        ]
                ),
        ];
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => Math.Min(row[column].Length, column == 0 ? LongestName : int.MaxValue)))];
        text.Append('\n').Append(section.Caption).Append('\n');
        foreach (string[] row in rows)
        {
            // A long name gets a line of its own. If its end were cut, it might look like another name.
            if (row[0].Length > widths[0])
            {
                text.Append(row[0]).Append('\n').Append(' ', widths[0]);
            }
            else
            {
                text.Append(row[0].PadRight(widths[0]));
            }

            for (int column = 1; column < row.Length; column++)
            {
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }
        if (section.Rows.Length > mostRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {section.Rows.Length - mostRows:N0} more: --top {section.Rows.Length}\n");
        }

        if (section.Summary.Length > 0)
        {
            text.Append(section.Summary).Append('\n');
        }
    }
}
