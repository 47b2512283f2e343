using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>The table of hot methods. Each figure has its column here, for the summary, show, markdown, CSV, JSON and the HTML page.</summary>
internal static class MethodTable
{
    /// <summary>
    /// The rank up to which columns are most important: calls, time and bytes. The summary shows these columns on every terminal.
    /// </summary>
    public const int SummaryRank = 9;

    private static readonly Column<MethodRow>[] s_columns =
    [
        new("assembly", static r => r.Method.Assembly),
        new("id", static r => r.Method.Id),
        new("file", static r => r.Method.File),
        new("line", static r => (long)r.Method.Line),
        new("form", static r => Words.Of(r.Method.Form)),
        new("calls", "calls", Unit.Count, 0, static r => r.Method.Calls, "calls, exact", Compared.ByRun),
        new("open", static r => r.Method.Open),
        new("failures", "failed", Unit.Count, 12, static r => r.Known(r.Method.Failures), "calls that ended with an exception", Compared.Sum),
        new("threads", "threads", Unit.Count, Column.OnlyInDetail, static r => r.Known(r.Method.Threads), "threads that called it", Compared.Sum),
        new("sampledCalls", static r => r.Method.SampledCalls),
        new("meanMarginNs", static r => r.Method.MeanMarginNs),
        new("inclusiveMarginNs", static r => r.Method.MeanMarginNs * r.Method.Calls),
        new("p95LowNs", static r => r.Method.P95IntervalNs?.Low),
        new("p95HighNs", static r => r.Method.P95IntervalNs?.High),
        new("meanMarginBytes", static r => r.Method.MeanMarginBytes),
        new("inclusiveMarginBytes", static r => r.Method.MeanMarginBytes * r.Method.Calls),
        new("p95LowBytes", static r => r.Method.P95IntervalBytes?.Low),
        new("p95HighBytes", static r => r.Method.P95IntervalBytes?.High),
        new("probeHeavy", static r => r.Method.ProbeHeavy),
        new("mayHoldTier0", static r => r.Method.MayHoldTier0),
        new("timeBasis", static r => Words.Of(r.Method.Time.Basis)),
        new("meanNs", "mean", Unit.Ns, 1, static r => r.Ns(r.Method.Time.MeanNs), "mean time of a call, with what it called", Compared.AsIs),
        new("p50Ns", "p50", Unit.Ns, 10, static r => r.Known(r.Ns(r.Method.Time.P50Ns)), "time that half of the calls did not exceed, within 6.25 %")
        {
            IsInDetail = false,
        },
        new("p90Ns", static r => r.Known(r.Ns(r.Method.Time.P90Ns))),
        new("p95Ns", "p95", Unit.Ns, 6, static r => r.Known(r.Ns(r.Method.Time.P95Ns)), "time that 95 % of the calls did not exceed, within 6.25 %"),
        new("p99Ns", "p99", Unit.Ns, 4, static r => r.Known(r.Ns(r.Method.Time.P99Ns)), "time that 99 % of the calls did not exceed, within 6.25 %"),
        new("maxNs", "max", Unit.Ns, 11, static r => r.Known(r.Ns(r.Method.Time.MaxNs)), "longest time of a call"),
        new("inclusiveNs", "incl.", Unit.Ns, 7, static r => r.Ns(r.Method.Time.InclusiveNs), "time with nested hot methods", Compared.Sum)
        {
            IsInDetail = false,
        },
        new("selfNs", "self", Unit.Ns, 2, static r => r.Ns(r.Method.Time.SelfNs), "time without nested hot methods", Compared.ByRun),
        new("selfShare", "share", Unit.Share, 8, static r => r.SelfShare, "share of all self time") { IsInDetail = false },
        new(
            "recordingNs",
            "measuring",
            Unit.Ns,
            Column.OnlyInDetail,
            static r => r.Method.RecordingNs,
            "what recording its calls cost, with those of nested hot methods; it is subtracted",
            Compared.Sum
        ),
        new("completed", static r => r.Method.Completed),
        new("wallNs", static r => r.Method.WallNs),
        new("allocatedBasis", static r => Words.Of(r.Method.Allocated.Basis)),
        new("meanBytes", "B/call", Unit.Bytes, 3, static r => r.Method.Allocated.MeanBytes, "bytes of a call, with what it called", Compared.AsIs),
        new("p50Bytes", static r => r.Known(r.Method.Allocated.P50Bytes)),
        new("p90Bytes", static r => r.Known(r.Method.Allocated.P90Bytes)),
        new("p95Bytes", "B p95", Unit.Bytes, 9, static r => r.Known(r.Method.Allocated.P95Bytes), "bytes that 95 % of the calls did not exceed"),
        new("p99Bytes", static r => r.Known(r.Method.Allocated.P99Bytes)),
        new("maxBytes", "B max", Unit.Bytes, Column.OnlyInDetail, static r => r.Known(r.Method.Allocated.MaxBytes), "most bytes of a call"),
        new("inclusiveBytes", "B total", Unit.Bytes, 7, static r => r.Method.Allocated.InclusiveBytes, "bytes with nested hot methods", Compared.Sum)
        {
            IsInDetail = false,
        },
        new("selfBytes", "B self", Unit.Bytes, 5, static r => r.Method.Allocated.SelfBytes, "bytes without nested hot methods", Compared.ByRun),
        new("controlCalls", static r => r.Method.Control?.Control.Calls),
        new("probingCalls", static r => r.Method.Control?.Probing.Calls),
        new("differenceBytesPerCall", static r => r.Method.Control?.DifferenceBytesPerCall),
        new("unattributedBytes", static r => r.Method.UnattributedBytes),
        new("siteScale", static r => r.Method.SiteScale),
        new("withoutSites", static r => r.Method.WithoutSites),
    ];

