using System.Globalization;
using System.Text;
using HotPathGen.Runtime;
using HotPathGen.Shared;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>A snapshot as <c>show</c> shows it.</summary>
internal sealed record ShowReport(SnapshotDocument Snapshot, Table[] Tables)
{
    // A comment may have 65,536 characters.
    private const int LongestName = 200;
    private const int SitesBelowMethods = 10;
    private const int AdviceBelowSites = 5;

    /// <summary>Methods, budgets that were not kept, the sites that matter most and what to do about them, and pooled parameters.</summary>
    public static ShowReport Overview(SnapshotDocument snapshot, Selection selection)
    {
        var below = selection with { Top = selection.Top ?? SitesBelowMethods };
        return new(
            snapshot,
            [
                MethodTable.Of(snapshot, selection),
                BreachTable.Of(snapshot, below),
                SiteTable.Of(snapshot, below),
                AdviceTable.Of(snapshot, selection with { Top = selection.Top ?? AdviceBelowSites }),
                PooledTable.Of(snapshot, below),
            ]
        );
    }

    public void Write(TableConsole console)
    {
        foreach (string sentence in Wording.Heading(Snapshot, console.Time))
        {
            console.Sentence(sentence);
        }

        foreach (var table in Shown)
        {
            console.Line("");
            console.Write(table);
        }
        console.Line("");
        if (!Shown.Any())
        {
            console.Sentence(Tables[0].WhenEmpty);
        }

        foreach (string sentence in Wording.Remarks(Snapshot, Keys))
        {
            console.Sentence(sentence);
        }
    }

    public string ToJson() => TableJson.Of(Tables);

    public string ToMarkdown()
    {
        var text = new StringBuilder().AppendJoin("  \n", Wording.Heading(Snapshot, Time).Select(MarkdownTable.Plain)).Append('\n');
        foreach (var table in Shown)
        {
            Append(text.Append('\n'), table);
        }

        if (!Shown.Any())
        {
            text.Append('\n').Append(Tables[0].WhenEmpty).Append('\n');
        }

        text.Append("\n<details><summary>What to know about these figures</summary>\n\n");
        foreach (string remark in Wording.Remarks(Snapshot, Keys))
        {
            text.Append("- ").Append(MarkdownTable.Plain(remark)).Append('\n');
        }

        return text.Append("\n</details>\n").ToString();

        static string Time(long ns) => Units.Time(ns, isUnicode: true);
    }

    private static void Append(StringBuilder text, Table table)
    {
        if (table.IsOfSentences)
        {
            text.Append("**").Append(table.Title).Append("**\n\n");
            foreach (var row in table.Rows)
            {
                text.Append("- ").Append(MarkdownTable.Plain(row.Name)).Append('\n');
            }
        }
        else
        {
            AppendRows(text, table);
        }
        if (table.More > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{table.More} more\n");
        }
    }

    private static void AppendRows(StringBuilder text, Table table)
    {
        int[] columns = [.. table.Columns.Index().Where(static c => c.Item.Title.Length > 0).Select(static c => c.Index)];
        MarkdownTable.Append(
            text,
            [table.Title, .. columns.Select(c => table.Columns[c].Title)],
            table.Rows.Select(row =>
                (string[])
                    [
                        new StringBuilder()
                            .Insert(0, "&emsp;", row.Depth)
                            .Append(MarkdownTable.Code(ShortName.Of(VisibleText.Name(row.Name), LongestName)))
                            .Append(MarkdownTable.Plain(row.Marks))
                            .Append(row.Detail.Length > 0 ? "<br>" + MarkdownTable.Code(ShortName.Of(VisibleText.Of(row.Detail), LongestName)) : "")
                            .ToString(),
                        .. columns
                            .Select(c => Table.Format(table.Columns[c], row.Cells[c], isUnicode: true))
                            .Select(cell => table.IsOfText ? MarkdownTable.Plain(cell) : cell),
                    ]
            ),
            textColumns: table.IsOfText ? columns.Length + 1 : 1
        );
    }

    private HashSet<string> Keys => [.. Shown.DefaultIfEmpty(Tables[0]).Select(static table => table.Key)];

    // What nothing is known of is left out.
    private IEnumerable<Table> Shown => Tables.Where(static table => table.Rows.Length > 0);
}
