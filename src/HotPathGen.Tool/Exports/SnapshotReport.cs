using HotPathGen.Runtime;
using HotPathGen.Shared;
using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>A snapshot in sections, as a comment or release notes show it: what allocates most first.</summary>
internal static class SnapshotReport
{
    /// <summary>Rows that keep a comment well under the 65,536 characters that it may have.</summary>
    public const int MostRows = 45;

    private const int AdviceRows = 5;
    private const int LongestText = 90;

    public static Report Of(SnapshotDocument snapshot)
    {
        Method[] methods =
        [
            .. snapshot
                .Methods.Where(static m => m.Calls > 0)
                .OrderByDescending(static m => m.Allocated.SelfBytes)
                .ThenByDescending(static m => m.Time.SelfNs),
        ];
        long allBytes = methods.Sum(static m => m.Allocated.SelfBytes);
        string runs = snapshot.RunCount > 1 ? FormattableString.Invariant($" over {snapshot.RunCount} runs") : "";
        string[] lead =
            methods.Length == 0
                ? ["No hot method was called."]
                :
                [
                    $"{Units.Bytes(allBytes)} allocated and {Time(methods.Sum(static m => m.Time.SelfNs))} spent by "
                        + $"{ComparisonReport.Counted(methods.Length, "hot method")} in {Units.Count(methods.Sum(static m => m.Calls))} calls{runs}.",
                ];
        return new(
            $"HotPathGen: {snapshot.Process.App}",
            lead,
            [.. new[] { Methods(), Sites(), Advice(), Pooled() }.Where(static section => section.Rows.Length > 0)],
            [],
            [.. Wording.Heading(snapshot, Time).Skip(1), .. Wording.Remarks(snapshot, ["methods", "sites", "pooled"])]
        );

        ReportSection Methods() =>
            new(
                "methods",
                ["method", "calls", "mean", "p95", "self", "B/call", "B self", "share of bytes"],
                [
                    .. methods.Select(m =>
                        (string[])
                            [
                                Shorten(VisibleText.Name(m.Name) + MethodTable.Marks(m)),
                                Units.Count(m.Calls),
                                Time(m.Time.MeanNs),
                                Time(m.Time.P95Ns),
                                Time(m.Time.SelfNs),
                                Units.Bytes(m.Allocated.MeanBytes),
                                Units.Bytes(m.Allocated.SelfBytes),
                                Share(m.Allocated.SelfBytes),
                            ]
                    ),
                ]
            );

        ReportSection Sites() =>
            new(
                "sites that allocate",
                ["site", "at", "kind", "hits", "B/hit", "B total", "share of bytes"],
                [
                    .. from m in methods
                    from site in m.Sites ?? []
                    let bytes = site.Bytes * (m.SiteScale ?? 0)
                    where bytes > 0
                    orderby bytes descending
                    select (string[])
                        [
                            Shorten(site.Text.Length > 0 ? site.Text : site.Type),
                            FormattableString.Invariant($"{m.File}:{site.Line}:{site.Column}"),
                            site.Kind,
                            Units.Count(site.Hits),
                            Units.Bytes(site.Bytes / Math.Max(1, site.Hits)),
                            Units.Bytes((long)bytes),
                            Share(bytes),
                        ],
                ]
            );

        ReportSection Advice() =>
            new(
                "advice",
                ["cause", "at", "B/hit", "hits", "B total", "saves about", "remedy"],
                [
                    .. from a in SiteAdvice.Of(methods).Take(AdviceRows)
                    select (string[])
                        [
                            a.Cause,
                            a.Place,
                            Units.Bytes(AdviceSentence.PerHit(a.Bytes, a.Hits)),
                            Units.Count(a.Hits),
                            Units.Bytes(a.Bytes),
                            Units.Bytes(a.SavedBytes),
                            a.Remedy,
                        ],
                ]
            );

        ReportSection Pooled() =>
            new(
                "pooled parameters",
                ["parameter", "of", "uses", "on stack", "missed", "not returned", "limit", "for 95 %"],
                [
                    .. from m in methods
                    from pooled in m.Pooled ?? []
                    where pooled.Uses > 0
                    orderby pooled.Uses descending
                    select (string[])
                        [
                            pooled.Parameter,
                            Shorten(VisibleText.Name(m.Name)),
                            Units.Count(pooled.Uses),
                            Percent((double)pooled.OnStack / pooled.Uses),
                            Units.Bytes(pooled.MissBytes),
                            Units.Count(pooled.Outstanding),
                            Bytes(pooled.StackLimit),
                            Bytes(pooled.StackLimitFor95),
                        ],
                ],
                IsDetail: true
            );

        string Time(long ns) => snapshot.Process.Clock.IsNone ? "–" : Units.Time(ns, isUnicode: true);
        string Share(double bytes) => Percent(bytes / Math.Max(1, allBytes));
    }

    private static string Bytes(long? limit) => limit is { } known ? FormattableString.Invariant($"{known} B") : "–";

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0} %");

    private static string Shorten(string text) =>
        VisibleText.Of(text) is var shown && shown.Length <= LongestText ? shown : VisibleText.Start(shown, LongestText - 1) + "…";
}
