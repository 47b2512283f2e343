using System.Text;

namespace HotPathGen.Tool.Reports;

/// <summary>
/// A table in GitHub-flavoured Markdown. Names, types and source text are written as code, so that they mention no user and close no tag.
/// </summary>
internal static class MarkdownTable
{
    /// <param name="text">The text to append to.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows of the table that are shown.</param>
    /// <param name="longest">The most characters of a name or text.</param>
    /// <param name="mostRank">The highest rank of a column that is shown.</param>
    public static void Append(StringBuilder text, Table table, Row[] rows, int longest, int mostRank = int.MaxValue)
    {
        int[] columns = table.Shown(mostRank);
        text.Append("| ").AppendJoin(" | ", [table.Title, .. columns.Select(column => table.Columns[column].Title)]).Append(" |\n|---|");
        text.Insert(text.Length, table.IsOfText ? "---|" : "---:|", columns.Length).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ")
                .Insert(text.Length, "&emsp;", row.Depth)
                .Append(Code(ShortName.Of(VisibleText.Name(row.Name), longest)))
                .Append(Plain(row.Marks));
            if (row.Detail.Length > 0)
            {
                text.Append("<br>").Append(Code(ShortName.Of(VisibleText.Of(row.Detail), longest)));
            }
            foreach (int column in columns)
            {
                text.Append(" | ").Append(Plain(ShortName.Of(VisibleText.Of(table.Text(row, column, isUnicode: true)), longest)));
            }
            text.Append(" |\n");
        }
    }

    /// <summary>Appends a list, for a table whose rows are sentences.</summary>
    public static void AppendSentences(StringBuilder text, Table table)
    {
        foreach (var row in table.Rows)
        {
            text.Append("- ").Append(Plain(row.Name)).Append('\n');
        }
    }

    /// <summary>Text as code, on one line of a cell.</summary>
    public static string Code(string text)
    {
        // A fence must be longer than any run of backticks in the text. A bar separates cells even within code.
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

    /// <summary>Text as plain text: markup in it is escaped.</summary>
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
