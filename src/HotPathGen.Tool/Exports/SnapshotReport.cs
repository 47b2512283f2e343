using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>A snapshot in sections, for a comment or release notes: what allocates most comes first.</summary>
internal static class SnapshotReport
{
    /// <summary>The most rows. They keep a comment well below its limit of 65,536 characters.</summary>
    public const int MostRows = 45;

    private const int AdviceRows = 5;

    public static Report Of(SnapshotDocument snapshot)
    {
        Method[] called =
        [
            .. snapshot
                .Methods.Where(static m => m.Calls > 0)
                .OrderByDescending(static m => m.Allocated.SelfBytes)
                .ThenByDescending(static m => m.Time.SelfNs),
        ];
        long allBytes = called.Sum(static m => m.Allocated.SelfBytes);
        string runs = snapshot.RunCount > 1 ? FormattableString.Invariant($" over {snapshot.RunCount} runs") : "";
        string[] lead =
            called.Length == 0
                ? ["No hot method was called."]
                :
                [
                    $"{Units.Bytes(allBytes)} allocated and {Time(called.Sum(static m => m.Time.SelfNs))} spent by {ComparisonReport.Counted(called.Length, "hot method")} in {Units.Count(called.Sum(static m => m.Calls))} calls{runs}.",
                ];
        Table[] sections =
        [
            MethodTable.Of(snapshot, called) with
            {
                Caption = "methods",
            },
            SiteTable.OfTop(snapshot, called, int.MaxValue) with
            {
                Caption = "sites that allocate",
            },
            AdviceTable.Of(snapshot, new(Top: AdviceRows)) with
            {
                Caption = "advice",
            },
            PooledTable.Of(called, int.MaxValue) with
            {
                Caption = "pooled parameters",
                IsDetail = true,
            },
        ];
        return new(
            $"HotPathGen: {snapshot.Process.App}",
            lead,
            [.. sections.Where(static section => section.Rows.Length > 0)],
            [],
            [.. Wording.Heading(snapshot, isUnicode: true).Skip(1), .. Wording.Remarks(snapshot, ["methods", "sites", "pooled"])]
        );

        string Time(long ns) => snapshot.Process.Clock.IsNone ? "–" : Units.Time(ns, isUnicode: true);
    }
}
