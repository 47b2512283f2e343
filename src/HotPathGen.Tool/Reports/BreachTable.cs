using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>
/// The methods that did not keep the budgets of their attributes, and the sites in them that exceeded a budget. Each has the first stack.
/// </summary>
internal static class BreachTable
{
    private const int Rows = 20;

    private static readonly Column<Broken>[] s_columns =
    [
        new("methodId", static b => b.Method.Id),
        new("assembly", static b => b.Method.Assembly),
        new("file", static b => b.Method.File),
        new("line", static b => (long)(b.Site?.Line ?? b.Method.Line)),
        new("budget", "budget", Unit.Bytes, 1, static b => (long)b.Method.MaxBytesPerCall!.Value),
        new("calls", "calls", Unit.Count, 2, static b => b.Site?.Hits ?? b.Method.Calls),
        new("breaches", "beyond", Unit.Count, 0, static b => b.Breaches.Count),
        new("maxBytes", "B max", Unit.Bytes, 3, static b => b.Site?.MaxBytes ?? b.Method.Allocated.MaxBytes),
        new("firstStack", static b => string.Join("\n", b.Breaches.FirstStack)),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        Row[] broken =
        [
            .. from m in selection.Of(snapshot)
            where m.Breaches is { Count: > 0 }
            orderby m.Breaches!.Count descending
            from row in (Row[])[ToRow(new(m, null)), .. SitesOf(m)]
            select row,
        ];
        return new("breaches", "budget not kept", s_columns, [.. broken.Take(rows)]) { More = Math.Max(0, broken.Length - rows) };
    }

    private static IEnumerable<Row> SitesOf(Method m) =>
        from site in m.Sites ?? []
        where site.Breaches is { Count: > 0 }
        orderby site.Breaches!.Count descending
        select ToRow(new(m, site)) with
        {
            Depth = 1,
        };

    // The callers of the method or site. Its own frame is left out, because the row already names that place.
    private static Row ToRow(Broken broken) =>
        Row.Of(
            broken.Site is { } site ? $"{broken.Method.PlaceOf(site)} {Words.Of(site.Kind)} {site.Text}" : broken.Method.Name,
            "",
            string.Join(" ", broken.Breaches.FirstStack.Take(2)),
            s_columns,
            broken
        );

    /// <param name="Method">The method that did not keep its budget.</param>
    /// <param name="Site">The site in it that exceeded the budget; null for the method as a whole.</param>
    private sealed record Broken(Method Method, Site? Site)
    {
        public Breaches Breaches => (Site?.Breaches ?? Method.Breaches)!;
    }
}
