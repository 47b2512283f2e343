using HotPathGen.Runtime;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>What stands above and below the tables: of what the figures are, and what to know about them.</summary>
internal static class Wording
{
    public static IEnumerable<string> Heading(SnapshotDocument snapshot, Func<long, string> time)
    {
        var runs = snapshot.Runs ?? [snapshot.Process];
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
    }

    /// <param name="snapshot">What is shown.</param>
    /// <param name="tables">The keys of the tables that show it.</param>
    public static IEnumerable<string> Remarks(SnapshotDocument snapshot, HashSet<string> tables)
    {
        if (tables.Contains("coverage"))
        {
            yield return (
                $"{Coverage.NotBySite}: calls, time and bytes are measured, and not which expression allocates. "
                + $"{Coverage.ToFirstAwait}: nor more of its bytes and of its time on threads than until it first waits."
            );
            yield break;
        }
        yield return "B: bytes allocated, 1 KB = 1,000 B. self: without nested hot methods."
            + (tables.Contains("methods") ? " share: of all self time. !: probe-heavy. ~: wall time." : "");
        if (tables.Contains("sites") && ProbedRemark(snapshot) is { } probed)
        {
            yield return probed;
        }

        if (tables.Contains("pooled"))
        {
            yield return (
                "missed: what renting allocated. p95: of the lengths, in elements. for 95 %, 99 %: the StackLimit that would keep so "
                + "many calls on the stack."
            );
        }

        if (!tables.Contains("methods"))
        {
            yield break;
        }

        if (snapshot.Methods.Any(static m => m.Control?.DifferenceBytesPerCall is not null))
        {
            yield return (
                "(+n B): a probing call allocates so much more than a control call, which runs the plain twin; probes changed what the "
                + "JIT could do."
            );
        }

        foreach (
            string footnote in Coverage.Footnotes(snapshot.Methods.Where(static m => m.Calls > 0).Select(static m => (m.Coverage, m.WithoutSites)))
        )
        {
            yield return footnote;
        }

        foreach (string note in snapshot.Notes)
        {
            yield return note;
        }

        if (snapshot.Methods.Count(static m => m.Calls == 0 && m.Open == 0) is var silent and > 0)
        {
            yield return $"{silent} hot method(s) were never called.";
        }

        if (snapshot.Coverage.Length > 0)
        {
            yield return Coverage.OfPlain(snapshot.Coverage.Length);
        }
    }

    private static string? ProbedRemark(SnapshotDocument snapshot)
    {
        Method[] probed = [.. snapshot.Methods.Where(static m => m.Control is { Probing.Calls: > 0 })];
        return probed.Length == 0
            ? null
            : "Sites: hits and bytes per hit are of the calls that probed; totals are scaled to all calls by what \"scale\" says. share: of all "
                + "self bytes. "
                + $"{Units.Bytes(probed.Sum(static m => m.UnattributedBytes!.Value))} of their "
                + $"{Units.Bytes(probed.Sum(static m => m.Control!.Probing.SelfBytes))} fell outside any site.";
    }

    private static string Conditions(MeasuredProcess run) =>
        $"{run.Runtime}, {run.Architecture}, {run.Cores} cores, GC "
        + $"{(run.Gc.Server ? "server" : "workstation")}{(run.Gc.Concurrent ? " concurrent" : "")}; "
        + (
            run.Tiering.TieredCompilation.Source == "ahead-of-time"
                ? "compiled ahead of time"
                : $"tiered compilation {Word(run.Tiering.TieredCompilation)}, PGO {Word(run.Tiering.TieredPgo)}, ReadyToRun "
                    + $"{Word(run.Tiering.ReadyToRun)}"
        )
        + $"; clock {run.Clock.Kind}";

    private static string Word(TieringSetting setting) =>
        (setting.Value ? "on" : "off") + (setting.Source == "default" ? "" : $" ({setting.Source})");
}