    /// <param name="snapshot">The snapshot that contains the methods.</param>
    /// <param name="methods">The methods of the snapshot that are shown, in their order.</param>
    /// <param name="rows">The largest number of rows that are shown.</param>
    public static Table Of(SnapshotDocument snapshot, Method[] methods, int rows = int.MaxValue) => Of(snapshot, methods, static _ => "", rows);

    /// <summary>The same without the functions that need no row of their own.</summary>
    /// <inheritdoc cref="Of(SnapshotDocument, Method[], int)"/>
    public static Table WithoutSmallFunctions(SnapshotDocument snapshot, Method[] methods, int rows)
    {
        var folded = new FoldedFunctions(snapshot, methods);
        return Of(snapshot, folded.Shown, folded.Mark, rows);
    }

    private static Table Of(SnapshotDocument snapshot, Method[] methods, Func<Method, string> mark, int rows)
    {
        long allSelfNs = snapshot.Methods.Sum(static m => m.Time.SelfNs);
        bool hasTime = !snapshot.Process.Clock.IsNone;
        return new(
            "methods",
            "method",
            s_columns,
            [.. methods.Take(rows).Select(m => Row.Of(m.Name, Marks(m) + mark(m), "", s_columns, new MethodRow(m, allSelfNs, hasTime)))]
        )
        {
            More = Math.Max(0, methods.Length - rows),
        };
    }

    public static string Marks(Method m) =>
        (
            m.MeanMarginNs is { } margin && m.Time.MeanNs > 0
                ? string.Create(CultureInfo.InvariantCulture, $" ±{100 * margin / m.Time.MeanNs:0.#} %")
                : ""
        )
        + (
            m.LargeRecordingShare is { } share ? $" !{Units.Share(share)}"
            : m.ProbeHeavy ? " !"
            : ""
        )
        + (m.HasWallTime ? " ~" : "")
        + (m.LacksControl ? " p" : "")
        + CoverageWords.Mark(m.Coverage)
        + (m.Control?.DifferenceBytesPerCall is { } difference ? string.Create(CultureInfo.InvariantCulture, $" ({difference:+0.#;-0.#} B)") : "");

    private sealed record MethodRow(Method Method, long AllSelfNs, bool HasTime)
    {
        public double? SelfShare => HasTime && AllSelfNs > 0 ? (double)Method.Time.SelfNs / AllSelfNs : null;

        public long? Ns(long ns) => HasTime ? ns : null;

        /// <summary>A figure that contexts do not have.</summary>
        public long? Known(long? figure) => Method.IsOfOperation ? null : figure;
    }
}
