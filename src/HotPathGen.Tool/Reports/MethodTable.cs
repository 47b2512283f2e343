using System.Globalization;
using HotPathGen.Runtime;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The methods that were called.</summary>
internal static class MethodTable
{
    private const int Rows = 20;

    private static readonly Column[] s_columns =
    [
        new("id", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("file", "", Unit.Text, 0),
        new("line", "", Unit.Text, 0),
        new("calls", "calls", Unit.Count, 0),
        new("failures", "failed", Unit.Count, 12),
        new("meanNs", "mean", Unit.Ns, 1),
        new("p50Ns", "p50", Unit.Ns, 10),
        new("p95Ns", "p95", Unit.Ns, 6),
        new("p99Ns", "p99", Unit.Ns, 4),
        new("maxNs", "max", Unit.Ns, 11),
        new("inclusiveNs", "incl.", Unit.Ns, 7),
        new("selfNs", "self", Unit.Ns, 2),
        new("selfShare", "share", Unit.Share, 8),
        new("meanBytes", "B/call", Unit.Bytes, 3),
        new("p95Bytes", "B p95", Unit.Bytes, 9),
        new("inclusiveBytes", "B total", Unit.Bytes, 7),
        new("selfBytes", "B self", Unit.Bytes, 5),
        new("withoutSites", "", Unit.Text, 0),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        long selfNs = snapshot.Methods.Sum(static m => m.Time.SelfNs);
        bool hasTime = !snapshot.Process.Clock.IsNone;
        Method[] called = [.. selection.Of(snapshot).Where(static m => m.Calls > 0)];
        return new("methods", "method", s_columns, [.. called.Take(rows).Select(ToRow)]) { More = Math.Max(0, called.Length - rows) };

        Row ToRow(Method m) =>
            new(
                m.Name,
                Marks(m),
                "",
                [
                    m.Id,
                    m.Assembly,
                    m.File,
                    (long)m.Line,
                    m.Calls,
                    m.Failures,
                    Ns(m.Time.MeanNs),
                    Ns(m.Time.P50Ns),
                    Ns(m.Time.P95Ns),
                    Ns(m.Time.P99Ns),
                    Ns(m.Time.MaxNs),
                    Ns(m.Time.InclusiveNs),
                    Ns(m.Time.SelfNs),
                    hasTime && selfNs > 0 ? (double)m.Time.SelfNs / selfNs : null,
                    m.Allocated.MeanBytes,
                    m.Allocated.P95Bytes,
                    m.Allocated.InclusiveBytes,
                    m.Allocated.SelfBytes,
                    m.WithoutSites,
                ]
            );

        object? Ns(long ns) => hasTime ? ns : null;
    }

    /// <summary>Those of the summary at the end of a measured run.</summary>
    public static string Marks(Method m) =>
        (m.ProbeHeavy ? " !" : "")
        + (m.HasWallTime ? " ~" : "")
        + (!m.HasWallTime && m.Control is { Probing.Calls: > 0, TimesMethod: false } ? " p" : "")
        + Coverage.Mark(m.Coverage)
        + (m.Control?.DifferenceBytesPerCall is { } difference ? string.Create(CultureInfo.InvariantCulture, $" ({difference:+0.#;-0.#} B)") : "");
}
