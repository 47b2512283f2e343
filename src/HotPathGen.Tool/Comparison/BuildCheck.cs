using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>Checks the runs of a build: against a baseline, budgets in a file, budgets in the source, and the times of another build.</summary>
internal sealed class BuildCheck(RunSet runs)
{
    private const int MostSites = 5;

    /// <summary>
    /// A smaller share than this of a method's additional bytes is not named as a cause. This holds for the method itself, where the methods that it
    /// calls allocate more. It also holds for a site, because a site's bytes are those of the calls that probed and not of all calls.
    /// </summary>
    private const double BlamedShare = 0.1;

    private readonly List<Breach> _breaches = [];
    private readonly List<string> _checked = [];
    private readonly List<string> _notes = [];

    public Verdict Verdict =>
        new(
            [
                .. _breaches
                    .OrderBy(breach => breach.IsInherited)
                    .ThenByDescending(breach => breach.Effect)
                    .ThenBy(breach => breach.Method, StringComparer.Ordinal),
            ],
            [.. _checked],
            [.. _notes]
        );

    /// <summary>Checks that no method allocates more than in the baseline. Where its runs differed there, the limit allows for that.</summary>
    /// <param name="baseline">The earlier figures.</param>
    /// <param name="name">The name of the baseline, for messages.</param>
    /// <param name="failsOnNew">Whether a method that allocates and is not in the baseline is a breach.</param>
    /// <param name="old">The runs that the baseline was made from, where they are available.</param>
    public void Check(Baseline baseline, string name, bool failsOnNew, RunSet? old = null)
    {
        int compared = 0,
            unsettled = 0;
        var known = baseline.Methods.ToDictionary(method => method.Key());
        var moved = old is null
            ? Moved(baseline)
            : SnapshotComparison
                .Of(old, runs)
                .Pairs.Where(static pair => pair.Old.Key != pair.New.Key)
                .ToDictionary(static pair => pair.Old.Key, static pair => pair.New);
        var absent = new List<string>();
        foreach (var was in baseline.Methods)
        {
            var now = runs.Methods.GetValueOrDefault(was.Key()) ?? moved.GetValueOrDefault(was.Key());
            if (now is not { HasRun: true })
            {
                absent.Add(now?.Name ?? was.Id);
            }
            else if (runs.Conditions.Code == Conditions.Settled && now.MayHoldTier0)
            {
                unsettled++;
            }
            else if (++compared > 0 && now.BytesPerCall.Exceeds(was.Range()))
            {
                _breaches.Add(Grown(was, now, name));
            }
        }
        MethodRuns[] added =
        [
            .. runs
                .Methods.Values.Where(method =>
                    method.HasRun && !known.ContainsKey(method.Key) && !moved.ContainsValue(method) && method.BytesPerCall.Min > 0
                )
                .OrderBy(method => method.Key),
        ];
        if (failsOnNew)
        {
            foreach (var method in added)
            {
                _breaches.Add(
                    Of(method, "bytes per call of a method that is not in the baseline", method.BytesPerCall, "0", name) with
                    {
                        Sites = Sites(method),
                        Effect = method.BytesPerCall.Min * method.Calls.Min,
                    }
                );
            }
        }
        _checked.Add($"{Counted(compared, "method")} of {name}");
        Note(absent, "method", "of the baseline did not run");
        Note(
            [.. moved.Values.Where(static method => method.HasRun).Select(static method => method.Name)],
            "method",
            "moved, and checked all the same"
        );
        if (!failsOnNew)
        {
            Note([.. added.Select(method => method.Name)], "allocating method", "not in the baseline and not checked (--fail-on-new checks it)");
        }

        if (unsettled > 0)
        {
            _notes.Add($"{Counted(unsettled, "method")} not checked: too few calls for settled code.");
        }
    }

    // A baseline has no lines. A method that moved to another namespace is found by type, name and parameters, where no other method has the same.
    private Dictionary<MethodKey, MethodRuns> Moved(Baseline baseline)
    {
        var known = baseline.Methods.Select(static method => method.Key()).ToHashSet();
        var now = runs
            .Methods.Values.Where(method => !known.Contains(method.Key))
            .ToLookup(static method => SnapshotComparison.NameWithType(method.Key), StringComparer.Ordinal);
        return known
            .Where(method => !runs.Methods.ContainsKey(method))
            .GroupBy(SnapshotComparison.NameWithType, StringComparer.Ordinal)
            .Where(same => same.Count() == 1 && now[same.Key].Count() == 1)
            .ToDictionary(static same => same.Single(), same => now[same.Key].Single());
    }

