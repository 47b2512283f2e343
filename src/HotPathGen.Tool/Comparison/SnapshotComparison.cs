using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>Two builds, method by method.</summary>
/// <param name="Old">The runs of the first.</param>
/// <param name="New">Those of the second.</param>
/// <param name="Pairs">The methods that both have, in the order of their ids.</param>
/// <param name="Added">Those that the second has alone.</param>
/// <param name="Gone">Those that the first has alone.</param>
/// <param name="TimeTests">How many methods' times were compared: what p values are corrected for.</param>
internal sealed record SnapshotComparison(RunSet Old, RunSet New, MethodPair[] Pairs, MethodRuns[] Added, MethodRuns[] Gone, int TimeTests)
{
    public bool CanProveTime => TimeTests > 0 && RankTest.BestPossible(Old.Count, New.Count, TimeTests, sides: 2) <= RankTest.Alpha;

    public static SnapshotComparison Of(RunSet old, RunSet @new)
    {
        var gone = old.Methods.Values.Where(m => !@new.Methods.ContainsKey(m.Key)).ToList();
        var added = @new.Methods.Values.Where(m => !old.Methods.ContainsKey(m.Key)).ToList();
        List<MethodPair> pairs =
        [
            .. from method in @new.Methods.Values where old.Methods.ContainsKey(method.Key) select new MethodPair(old.Methods[method.Key], method),
        ];
        // The surer sign first.
        foreach (var sign in (Func<MethodRuns, string>[])[static method => NameWithType(method.Key), NameAndBody, Body])
        {
            Move(gone, added, pairs, sign);
        }

        MethodPair[] timed =
            old.HasTime && @new.HasTime ? [.. pairs.Where(pair => pair.Old.RunCount == old.Count && pair.New.RunCount == @new.Count)] : [];
        double[] corrected = RankTest.Corrected([.. timed.Select(pair => RankTest.Differs(pair.Old.TimesNs, pair.New.TimesNs))]);
        double[] correctedSelf = RankTest.Corrected([.. timed.Select(pair => RankTest.Differs(pair.Old.SelfTimesNs, pair.New.SelfTimesNs))]);
        foreach (var (i, pair) in timed.Index())
        {
            pair.Time = new(Median.Of(pair.Old.TimesNs), Median.Of(pair.New.TimesNs), corrected[i], correctedSelf[i]);
        }

        return new(old, @new, [.. pairs.OrderBy(pair => pair.New.Key)], Sorted(added), Sorted(gone), timed.Length);
    }

    // Only where exactly one of each side bears the sign.
    private static void Move(List<MethodRuns> gone, List<MethodRuns> added, List<MethodPair> pairs, Func<MethodRuns, string> sign)
    {
        var now = added.ToLookup(sign, StringComparer.Ordinal);
        foreach (
            var group in gone.GroupBy(sign, StringComparer.Ordinal)
                .Where(group => group.Key.Length > 0 && group.Count() == 1 && now[group.Key].Count() == 1)
                .ToArray()
        )
        {
            MethodRuns from = group.Single(),
                to = now[group.Key].Single();
            gone.Remove(from);
            added.Remove(to);
            pairs.Add(new(from, to));
        }
    }

    /// <summary>Type, name and parameters: what stays when a namespace changes.</summary>
    public static string NameWithType(MethodKey method) => LastOf(method.Id, dots: 2);

    /// <summary>Name, parameters and sites: what stays when it goes to another type.</summary>
    private static string NameAndBody(MethodRuns method) =>
        Sites(method, atLeast: 1) is { Length: > 0 } body ? $"{LastOf(method.Key.Id, dots: 1)}\n{body}" : "";

    /// <summary>Its sites, if there are several: what stays when it gets another name.</summary>
    private static string Body(MethodRuns method) => Sites(method, atLeast: 2);

    private static string Sites(MethodRuns method, int atLeast)
    {
        string[] sites =
        [
            .. (method.Latest.Sites ?? [])
                .Where(site => site.Kind != SiteKind.Exception)
                .Select(site => $"{Words.Of(site.Kind)}\t{site.Type}\t{site.Text}"),
        ];
        return sites.Length < atLeast ? "" : string.Join('\n', sites);
    }

