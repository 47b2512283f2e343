using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// One method over the runs of one build. Bytes are per call, to a thousandth: smaller amounts come from what happens once in a run.
/// </summary>
internal sealed class MethodRuns
{
    private readonly List<Figures> _runs = [];
    private readonly Dictionary<SiteKey, (Site Site, List<double> Bytes)> _sites = [];
    private string _latestStart = "";
    private long _calls,
        _runsOfAll;
    private Margins _squares;

    public MethodRuns(Method first) => Latest = first;

    /// <summary>The method as the newest run registered it, whatever the order of the files, so that its lines are those of the source now.</summary>
    public Method Latest { get; private set; }

    public MethodKey Key => Latest.Key;

    public string Name => Latest.Name;

    /// <summary>File and line; empty for a block.</summary>
    public string Place => Latest.File.Length == 0 ? "" : FormattableString.Invariant($"{Latest.File}:{Latest.Line}");

    /// <summary>The number of runs that called the method.</summary>
    public int RunCount => _runs.Count;

    public bool HasRun => _runs.Count > 0;

    public Range Calls => Over(run => run.Calls);

    /// <summary>The inclusive bytes of a call: with what it calls. Nested calls of a method that calls itself count once.</summary>
    public Range BytesPerCall => Over(run => run.BytesPerCall);

    public Range SelfBytesPerCall => Over(run => run.SelfBytesPerCall);

    /// <summary>The bytes of all calls of a run, without the hot methods that the method calls.</summary>
    public Range SelfBytes => Over(run => run.SelfBytes);

    public Range P99Ns => Over(run => run.P99Ns);

    public Range P99Bytes => Over(run => run.P99Bytes);

    /// <summary>The number of calls that allocated anything, themselves or in what they called.</summary>
    public Range AllocatingCalls => Over(run => run.AllocatingCalls);

    /// <summary>Whether a run recorded only a sample of the calls, so that time and sites, and at the level light bytes, are estimates.</summary>
    public bool IsSampled { get; private set; }

    /// <summary>
    /// Half the widths of the 95 % intervals of the means over all runs: of a call's time and bytes, and of a run's self time and self bytes. They
    /// are 0 where figures are exact, and infinite where they are estimates whose interval is not known.
    /// </summary>
    public Margins Margins =>
        new(
            Math.Sqrt(_squares.Ns) / Math.Max(1, _calls),
            Math.Sqrt(_squares.Bytes) / Math.Max(1, _calls),
            Math.Sqrt(_squares.SelfNs) / Math.Max(1, _runsOfAll),
            Math.Sqrt(_squares.SelfBytes) / Math.Max(1, _runsOfAll)
        );

    /// <summary>The bytes of a call over all runs, and the self bytes of a run: what <see cref="Margins"/> are to either side of.</summary>
    public double MeanBytesPerCall => _runs.Sum(run => run.BytesPerCall * run.Calls) / _runs.Sum(run => run.Calls);

    public double MeanSelfBytes => _runs.Average(run => run.SelfBytes);

    public bool MayHoldTier0 => _runs.Any(run => run.MayHoldTier0);

    /// <summary>
    /// The time that is compared, one value for each run: the mean inclusive time of a call in nanoseconds. It is not rounded, unlike the
    /// snapshot's own mean. Where the control timed the method in every run, the mean is over the control's calls; for work that goes on after
    /// its call this is the wall time to the end. Otherwise it is the inclusive time of all calls divided by their number; where calls are sampled,
    /// that is the estimate that the margin belongs to, and it already is of calls without probes alone. It is a mean within a
    /// run because users wait for a run's total. Over runs the median is taken.
    /// </summary>
    public double[] TimesNs => [.. _runs.Select(run => _runs.TrueForAll(other => other.ControlNs is not null) ? run.ControlNs!.Value : run.Ns)];

    /// <summary>The time of all calls of a run, without the hot methods that they call, one value for each run.</summary>
    public double[] SelfTimesNs => [.. _runs.Select(static run => run.SelfNs)];

