using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Comparison;

/// <summary>The report on two builds, in sections. What changed most comes first.</summary>
internal static class ComparisonReport
{
    public static Report Of(SnapshotComparison comparison)
    {
        var (bytes, calls, time) = (Bytes(comparison), Calls(comparison), Time(comparison));
        return new(
            $"{Runs(comparison.Old)} before, {Runs(comparison.New)} after: {comparison.New.Conditions.Runtime}, {comparison.New.Conditions.Code} "
                + $"code",
            Lead(comparison),
            [
                .. new[]
                {
                    bytes,
                    Sites("sites that began to allocate", comparison, pair => pair.BegunSites, pair => pair.New),
                    Sites("sites that ceased to allocate", comparison, pair => pair.CeasedSites, pair => pair.Old),
                    calls,
                    Operations(comparison),
                    time,
                    Methods("new methods", comparison.Added),
                    Methods("methods that are gone", comparison.Gone),
                    Moved(comparison),
                }.Where(section => section.Rows.Length > 0),
            ],
            Warnings(comparison),
            Notes(comparison)
        );
    }

    public static string Time(double ns) =>
        ns < 99.95 ? FormattableString.Invariant($"{ns:0.0} ns") : Units.Time((long)Math.Round(ns), isUnicode: true);

    public static string Percent(double ratio) =>
        double.IsInfinity(ratio) ? "+∞" : FormattableString.Invariant($"{100 * (ratio - 1):+0.0;-0.0;0.0} %");

    public static string Runs(RunSet set) => Counted(set.Count, "run");

    private static string[] Lead(SnapshotComparison comparison)
    {
        var pairs = comparison.Pairs;
        int more = pairs.Count(pair => pair.BytesChange > 0),
            less = pairs.Count(pair => pair.BytesChange < 0),
            within = pairs.Count(pair => pair.IsBytesWithinInterval);
        int slower = pairs.Count(pair => pair.Time is { IsProved: true, Ratio: > 1 }),
            faster = pairs.Count(pair => pair.Time is { IsProved: true, Ratio: <= 1 });
        return
        [
            $"Bytes per call: {Counted(more, "method")} more, {less} less, {pairs.Count(pair => pair.HaveRun) - more - less - within} the same"
                + (within > 0 ? $", {within} within the interval of the estimates." : "."),
            comparison.TimeTests == 0 ? "Time: not compared."
            : slower + faster == 0 ? "Time: no change is proved."
            : $"Time: {Counted(slower, "method")} slower, {faster} faster, {comparison.TimeTests - slower - faster} without a proved change.",
        ];
    }

    private static Table Bytes(SnapshotComparison comparison)
    {
        var changed = comparison
            .Pairs.Where(pair => pair.BytesChange != 0)
            .OrderByDescending(pair => Math.Abs(pair.BytesEffect))
            .ThenBy(pair => pair.New.Key)
            .ToArray();
        return Table.OfFigures(
            "bytes per call",
            ["method", "before", "after", "change", ""],
            [
                .. changed.Select(pair =>
                    (string[])
                        [
                            pair.New.Name,
                            pair.Old.BytesPerCall.ToString(),
                            pair.New.BytesPerCall.ToString(),
                            .. Change(pair.Old.BytesPerCall, pair.New.BytesPerCall),
                        ]
                ),
            ]
        ) with
        {
            Summary = MeanOf(
                [.. changed.Select(pair => pair.New.BytesPerCall.Min / pair.Old.BytesPerCall.Min)],
                "changed bytes that allocate before and after"
            ),
        };
    }

    private static Table Calls(SnapshotComparison comparison)
    {
        var changed = comparison
            .Pairs.Where(pair => pair.HaveRun && pair.CallsChange != 0)
            .OrderByDescending(pair => Math.Abs(pair.New.Calls.Min - pair.Old.Calls.Min))
            .ThenBy(pair => pair.New.Key);
        return Table.OfFigures(
            "calls in a run",
            ["method", "before", "after", "change", ""],
            [
                .. changed.Select(pair =>
                    (string[])[pair.New.Name, pair.Old.Calls.ToString(), pair.New.Calls.ToString(), .. Change(pair.Old.Calls, pair.New.Calls)]
                ),
            ]
        );
    }