    private static string LastOf(string id, int dots)
    {
        int start = id.IndexOf('(');
        for (start = start < 0 ? id.Length : start; dots > 0 && start > 0; dots--)
        {
            start = id.LastIndexOf('.', start - 1);
        }

        return id[(start + 1)..];
    }

    private static MethodRuns[] Sorted(List<MethodRuns> methods) => [.. methods.OrderBy(method => method.Key)];
}

/// <summary>A method in both builds.</summary>
internal sealed class MethodPair(MethodRuns old, MethodRuns @new)
{
    public MethodRuns Old => old;
    public MethodRuns New => @new;

    /// <summary>Null where it is not compared: without a clock, or where a run did not call the method.</summary>
    public TimeChange? Time { get; set; }

    public bool HaveRun => old.HasRun && @new.HasRun;

    public int BytesChange => HaveRun ? @new.BytesPerCall.ComparedTo(old.BytesPerCall) : 0;

    public int CallsChange =>
        HaveRun ? @new.Calls.ComparedTo(old.Calls)
        : old.HasRun == @new.HasRun ? 0
        : @new.HasRun ? 1
        : -1;

    /// <summary>What the change comes to in a run: what reports are sorted by.</summary>
    public double BytesEffect => (@new.BytesPerCall.Min - old.BytesPerCall.Min) * @new.Calls.Min;

    public double TimeEffectNs => Time is { } time ? (time.New.Value - time.Old.Value) * @new.Calls.Min : 0;

    public bool HasMoved => old.Key != @new.Key || old.Latest.File != @new.Latest.File;

    public bool HasMovedWithinFile => !HasMoved && old.Latest.Line != @new.Latest.Line;

    /// <summary>Those that allocate in every run now and in none before.</summary>
    public IEnumerable<SiteRuns> BegunSites => Only(@new, old);

    /// <summary>The other way round.</summary>
    public IEnumerable<SiteRuns> CeasedSites => Only(old, @new);

    /// <summary>Those whose bytes in a run differ beyond what runs of one build differ by; a site that never allocates has 0 of them.</summary>
    public IEnumerable<SiteKey> ChangedSites
    {
        get
        {
            var before = BytesInRun(old);
            var after = BytesInRun(@new);
            return before.Keys.Union(after.Keys).Where(key => after.GetValueOrDefault(key).ComparedTo(before.GetValueOrDefault(key)) != 0);
        }
    }

    // By the bytes of a call and the calls of a run: both are known with their ranges.
    private static Dictionary<SiteKey, Range> BytesInRun(MethodRuns method) =>
        method.AllocatingSites.ToDictionary(
            static site => site.Key,
            site => new Range(site.BytesPerCall.Min * method.Calls.Min, site.BytesPerCall.Max * method.Calls.Max)
        );

    // A body that did not probe tells nothing of sites.
    private static IEnumerable<SiteRuns> Only(MethodRuns those, MethodRuns others)
    {
        if (!others.HasProbed || !those.HasProbed)
        {
            return [];
        }

        var known = others.AllocatingSites.Select(site => site.Key).ToHashSet();
        return those.AllocatingSites.Where(site => site.BytesPerCall.Min > 0 && !known.Contains(site.Key));
    }
}

/// <param name="Old">Over the runs of the first build.</param>
/// <param name="New">Over those of the second.</param>
/// <param name="P">Corrected for the number of methods.</param>
/// <param name="SelfP">The same of self time in a run: what a method calls may change its time and not that.</param>
internal sealed record TimeChange(Median Old, Median New, double P, double SelfP)
{
    public bool IsProved => P <= RankTest.Alpha;

    public bool IsSelfProved => SelfP <= RankTest.Alpha;

    /// <summary>Of the medians.</summary>
    public double Ratio => Old.Value == 0 ? (New.Value == 0 ? 1 : double.PositiveInfinity) : New.Value / Old.Value;
}