    public void Check(Budget[] budgets, string name)
    {
        foreach (var (i, budget) in budgets.Index())
        {
            string by = $"{name}: budgets[{i}]";
            var covered = runs.Methods.Values.Where(method => budget.Covers(method.Latest)).OrderBy(method => method.Key).ToArray();
            if (covered.Length == 0)
            {
                _breaches.Add(
                    new(
                        budget.Method,
                        "",
                        "methods of this name",
                        "",
                        "0",
                        "1 or more",
                        by,
                        [],
                        "Nothing hot has this name: it was renamed, lost its [Instrument], or is left plain."
                    )
                );
            }
            else if (budget.MustRun is null && !covered.Any(method => method.HasRun))
            {
                _breaches.Add(NeverRan(covered.Length == 1 ? covered[0].Name : budget.Method, covered.Length == 1 ? covered[0].Place : "", by));
            }
            else if (budget.MustRun is true)
            {
                _breaches.AddRange(covered.Where(method => !method.HasRun).Select(method => NeverRan(method.Name, method.Place, by)));
            }

            foreach (var method in covered.Where(method => method.HasRun))
            {
                Check(method, budget, by);
            }
        }
        _checked.Add($"{Counted(budgets.Length, "budget")} of {name}");
    }

    private void Check(MethodRuns method, Budget budget, string by)
    {
        if (budget.MaxBytesPerCall is { } bytes)
        {
            CheckBytes(method, bytes, by);
        }

        // The sum of bytes is exact at the level standard, and the histogram is not.
        if (budget.MaxP99Bytes is not null && method.IsSampled)
        {
            throw new InputException(
                runs.FirstFile,
                "$.process.detail",
                $"the p99 of bytes of {method.Name} cannot be checked ({by}): it is an estimate from a sample of the calls",
                "Take snapshots with run --gate, or with HOTPATH_DETAIL=full."
            );
        }

        foreach (
            var (what, amount, limit) in (ReadOnlySpan<(string, Range, long?)>)
                [
                    ("p99 of bytes", method.P99Bytes, budget.MaxP99Bytes),
                    ("p99 of ns", method.P99Ns, budget.MaxP99Ns),
                    ("calls", method.Calls, budget.MaxCalls),
                ]
        )
        {
            if (limit is { } allowed && amount.Min > allowed)
            {
                _breaches.Add(Of(method, what, amount, Range.Text(allowed), by) with { Sites = what == "p99 of bytes" ? Sites(method) : [] });
            }
        }
    }

    /// <summary>Checks the budgets in the methods' own attributes.</summary>
    public void CheckSource()
    {
        var carrying = runs.Methods.Values.Where(method => method.Latest.MaxBytesPerCall is not null).OrderBy(method => method.Key).ToArray();
        foreach (var method in carrying)
        {
            string by = $"[Instrument(MaxBytesPerCall = {method.Latest.MaxBytesPerCall})]";
            if (method.HasRun)
            {
                CheckBytes(method, method.Latest.MaxBytesPerCall!.Value, by);
            }
            else
            {
                _breaches.Add(NeverRan(method.Name, method.Place, by));
            }
        }
        if (carrying.Length > 0)
        {
            _checked.Add($"{Counted(carrying.Length, "budget")} in source");
        }
    }

    private void CheckBytes(MethodRuns method, double allowed, string by)
    {
        if (method.BytesPerCall.Min <= allowed)
        {
            return;
        }
        // What only the first call allocates breaks a budget of zero. The number of calls that allocate tells this case from the others.
        bool isRare = method.AllocatingCalls.Min * 10 < method.Calls.Min;
        _breaches.Add(
            Of(method, "bytes per call", method.BytesPerCall, Range.Text(allowed), by) with
            {
                Sites = Sites(method),
                Effect = (method.BytesPerCall.Min - allowed) * method.Calls.Min,
                Remark = isRare
                    ? FormattableString.Invariant(
                        $"{method.AllocatingCalls.Min:N0} of {method.Calls.Min:N0} calls allocate; what only first calls do, HOTPATH_WARMUP_MS or HotPath.Reset() leaves out."
                    )
                    : "",
            }
        );
    }

