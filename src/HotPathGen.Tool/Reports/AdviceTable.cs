using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>
/// Advice on the sites that allocate most. In text it is one sentence for each, with the figures that are columns on the HTML page.
/// </summary>
internal static class AdviceTable
{
    private const int Rows = 10;

    private static readonly Column<AdviceRow>[] s_columns =
    [
        new("methodId", static r => r.Advice.Method.Id),
        new("assembly", static r => r.Advice.Method.Assembly),
        new("file", static r => r.Advice.Method.File),
        new("line", static r => (long)r.Advice.Site.Line),
        new("column", static r => (long)r.Advice.Site.Column),
        new("kind", static r => Words.Of(r.Advice.Site.Kind)),
        new("cause", static r => r.Advice.Cause),
        new("remedy", static r => r.Advice.Remedy),
        new(
            "savedBytes",
            "saves",
            Unit.Bytes,
            Column.OnlyOnPage,
            static r => r.Advice.SavedBytes,
            "bytes that the remedy is expected to save",
            Compared.Sum
        ),
        new("hits", "hits", Unit.Count, Column.OnlyOnPage, static r => r.Advice.Hits, "how often it allocated", Compared.Sum),
        new("bytesPerHit", "B/hit", Unit.Bytes, Column.OnlyOnPage, static r => AdviceSentence.PerHit(r.Advice.Bytes, r.Advice.Hits), "bytes by hit"),
        new("bytes", "B total", Unit.Bytes, Column.OnlyOnPage, static r => r.Advice.Bytes, "bytes, scaled to all calls", Compared.Sum),
        new("share", "of all", Unit.Share, Column.OnlyOnPage, static r => (double)r.Advice.Bytes / Math.Max(1, r.AllBytes), "share of all bytes"),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection) =>
        Of(snapshot, [.. SiteAdvice.Of(selection.Of(snapshot))], selection.Top ?? Rows);

    /// <param name="snapshot">The snapshot that the advice is on.</param>
    /// <param name="advice">All advice, in its order.</param>
    /// <param name="rows">The largest number of rows that are shown.</param>
    public static Table Of(SnapshotDocument snapshot, SiteAdvice[] advice, int rows = int.MaxValue)
    {
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        return new(
            "advice",
            "advice",
            s_columns,
            [.. advice.Take(rows).Select(a => Row.Of(a.Sentence(allBytes), "", "", s_columns, new AdviceRow(a, allBytes)))]
        )
        {
            More = Math.Max(0, advice.Length - rows),
        };
    }

    private sealed record AdviceRow(SiteAdvice Advice, long AllBytes);
}
