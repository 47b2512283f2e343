using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>Methods that did not keep the budgets of their attributes, and the sites in them that went beyond: each with the first stack.</summary>
internal static class BreachTable
{
    private const int Rows = 20;

    private static readonly Column[] s_columns =
    [
        new("methodId", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("file", "", Unit.Text, 0),
        new("line", "", Unit.Text, 0),
        new("budget", "budget", Unit.Bytes, 1),
        new("calls", "calls", Unit.Count, 2),
        new("breaches", "beyond", Unit.Count, 0),
        new("maxBytes", "B max", Unit.Bytes, 3),
        new("firstStack", "", Unit.Text, 0),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        Row[] broken =
        [
            .. from m in selection.Of(snapshot)
            where m.Breaches is { Count: > 0 }
            orderby m.Breaches!.Count descending
            from row in (Row[])[ToRow(m, m.Line, m.Name, m.Calls, m.Breaches!, m.Allocated.MaxBytes), .. SitesOf(m)]
            select row,
        ];
        return new("breaches", "budget not kept", s_columns, [.. broken.Take(rows)]) { More = Math.Max(0, broken.Length - rows) };
    }

    private static IEnumerable<Row> SitesOf(Method m) =>
        from site in m.Sites ?? []
        where site.Breaches is { Count: > 0 }
        orderby site.Breaches!.Count descending
        select ToRow(
            m,
            site.Line,
            FormattableString.Invariant($"{m.File[(m.File.LastIndexOf('/') + 1)..]}:{site.Line}:{site.Column} {site.Kind} {site.Text}"),
            site.Hits,
            site.Breaches!,
            site.MaxBytes
        ) with
        {
            Depth = 1,
        };

    // Who called what broke it: its own frame is where the row says.
    private static Row ToRow(Method m, int line, string name, long calls, Breaches breaches, long maxBytes) =>
        new(
            name,
            "",
            string.Join(" ", breaches.FirstStack.Take(2)),
            [
                m.Id,
                m.Assembly,
                m.File,
                (long)line,
                (long)m.MaxBytesPerCall!.Value,
                calls,
                breaches.Count,
                maxBytes,
                string.Join("\n", breaches.FirstStack),
            ]
        );
}
