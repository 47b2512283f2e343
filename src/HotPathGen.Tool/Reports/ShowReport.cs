using System.Globalization;
using System.Text;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The report that <c>show</c> prints about a snapshot.</summary>
internal sealed record ShowReport(SnapshotDocument Snapshot, Table[] Tables)
{
    // A comment may have at most 65,536 characters.
    private const int LongestName = 200;
    private const int Rows = 20;
    private const int SitesBelowMethods = 10;
    private const int AdviceBelowSites = 5;

    /// <summary>The methods, the budgets that were not kept, the sites that matter most with advice on them, and the pooled parameters.</summary>
    public static ShowReport Overview(SnapshotDocument snapshot, Selection selection)
    {
        var below = selection with { Top = selection.Top ?? SitesBelowMethods };
        return new(
            snapshot,
            [
                MethodsOf(snapshot, selection),
                OperationsOf(snapshot, below),
                BreachTable.Of(snapshot, below),
                SitesOf(snapshot, below),
                AdviceTable.Of(snapshot, selection with { Top = selection.Top ?? AdviceBelowSites }),
                PooledOf(snapshot, below),
            ]
        );
    }

    /// <summary>The methods that were called.</summary>
    public static Table MethodsOf(SnapshotDocument snapshot, Selection selection)
    {
        Method[] called = [.. selection.Of(snapshot).Where(static m => m.Calls > 0)];
        int rows = selection.Top ?? Rows;
        return selection.HasAllFunctions || selection.Filter.Length > 0
            ? MethodTable.Of(snapshot, called, rows)
            : MethodTable.WithoutSmallFunctions(snapshot, called, rows);
    }

    public static Table OperationsOf(SnapshotDocument snapshot, Selection selection) =>
        OperationTable.Of(snapshot, OperationTable.Sorted((snapshot.Operations ?? []).Where(selection.Matches)), selection.Top ?? Rows);

    /// <summary>The sites that allocate most.</summary>
    public static Table SitesOf(SnapshotDocument snapshot, Selection selection) =>
        SiteTable.OfTop(snapshot, selection.Of(snapshot), selection.Top ?? Rows);

    public static Table PooledOf(SnapshotDocument snapshot, Selection selection) => PooledTable.Of(selection.Of(snapshot), selection.Top ?? Rows);

    public void Write(TableConsole console)
    {
        foreach (string sentence in Wording.Heading(Snapshot, console.IsUnicode))
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
        var text = new StringBuilder().AppendJoin("  \n", Wording.Heading(Snapshot, isUnicode: true).Select(MarkdownTable.Plain)).Append('\n');
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
    }

    private static void Append(StringBuilder text, Table table)
    {
        if (table.IsOfSentences)
        {
            text.Append("**").Append(table.Title).Append("**\n\n");
            MarkdownTable.AppendSentences(text, table);
        }
        else
        {
            MarkdownTable.Append(text, table, table.Rows, LongestName);
        }
        if (table.More > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{table.More} more\n");
        }
    }

    private HashSet<string> Keys => [.. Shown.DefaultIfEmpty(Tables[0]).Select(static table => table.Key)];

    // Tables without rows are left out.
    private IEnumerable<Table> Shown => Tables.Where(static table => table.Rows.Length > 0);
}
