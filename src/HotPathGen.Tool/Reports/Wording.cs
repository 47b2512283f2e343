using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The text above and below the tables: what the figures are of, and what one must know about them.</summary>
internal static class Wording
{
    public static IEnumerable<string> Heading(SnapshotDocument snapshot, bool isUnicode)
    {
        var runs = snapshot.Runs ?? [snapshot.Process];
        Func<long, string> time = ns => Units.Time(ns, isUnicode);
        string apps = string.Join(", ", runs.Select(static run => run.App).Distinct());
        string durations =
            runs.Length == 1
                ? time(runs[0].DurationNs)
                : $"{runs.Length} runs of {time(runs.Min(static run => run.DurationNs))} to {time(runs.Max(static run => run.DurationNs))}";
        yield return $"HotPathGen: {apps}, {durations}";
        var conditions = runs.GroupBy(Conditions).ToArray();
        if (conditions.Length > 1)
        {
            yield return "! The runs differ in what decides which code runs; their figures are summed all the same:";
        }

        foreach (var condition in conditions)
        {
            yield return condition.Key + (conditions.Length > 1 ? FormattableString.Invariant($" ({condition.Count()} of {runs.Length} runs)") : "");
        }

        yield return FormattableString.Invariant(
            $"collections: gen0 {runs.Sum(static run => run.Gc.Gen0)}, gen1 {runs.Sum(static run => run.Gc.Gen1)}, gen2 {runs.Sum(static run => run.Gc.Gen2)}, paused {time(runs.Sum(static run => run.Gc.PauseNs))}; "
        )
            + (
                runs.All(static run => run.Clock.IsNone)
                    ? "no clock"
                    : FormattableString.Invariant($"a frame costs {runs.Max(static run => run.Probe.FrameNs):0.#} ns, subtracted")
            );
        if (snapshot.OnlyOperation is { } operation)
        {
            yield return $"Only what ran in the operation {operation}: {OperationFilter.Unknown}";
        }
        var share = ProcessShare.Of(snapshot);
        foreach (string? known in (string?[])[MeasuringCost.Sentence(snapshot, isUnicode), share.Sentence(isUnicode), share.Hint])
        {
            if (known is not null)
            {
                yield return known;
            }
        }
    }

    /// <param name="snapshot">The snapshot that is shown.</param>
    /// <param name="tables">The keys of the tables that show it.</param>
    public static IEnumerable<string> Remarks(SnapshotDocument snapshot, HashSet<string> tables)
    {
        if (tables.Contains("coverage"))
        {
            yield return $"{Words.Of(Coverage.NotBySite)}: calls, time and bytes are measured, and not which expression allocates. {Words.Of(Coverage.ToFirstAwait)}: nor more of its bytes and of its time on threads than until it first waits.";
            yield break;
        }
        yield return "B: bytes allocated, 1 KB = 1,000 B. self: without nested hot methods."
            + (tables.Contains("methods") ? " share: of all self time. !: probe-heavy. ~: wall time." : "");
        if (tables.Contains("sites") && Shared.Remarks.OfSites(snapshot) is { } probed)
        {
            yield return probed;
        }
        if (tables.Contains("operations"))
        {
            foreach (string remark in OperationTable.Remarks(snapshot))
            {
                yield return remark;
            }
        }
        if (tables.Contains("pooled"))
        {
            yield return PooledTable.Remark;
        }
        if (!tables.Contains("methods"))
        {
            yield break;
        }
        foreach (string remark in Shared.Remarks.OfMethods(snapshot, snapshot.Methods.Where(static m => m.Calls > 0)))
        {
            yield return remark;
        }
    }

    private static string Conditions(MeasuredProcess run) =>
        $"{run.Runtime}, {run.Architecture}, {run.Cores} cores, GC "
        + $"{(run.Gc.Server ? "server" : "workstation")}{(run.Gc.Concurrent ? " concurrent" : "")}; "
        + (
            run.Tiering.IsAheadOfTime
                ? "compiled ahead of time"
                : $"tiered compilation {run.Tiering.TieredCompilation}, PGO {run.Tiering.TieredPgo}, ReadyToRun {run.Tiering.ReadyToRun}"
        )
        + $"; clock {Words.Of(run.Clock.Kind)}";
}