    /// <summary>All operations of both builds, because bytes per request are what one looks for, also if they did not change.</summary>
    private static Table Operations(SnapshotComparison comparison)
    {
        var (old, now) = (comparison.Old.Operations, comparison.New.Operations);
        return Table.OfFigures(
            "bytes per call of an operation",
            ["operation", "before", "after", "change", ""],
            [
                .. old
                    .Keys.Union(now.Keys, StringComparer.Ordinal)
                    .Select(name => (Name: name, Old: old.GetValueOrDefault(name), New: now.GetValueOrDefault(name)))
                    .Where(static pair => pair.Old?.HasRun == true || pair.New?.HasRun == true)
                    .OrderByDescending(static pair => Effect(pair.Old, pair.New))
                    .ThenBy(static pair => pair.Name, StringComparer.Ordinal)
                    .Select(static pair =>
                        (string[])
                            [
                                pair.Name,
                                pair.Old is { HasRun: true } before ? before.BytesPerCall.ToString() : "–",
                                pair.New is { HasRun: true } after ? after.BytesPerCall.ToString() : "–",
                                .. pair is { Old.HasRun: true, New.HasRun: true } ? Change(pair.Old, pair.New) : ["", ""],
                            ]
                    ),
            ]
        );

        static double Effect(OperationRuns? old, OperationRuns? now) =>
            old is { HasRun: true } && now is { HasRun: true }
                ? Math.Abs(now.BytesPerCall.ComparedTo(old.BytesPerCall)) * Math.Abs(now.BytesPerCall.Min - old.BytesPerCall.Min) * now.Calls.Min
                : 0;

        // A difference that runs of one build have anyway is no change.
        static string[] Change(OperationRuns old, OperationRuns now) =>
            now.BytesPerCall.ComparedTo(old.BytesPerCall) == 0 ? ["~", ""] : ComparisonReport.Change(old.BytesPerCall, now.BytesPerCall);
    }

    private static Table Time(SnapshotComparison comparison)
    {
        var timed = comparison
            .Pairs.Where(pair => pair.Time is not null)
            .OrderByDescending(pair => pair.Time!.IsProved)
            .ThenByDescending(pair => Math.Abs(pair.Time!.IsProved ? pair.TimeEffectNs : pair.Time.New.Value * pair.New.Calls.Min))
            .ThenBy(pair => pair.New.Key)
            .ToArray();
        return Table.OfFigures(
            "time per call",
            ["method", "before", "", "after", "", "change", ""],
            [
                .. timed
                    .Select(pair => pair.Time!)
                    .Zip(timed, (time, pair) =>
                        (string[])
                            [
                                pair.New.Name,
                                Time(time.Old.Value),
                                time.Old.SpreadText,
                                Time(time.New.Value),
                                time.New.SpreadText,
                                time.IsProved ? Percent(time.Ratio) : "~",
                                time is { HaveRunsChanged: true, IsWithinInterval: true }
                                    ? $"within ±{Time(time.MarginNs)}"
                                    : FormattableString.Invariant($"p={time.P:0.000}"),
                            ]
                    ),
            ]
        ) with
        {
            Summary = MeanOf([.. timed.Where(static pair => pair.Time!.IsProved).Select(static pair => pair.Time!.Ratio)], "a proved change of time"),
            IsDetail = !timed.Any(static pair => pair.Time!.IsProved),
        };
    }

    private static Table Sites(
        string title,
        SnapshotComparison comparison,
        Func<MethodPair, IEnumerable<SiteRuns>> sites,
        Func<MethodPair, MethodRuns> side
    )
    {
        var found =
            from pair in comparison.Pairs
            from site in sites(pair)
            let bytes = site.BytesPerCall.Min * side(pair).Calls.Min
            orderby bytes descending, pair.New.Key, site.Line, site.Column
            select (string[])
                [
                    site.What,
                    $"{side(pair).Latest.File}:{site.Line}:{site.Column}",
                    Words.Of(site.Key.Kind),
                    site.BytesPerCall.ToString(),
                    Units.Bytes((long)bytes),
                ];
        return Table.OfFigures(title, ["site", "at", "kind", "B/call", "B in a run"], [.. found]);
    }

    private static Table Methods(string title, MethodRuns[] methods) =>
        Table.OfFigures(
            title,
            ["method", "at", "calls", "B/call"],
            [
                .. methods.Select(method =>
                    (string[])
                        [
                            method.Name,
                            method.Place,
                            method.HasRun ? method.Calls.ToString() : "0",
                            method.HasRun ? method.BytesPerCall.ToString() : "–",
                        ]
                ),
            ]
        ) with
        {
            IsDetail = true,
        };

