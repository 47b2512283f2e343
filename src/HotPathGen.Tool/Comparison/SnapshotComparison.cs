using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>Two builds, method by method.</summary>
/// <param name="Old">The runs of the first build.</param>
/// <param name="New">The runs of the second build.</param>
/// <param name="Pairs">The methods that both have, in the order of their ids.</param>
/// <param name="Added">The methods that only the second has.</param>
/// <param name="Gone">The methods that only the first has.</param>
/// <param name="TimeTests">The number of methods whose times were compared. p values are corrected for it.</param>
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
        // The more certain sign is tried first.
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
            var (self, now) = (Median.Of(pair.Old.SelfTimesNs), Median.Of(pair.New.SelfTimesNs));
            pair.Time = new(Median.Of(pair.Old.TimesNs), Median.Of(pair.New.TimesNs), corrected[i], correctedSelf[i])
            {
                MarginNs = pair.Margins.Ns,
                IsSelfWithinInterval = IsWithin(now.Value - self.Value, pair.Margins.SelfNs),
            };
        }

        return new(old, @new, [.. pairs.OrderBy(pair => pair.New.Key)], Sorted(added), Sorted(gone), timed.Length);
    }

    /// <summary>Whether a difference of estimates is one that they may have by chance, because only samples of the calls were recorded.</summary>
    public static bool IsWithin(double difference, double margin) => margin > 0 && Math.Abs(difference) <= margin;

    // Two methods are paired only where exactly one on each side has the sign.
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

    /// <summary>Type, name and parameters. They stay the same when the namespace changes.</summary>
    public static string NameWithType(MethodKey method) => LastOf(method.Id, dots: 2);

    /// <summary>Name, parameters and sites. They stay the same when the method moves to another type.</summary>
    private static string NameAndBody(MethodRuns method) =>
        Sites(method, atLeast: 1) is { Length: > 0 } body ? $"{LastOf(method.Key.Id, dots: 1)}\n{body}" : "";

    /// <summary>The sites, if there are several. They stay the same when the method gets another name.</summary>
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

    /// <summary>The change in time. It is null where times are not compared: without a clock, or where a run did not call the method.</summary>
    public TimeChange? Time { get; set; }

    public bool HaveRun => old.HasRun && @new.HasRun;

    /// <summary>The margins of the differences. They are 0 where the figures of both sides are exact.</summary>
    public Margins Margins { get; } = Margins.OfDifference(old.Margins, @new.Margins);

    public int BytesChange => IsBytesWithinInterval ? 0 : BytesDifference;

    /// <summary>Whether the bytes differ by more than runs do, and yet by no more than samples of the calls do.</summary>
    public bool IsBytesWithinInterval =>
        BytesDifference != 0 && SnapshotComparison.IsWithin(@new.MeanBytesPerCall - old.MeanBytesPerCall, Margins.Bytes);

    public int SelfBytesChange =>
        !HaveRun || SnapshotComparison.IsWithin(@new.MeanSelfBytes - old.MeanSelfBytes, Margins.SelfBytes)
            ? 0
            : @new.SelfBytes.ComparedTo(old.SelfBytes);

    private int BytesDifference => HaveRun ? @new.BytesPerCall.ComparedTo(old.BytesPerCall) : 0;

    public int CallsChange =>
        HaveRun ? @new.Calls.ComparedTo(old.Calls)
        : old.HasRun == @new.HasRun ? 0
        : @new.HasRun ? 1
        : -1;

    /// <summary>The bytes that the change makes in a run. Reports are sorted by it.</summary>
    public double BytesEffect => (@new.BytesPerCall.Min - old.BytesPerCall.Min) * @new.Calls.Min;

    public double TimeEffectNs => Time is { } time ? (time.New.Value - time.Old.Value) * @new.Calls.Min : 0;

    public bool HasMoved => old.Key != @new.Key || old.Latest.File != @new.Latest.File;

    public bool HasMovedWithinFile => !HasMoved && old.Latest.Line != @new.Latest.Line;

    /// <summary>The sites that allocate in every new run and in no old one.</summary>
    public IEnumerable<SiteRuns> BegunSites => Only(@new, old);

    /// <summary>The sites that allocated in every old run and in no new one.</summary>
    public IEnumerable<SiteRuns> CeasedSites => Only(old, @new);

    /// <summary>
    /// The sites whose bytes in a run differ by more than runs of one build differ. A site that never allocates counts as 0 bytes. Where calls are
    /// sampled, only several runs of each side show by how much the estimates of sites differ.
    /// </summary>
    public IEnumerable<SiteKey> ChangedSites
    {
        get
        {
            if ((old.IsSampled || @new.IsSampled) && (old.RunCount < 2 || @new.RunCount < 2))
            {
                return [];
            }

            var before = BytesInRun(old);
            var after = BytesInRun(@new);
            return before.Keys.Union(after.Keys).Where(key => after.GetValueOrDefault(key).ComparedTo(before.GetValueOrDefault(key)) != 0);
        }
    }

    // The bytes of a call times the calls of a run. Both are known with their ranges.
    private static Dictionary<SiteKey, Range> BytesInRun(MethodRuns method) =>
        method.AllocatingSites.ToDictionary(
            static site => site.Key,
            site => new Range(site.BytesPerCall.Min * method.Calls.Min, site.BytesPerCall.Max * method.Calls.Max)
        );

    // A method whose calls did not probe has no information about its sites.
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

/// <param name="Old">The median over the runs of the first build.</param>
/// <param name="New">The median over the runs of the second build.</param>
/// <param name="P">The p value, corrected for the number of methods.</param>
/// <param name="SelfP">
/// The same for self time in a run. A change in what the method calls may change its inclusive time but not its self time.
/// </param>
internal sealed record TimeChange(Median Old, Median New, double P, double SelfP)
{
    /// <summary>Half the width of the 95 % interval of the difference; 0 where every call was recorded.</summary>
    public double MarginNs { get; init; }

    public bool IsSelfWithinInterval { get; init; }

    /// <summary>Whether the difference is one that samples of the calls may have by chance.</summary>
    public bool IsWithinInterval => SnapshotComparison.IsWithin(New.Value - Old.Value, MarginNs);

    /// <summary>Whether the runs differ, which without the interval would prove a change.</summary>
    public bool HaveRunsChanged => P <= RankTest.Alpha;

    public bool IsProved => HaveRunsChanged && !IsWithinInterval;

    public bool IsSelfProved => SelfP <= RankTest.Alpha && !IsSelfWithinInterval;

    /// <summary>The ratio of the medians.</summary>
    public double Ratio => Old.Value == 0 ? (New.Value == 0 ? 1 : double.PositiveInfinity) : New.Value / Old.Value;
}
