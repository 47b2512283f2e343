namespace HotPathGen.Shared;

/// <summary>Sites: hits of the calls that probed, totals scaled to all calls.</summary>
internal static class SiteTable
{
    public const int SummaryRank = 4;

    private static readonly Column<SiteRow>[] s_columns =
    [
        new("assembly", static r => r.Method.Assembly),
        new("methodId", static r => r.Method.Id),
        new("method", static r => r.Method.Name),
        new("file", static r => r.Method.File),
        new("line", static r => (long)r.Site.Line),
        new("column", static r => (long)r.Site.Column),
        new("kind", static r => Words.Of(r.Site.Kind)),
        new("type", static r => r.Site.Type),
        new("text", static r => r.Site.Text),
        new("hits", "hits", Unit.Count, 0, static r => r.Site.Hits),
        new("allocatingHits", "alloc.", Unit.Count, 5, static r => r.Site.AllocatingHits),
        new("objects", static r => r.Site.Objects),
        new("bytesPerHit", "B/hit", Unit.Bytes, 1, static r => r.Site.Bytes / Math.Max(1, r.Site.Hits)),
        new("maxBytes", "B max", Unit.Bytes, 6, static r => r.Site.MaxBytes),
        new("largeObjectHits", static r => r.Site.LargeObjectHits),
        new("largeObjectBytes", static r => r.Site.LargeObjectBytes),
        new("probedBytes", static r => r.Site.Bytes),
        new("totalBytes", "B total", Unit.Bytes, 2, static r => (long)r.Bytes),
        new("share", "share", Unit.Share, 3, static r => r.Bytes / Math.Max(1, r.AllBytes)),
        new("scale", "scale", Unit.Factor, 4, static r => r.Method.SiteScale),
    ];

    /// <summary>The sites that allocate most, whatever their method.</summary>
    public static Table OfTop(SnapshotDocument snapshot, IEnumerable<Method> methods, int rows) => Of(snapshot, [.. Top(methods)], rows);

    public static IEnumerable<(Method Method, Site Site)> Top(IEnumerable<Method> methods) =>
        AllOf(methods)
            .Where(static s => s.Site.Bytes > 0)
            .OrderByDescending(static s => BytesOf(s.Method, s.Site))
            .ThenBy(static s => s.Method.Key)
            .ThenBy(static s => s.Site.Line)
            .ThenBy(static s => s.Site.Column);

    /// <summary>All of them, in the order of their methods and of the source.</summary>
    public static Table OfAll(SnapshotDocument snapshot) => Of(snapshot, [.. AllOf(snapshot.Methods)], int.MaxValue);

    /// <summary>Of all calls.</summary>
    public static double BytesOf(Method method, Site site) => site.Bytes * (method.SiteScale ?? 0);

    private static Table Of(SnapshotDocument snapshot, (Method Method, Site Site)[] sites, int rows)
    {
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        return new("sites", "site", s_columns, [.. sites.Take(rows).Select(s => ToRow(new(s.Method, s.Site, BytesOf(s.Method, s.Site), allBytes)))])
        {
            More = Math.Max(0, sites.Length - rows),
        };
    }

    private static IEnumerable<(Method Method, Site Site)> AllOf(IEnumerable<Method> methods) =>
        methods.SelectMany(static m => (m.Sites ?? []).Select(site => (m, site)));

    private static Row ToRow(SiteRow row) =>
        Row.Of(
            $"{row.Method.PlaceOf(row.Site)} {Words.Of(row.Site.Kind)}",
            "",
            row.Site.Type.Length > 0 && !row.Site.Text.Contains(row.Site.Type, StringComparison.Ordinal)
                ? $"{row.Site.Type}: {row.Site.Text}"
                : row.Site.Text,
            s_columns,
            row
        );

    private sealed record SiteRow(Method Method, Site Site, double Bytes, long AllBytes);
}
