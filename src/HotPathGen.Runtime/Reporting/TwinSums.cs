namespace HotPathGen.Runtime;

/// <summary>The twins of one method over all threads.</summary>
internal sealed unsafe class TwinSums
{
    /// <summary>Fewer control calls than this say too little about time.</summary>
    public const int EnoughControls = 30;

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
