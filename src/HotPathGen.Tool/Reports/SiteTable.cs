using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The sites that allocate most, whatever their method: hits of the calls that probed, totals scaled to all calls.</summary>
internal static class SiteTable
{
    private const int Rows = 20;

    private static readonly Column[] s_columns =
    [
        new("methodId", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("file", "", Unit.Text, 0),
        new("line", "", Unit.Text, 0),
        new("column", "", Unit.Text, 0),
        new("kind", "", Unit.Text, 0),
        new("type", "", Unit.Text, 0),
        new("text", "", Unit.Text, 0),
        new("hits", "hits", Unit.Count, 0),
        new("allocatingHits", "alloc.", Unit.Count, 5),
        new("bytesPerHit", "B/hit", Unit.Bytes, 1),
        new("maxBytes", "B max", Unit.Bytes, 6),
        new("bytes", "B total", Unit.Bytes, 2),
        new("share", "share", Unit.Share, 3),
        new("scale", "scale", Unit.Factor, 4),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        var sites = selection
            .Of(snapshot)
            .SelectMany(static m => (m.Sites ?? []).Select(site => (Method: m, Site: site, Bytes: site.Bytes * m.SiteScale ?? 0)))
            .Where(static s => s.Site.Bytes > 0)
            .OrderByDescending(static s => s.Bytes)
            .ThenBy(static s => s.Method.Key)
            .ThenBy(static s => s.Site.Line)
            .ThenBy(static s => s.Site.Column)
            .ToArray();
        return new("sites", "site", s_columns, [.. sites.Take(rows).Select(s => ToRow(s.Method, s.Site, s.Bytes))])
        {
            More = Math.Max(0, sites.Length - rows),
        };

        Row ToRow(Method method, Site site, double bytes) =>
            new(
                $"{method.File[(method.File.LastIndexOf('/') + 1)..]}:{site.Line}:{site.Column} {site.Kind}",
                "",
                site.Type.Length > 0 && !site.Text.Contains(site.Type, StringComparison.Ordinal) ? $"{site.Type}: {site.Text}" : site.Text,
                [
                    method.Id,
                    method.Assembly,
                    method.File,
                    (long)site.Line,
                    (long)site.Column,
                    site.Kind,
                    site.Type,
                    site.Text,
                    site.Hits,
                    site.AllocatingHits,
                    site.Bytes / Math.Max(1, site.Hits),
                    site.MaxBytes,
                    (long)bytes,
                    bytes / Math.Max(1, allBytes),
                    method.SiteScale,
                ]
            );
    }
}