    public IEnumerable<SiteRuns> AllocatingSites
    {
        get
        {
            var places = Keyed(Latest.Sites ?? []).ToDictionary(static site => site.Key, static site => site.Site);
            return from site in _sites
                // A run that does not list the site allocated nothing there.
                let bytes = site.Value.Bytes.Count < _runs.Count ? site.Value.Bytes.Append(0) : site.Value.Bytes
                where bytes.Max() > 0
                let place = places.GetValueOrDefault(site.Key, site.Value.Site)
                select new SiteRuns(site.Key, place.Line, place.Column, Range.Of(bytes));
        }
    }

    /// <summary>Whether any call probed its sites.</summary>
    public bool HasProbed => _sites.Count > 0;

    /// <param name="method">The figures of the method.</param>
    /// <param name="document">The snapshot that contains it.</param>
    /// <param name="squares">The squared margins of its sums there.</param>
    public void Add(Method method, SnapshotDocument document, Margins squares)
    {
        var (start, runs) = (document.NewestStart, document.RunCount);
        if (string.CompareOrdinal(start, _latestStart) >= 0)
        {
            (Latest, _latestStart) = (method, start);
        }

        if (method.Calls == 0)
        {
            return;
        }

        IsSampled |= method.SampledCalls is not null;
        _calls += method.Calls;
        _runsOfAll += runs;
        _squares += squares;
        _runs.Add(
            new(
                (double)method.Calls / runs,
                PerCall(method.Allocated.InclusiveBytes, method.Calls),
                PerCall(method.Allocated.SelfBytes, method.Calls),
                (double)method.Allocated.SelfBytes / runs,
                method is { WallNs: { } wall, Completed: > 0 and var completed }
                    ? (double)wall / completed
                    : (double)method.Time.InclusiveNs / method.Calls,
                !document.HasEstimatedTime && method is { HasWallTime: false, Control: { TimesMethod: true, Control: { Calls: > 0 } control } }
                    ? (double)control.TotalNs / control.Calls
                    : null,
                (double)method.Time.SelfNs / runs,
                method.Time.P99Ns,
                method.Allocated.P99Bytes,
                (double)(method.Calls - CallsWithoutBytes(method)) / runs,
                method.MayHoldTier0
            )
        );
        if (method is { Sites: { } sites, Control.Probing.Calls: > 0 and var probing })
        {
            AddSites(sites, probing);
        }
    }

    private void AddSites(Site[] sites, long probingCalls)
    {
        foreach (var (key, site) in Keyed(sites))
        {
            if (!_sites.TryGetValue(key, out var known))
            {
                _sites[key] = known = (site, []);
            }

            known.Bytes.Add(PerCall(site.Bytes, probingCalls));
        }
    }

    private static IEnumerable<(SiteKey Key, Site Site)> Keyed(Site[] sites)
    {
        var ordinals = new Dictionary<(SiteKind, string, string), int>();
        foreach (var site in sites)
        {
            var same = (site.Kind, site.Type, site.Text);
            int ordinal = ordinals[same] = ordinals.GetValueOrDefault(same, -1) + 1;
            yield return (new(site.Kind, site.Type, site.Text, ordinal), site);
        }
    }

    private Range Over(Func<Figures, double> figure) => Range.Of(_runs.Select(figure));

    private static double PerCall(long bytes, long calls) => Math.Round((double)bytes / calls, 3);

    private static long CallsWithoutBytes(Method method) => method.Allocated.Histogram.Counts is [(0, var calls), ..] ? calls : 0;

    private sealed record Figures(
        double Calls,
        double BytesPerCall,
        double SelfBytesPerCall,
        double SelfBytes,
        double Ns,
        double? ControlNs,
        double SelfNs,
        long P99Ns,
        long P99Bytes,
        double AllocatingCalls,
        bool MayHoldTier0
    );
}
