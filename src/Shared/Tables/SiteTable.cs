namespace HotPathGen.Shared;

/// <summary>The table of sites. Hits are those of the probing calls; totals are scaled to all calls.</summary>
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
        new("kind", "kind", Unit.Text, Column.OnlyOnPage, static r => Words.Of(r.Site.Kind), "what allocates"),
        new("type", static r => r.Site.Type),
        new("text", static r => r.Site.Text),
        new("hits", "hits", Unit.Count, 0, static r => r.Site.Hits, "how often it ran, in the calls that probed", Compared.ByRun),
        new("allocatingHits", "alloc.", Unit.Count, 5, static r => r.Site.AllocatingHits, "hits that allocated", Compared.Sum),
        new("objects", static r => r.Site.Objects),
        new("bytesPerHit", "B/hit", Unit.Bytes, 1, static r => r.Site.Bytes / Math.Max(1, r.Site.Hits), "bytes by hit", Compared.AsIs),
        new("maxBytes", "B max", Unit.Bytes, 6, static r => r.Site.MaxBytes, "the largest hit"),
        new("largeObjectHits", static r => r.Site.LargeObjectHits),
        new("largeObjectBytes", static r => r.Site.LargeObjectBytes),
        new("probedBytes", static r => r.Site.Bytes),
        new("totalBytes", "B total", Unit.Bytes, 2, static r => (long)r.Bytes, "bytes, scaled to all calls", Compared.ByRun),
        new("share", "share", Unit.Share, 3, static r => r.Bytes / Math.Max(1, r.AllBytes), "share of all self bytes"),
        new("scale", "scale", Unit.Factor, 4, static r => r.Method.SiteScale, "calls by calls that probed"),
    ];

    /// <summary>Returns the sites that allocate most, from all methods.</summary>
    public static Table OfTop(SnapshotDocument snapshot, IEnumerable<Method> methods, int rows) => Of(Top(snapshot, methods), rows);

    public static SiteRow[] Top(SnapshotDocument snapshot, IEnumerable<Method> methods)
    {
        SiteRow[] allocating = [.. AllOf(snapshot, methods).Where(static row => row.Site.Bytes > 0)];
        Array.Sort(allocating);
        return allocating;
    }

    /// <summary>Returns all sites, in the order of their methods and of the source.</summary>
    public static Table OfAll(SnapshotDocument snapshot) => Of([.. AllOf(snapshot, snapshot.Methods)], int.MaxValue);

    private static Table Of(SiteRow[] sites, int rows) =>
        new("sites", "site", s_columns, [.. sites.Take(rows).Select(ToRow)]) { More = Math.Max(0, sites.Length - rows) };

    private static IEnumerable<SiteRow> AllOf(SnapshotDocument snapshot, IEnumerable<Method> methods)
    {
        long allBytes = 0;
        foreach (var method in snapshot.Methods)
        {
            allBytes += method.Allocated.SelfBytes;
        }
        foreach (var method in methods)
        {
            foreach (var site in method.Sites ?? [])
            {
                yield return new(method, site, site.Bytes * (method.SiteScale ?? 0), allBytes);
            }
        }
    }

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

    /// <param name="Method">The method of the site.</param>
    /// <param name="Site">The site, with the figures of the probing calls.</param>
    /// <param name="Bytes">The bytes of the site over all calls.</param>
    /// <param name="AllBytes">The bytes of all methods.</param>
    public sealed record SiteRow(Method Method, Site Site, double Bytes, long AllBytes) : IComparable<SiteRow>
    {
        /// <summary>Sorts the site with most bytes first, then by the order of methods and of the source.</summary>
        public int CompareTo(SiteRow? other) =>
            other is null ? 1
            : other.Bytes.CompareTo(Bytes) is not 0 and var bytes ? bytes
            : Method.Key.CompareTo(other.Method.Key) is not 0 and var method ? method
            : Site.Line.CompareTo(other.Site.Line) is not 0 and var line ? line
            : Site.Column.CompareTo(other.Site.Column);
    }
}
