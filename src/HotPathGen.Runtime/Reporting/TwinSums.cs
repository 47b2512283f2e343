namespace HotPathGen.Runtime;

/// <summary>The twins of one method over all threads.</summary>
internal sealed unsafe class TwinSums
{
    /// <summary>Fewer control calls than this say too little about time.</summary>
    public const int EnoughControls = 30;

    /// <summary>Standard errors by which the means of two bodies must differ to be told apart.</summary>
    private const double Certain = 4;

    public TwinTotals Control,
        Probing;
    public long UnattributedBytes,
        MaxNs;
    public readonly long[] TimeCounts = new long[Histogram.BucketCount];
    public readonly SiteSums[] Sites;

    public TwinSums(int siteCount) => Sites = [.. Enumerable.Range(0, siteCount).Select(static _ => new SiteSums())];

    public bool IsTimedByControl => Control.Calls >= EnoughControls;

    /// <summary>The self time that all calls would have taken as control calls, by what they took.</summary>
    public double SelfTimeFactor
    {
        get
        {
            double all = Control.SelfTicks + Probing.SelfTicks;
            return IsTimedByControl && all > 0 ? (double)Control.SelfTicks / Control.Calls * (Control.Calls + Probing.Calls) / all : 1;
        }
    }

    /// <summary>
    /// Self bytes of a call of the instrumented body less those of a control call, where that is more than chance: by Welch's statistic. Calls
    /// whose bytes never vary have no scatter, and then any difference counts.
    /// </summary>
    public double? Difference
    {
        get
        {
            if (Control.Calls < EnoughControls || Probing.Calls < EnoughControls)
            {
                return null;
            }
            double difference = Mean(Probing) - Mean(Control);
            return Math.Abs(difference) > Certain * Math.Sqrt(VarianceOfMean(Control) + VarianceOfMean(Probing)) ? difference : null;
        }
    }

    public void Add(TwinCounters* twins)
    {
        Control = Control.Plus(twins->Control);
        Probing = Probing.Plus(twins->Probing);
        UnattributedBytes += twins->UnattributedBytes;
        MaxNs = Math.Max(MaxNs, twins->MaxNs);
        twins->Time.AddTo(TimeCounts);
        for (int i = 0; i < Math.Min(twins->SiteCount, Sites.Length); i++)
        {
            (TwinCounters.Sites(twins) + i)->AddTo(Sites[i]);
        }
    }

    private static double Mean(in TwinTotals totals) => (double)totals.SelfBytes / totals.Calls;

    private static double VarianceOfMean(in TwinTotals totals) =>
        Math.Max(0, totals.SelfBytesSquared / totals.Calls - Mean(totals) * Mean(totals)) / totals.Calls;
}

/// <summary>One site over all threads.</summary>
internal sealed class SiteSums
{
    public long Hits,
        AllocatingHits,
        Bytes,
        MaxBytes,
        LargeHits,
        LargeBytes,
        Breaches;
    public readonly long[] Classes = new long[SiteCounters.ClassCount];
}