    /// <summary>Checks that no method is slower. It is slower where its runs prove that it takes longer by more than the percentage.</summary>
    public void CheckTime(RunSet old, double percent)
    {
        double factor = 1 + percent / 100;
        var pairs = SnapshotComparison.Of(old, runs).Pairs.Where(pair => pair.Time is not null).ToArray();
        if (pairs.Length == 0 || RankTest.BestPossible(old.Count, runs.Count, pairs.Length, sides: 1) > RankTest.Alpha)
        {
            throw new InputException(
                runs.FirstFile,
                "",
                pairs.Length == 0
                    ? "time cannot be checked: no method was called in every run, or there was no clock"
                    : $"time cannot be checked: {old.Count} and {runs.Count} runs cannot prove anything of {Counted(pairs.Length, "method")} at "
                        + $"alpha = {Range.Text(RankTest.Alpha)}",
                pairs.Length == 0
                    ? "Take snapshots with a clock, of runs that do the same work."
                    : $"Take at least {RankTest.RunsNeeded(pairs.Length, sides: 1)} runs on each side."
            );
        }
        double[] p = RankTest.Corrected([.. pairs.Select(pair => RankTest.IsSlower(pair.Old.TimesNs, pair.New.TimesNs, factor))]);
        foreach (var (i, pair) in pairs.Index().Where(pair => p[pair.Index] <= RankTest.Alpha && !MayBeChance(pair.Item, factor)))
        {
            _breaches.Add(
                new(
                    pair.New.Name,
                    pair.New.Place,
                    "time per call",
                    ComparisonReport.Time(pair.Time!.Old.Value),
                    ComparisonReport.Time(pair.Time.New.Value),
                    ComparisonReport.Time(pair.Time.Old.Value * factor),
                    $"--slower {Range.Text(percent)}",
                    [],
                    FormattableString.Invariant(
                        $"{ComparisonReport.Percent(pair.Time.Ratio)} of the median; p = {p[i]:0.####} that it is no more than {percent} %, corrected for {Counted(pairs.Length, "method")}."
                    )
                )
                {
                    Effect = pair.TimeEffectNs,
                }
            );
        }
        _checked.Add($"the time of {Counted(pairs.Length, "method")} over {old.Count} and {runs.Count} runs (alpha = {Range.Text(RankTest.Alpha)})");
    }

    // Where calls are sampled, both times are estimates, and the allowed one is a multiple of the first.
    private static bool MayBeChance(MethodPair pair, double factor) =>
        SnapshotComparison.IsWithin(
            pair.Time!.New.Value - pair.Time.Old.Value * factor,
            Margins.Both(pair.Old.Margins.Ns * factor, pair.New.Margins.Ns)
        );

    private static Breach Grown(BaselineMethod was, MethodRuns now, string name)
    {
        double growth = now.BytesPerCall.Min - was.BytesPerCall,
            own = now.SelfBytesPerCall.Min - (was.SelfBytesPerCall ?? was.BytesPerCall);
        bool isInherited = own < BlamedShare * growth;
        var before = (was.Sites ?? []).ToDictionary(site => site.Key(), site => site.BytesPerCall);
        BreachSite[] sites = isInherited
            ? []
            :
            [
                .. from site in now.AllocatingSites
                let more = site.BytesPerCall.Min - before.GetValueOrDefault(site.Key)
                where more >= BlamedShare * growth
                orderby more descending, site.Line, site.Column
                select new BreachSite(
                    $"{now.Latest.File}:{site.Line}:{site.Column}",
                    Words.Of(site.Key.Kind),
                    site.What,
                    Range.Text(before.GetValueOrDefault(site.Key)),
                    Range.Text(site.BytesPerCall.Min)
                ),
            ];
        return Of(now, "bytes per call", now.BytesPerCall, Range.Text(was.Range().Limit), name) with
        {
            Was = was.Range().ToString(),
            Sites = [.. sites.Take(MostSites)],
            IsInherited = isInherited,
            Effect = growth * now.Calls.Min,
            Remark =
                isInherited ? "In hot methods that it calls, or because it calls them more often."
                : sites.Length > 0 ? ""
                : now.Latest.WithoutSites is { } unsupportedReason ? $"By line it is not known: {unsupportedReason}."
                : "Outside its sites.",
        };
    }

    private static Breach Of(MethodRuns method, string what, Range amount, string allowed, string by) =>
        new(method.Name, method.Place, what, "", amount.ToString(), allowed, by, []);

    private static Breach NeverRan(string method, string place, string by) =>
        new(method, place, "calls", "", "0", "1 or more", by, [], "It has a budget and never ran.");

    private static BreachSite[] Sites(MethodRuns method) =>
        [
            .. method
                .AllocatingSites.Where(site => site.BytesPerCall.Min > 0)
                .OrderByDescending(site => site.BytesPerCall.Min)
                .ThenBy(site => site.Line)
                .ThenBy(site => site.Column)
                .Take(MostSites)
                .Select(site => new BreachSite(
                    $"{method.Latest.File}:{site.Line}:{site.Column}",
                    Words.Of(site.Key.Kind),
                    site.What,
                    "",
                    Range.Text(site.BytesPerCall.Min)
                )),
        ];

    private void Note(List<string> methods, string noun, string what)
    {
        const int named = 3;
        if (methods.Count > 0)
        {
            _notes.Add($"{Counted(methods.Count, noun)} {what}: {string.Join(", ", methods.Take(named))}{(methods.Count > named ? ", …" : "")}.");
        }
    }

    private static string Counted(int count, string noun) => ComparisonReport.Counted(count, noun);
}