    private static Table Moved(SnapshotComparison comparison) =>
        Table.OfFigures(
            "methods that moved",
            ["method", "from", "to"],
            [
                .. from pair in comparison.Pairs
                where pair.HasMoved
                select (string[])[pair.New.Name, pair.Old.Key == pair.New.Key ? pair.Old.Place : $"{pair.Old.Name} {pair.Old.Place}", pair.New.Place],
            ]
        ) with
        {
            IsDetail = true,
        };

    private static string[] Warnings(SnapshotComparison comparison)
    {
        var warnings = new List<string>();
        foreach (string difference in comparison.Old.Conditions.DifferencesTo(comparison.New.Conditions))
        {
            warnings.Add($"the conditions differ, and so may the figures for that reason alone: {difference}.");
        }

        foreach (var (file, difference) in comparison.Old.Differences.Concat(comparison.New.Differences))
        {
            warnings.Add($"{file} was not taken as the first of its side: {difference}.");
        }

        if (comparison.New.Conditions.Code == Conditions.Unsettled || comparison.Old.Conditions.Code == Conditions.Unsettled)
        {
            warnings.Add("code of several tiers ran, whose bytes differ: take snapshots with run --gate, or with HOTPATH_WARMUP_MS.");
        }

        if (comparison.TimeTests == 0)
        {
            warnings.Add("no time to compare: no method was called in every run, or there was no clock.");
        }
        else if (!comparison.CanProveTime)
        {
            warnings.Add(
                $"so few runs cannot prove any change of time in {Counted(comparison.TimeTests, "method")}: it takes "
                    + $"{RankTest.RunsNeeded(comparison.TimeTests, sides: 2)} on each side."
            );
        }

        return [.. warnings];
    }

    private static string[] Notes(SnapshotComparison comparison)
    {
        var notes = new List<string>();
        if (comparison.TimeTests > 0)
        {
            notes.Add(
                FormattableString.Invariant(
                    $"time: medians over runs of a run's mean, ± the interval that holds the median in 95 of 100 cases (± ∞ below 6 runs). ~: no change is proved; Mann–Whitney U test, p corrected for {Counted(comparison.TimeTests, "method")} by Holm, alpha = {RankTest.Alpha}."
                )
            );
        }

        if (
            comparison.Pairs.Count(static pair => pair.HaveRun && (pair.Old.BytesPerCall.Varies || pair.New.BytesPerCall.Varies))
            is var varied
                and > 0
        )
        {
            notes.Add($"bytes of {Counted(varied, "method")} differ from run to run: a change is what goes beyond that.");
        }

        if (comparison.Pairs.Count(static pair => pair.Margins != default) is var estimated and > 0)
        {
            notes.Add(
                $"{Counted(estimated, "method")} with estimates from a sample of calls: a difference within its 95 % interval, √(a² + b²) of the "
                    + "margins of both sides, is no change."
            );
        }

        if (comparison.Pairs.Count(static pair => double.IsInfinity(pair.Margins.Bytes)) is var unknown and > 0)
        {
            notes.Add($"bytes of {Counted(unknown, "method")} are estimates without an interval, in which no change can be seen.");
        }

        if (comparison.Pairs.Count(static pair => pair.HasMovedWithinFile) is var shifted and > 0)
        {
            notes.Add($"{Counted(shifted, "method")} moved to another line of the same file.");
        }

        return [.. notes];
    }

    private static string[] Change(Range before, Range after) =>
        [FormattableString.Invariant($"{after.Min - before.Min:+#,0.###;-#,0.###;0}"), before.Min == 0 ? "" : Percent(after.Min / before.Min)];

    /// <summary>
    /// The mean of the changes that are proved. Differences by chance are left out. One change is its own mean, which the report already has above.
    /// </summary>
    private static string MeanOf(double[] ratios, string what)
    {
        double[] logarithms = [.. ratios.Where(static ratio => ratio > 0 && double.IsFinite(ratio)).Select(static ratio => Math.Log(ratio))];
        return logarithms.Length < 2
            ? ""
            : $"geometric mean of the {Counted(logarithms.Length, "method")} with {what}: {Percent(Math.Exp(logarithms.Average()))}";
    }

    public static string Counted(int count, string noun) => FormattableString.Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
