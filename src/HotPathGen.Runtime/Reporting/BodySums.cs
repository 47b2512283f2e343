namespace HotPathGen.Runtime;

/// <summary>The figures of one method's bodies, summed over all threads.</summary>
internal sealed unsafe class BodySums
{
    /// <summary>With fewer control calls than this, their time is too uncertain.</summary>
    public const int EnoughControls = 30;

    /// <summary>The means of the two bodies count as different if they differ by at least this many standard errors.</summary>
    private const double Certain = 4;

    public BodyTotals Control,
        Probing;
    public long UnattributedBytes,
        MaxNs;
    public readonly long[] TimeCounts;
    public readonly SiteSums[] Sites;

    public BodySums(int siteCount, bool hasDistributions)
    {
        TimeCounts = hasDistributions ? new long[Histogram.BucketCount] : [];
        Sites = [.. Enumerable.Range(0, siteCount).Select(static _ => new SiteSums())];
    }

    public bool IsTimedByControl => Control.Calls >= EnoughControls;

    /// <summary>
    /// The factor for self time: the self time that all calls would have taken as control calls, divided by the self time that they took.
    /// </summary>
    public double SelfTimeFactor
    {
        get
        {
            double all = Control.SelfTicks + Probing.SelfTicks;
            return IsTimedByControl && all > 0 ? (double)Control.SelfTicks / Control.Calls * (Control.Calls + Probing.Calls) / all : 1;
        }
    }

    /// <summary>
    /// The self bytes of a call of the instrumented body minus those of a control call, if the difference is more than chance by Welch's
    /// statistic. If the bytes of the calls never vary, the variance is zero, and then any difference counts.
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

    public void Add(BodyCounters* bodies)
    {
        Control = Control.Plus(bodies->Control);
        Probing = Probing.Plus(bodies->Probing);
        UnattributedBytes += bodies->UnattributedBytes;
        MaxNs = Math.Max(MaxNs, bodies->MaxNs);
        if (TimeCounts.Length > 0)
        {
            bodies->Time.AddTo(TimeCounts);
        }

        for (int i = 0; i < Math.Min(bodies->SiteCount, Sites.Length); i++)
        {
            (BodyCounters.Sites(bodies) + i)->AddTo(Sites[i]);
        }
    }

    private static double Mean(in BodyTotals totals) => (double)totals.SelfBytes / totals.Calls;

    private static double VarianceOfMean(in BodyTotals totals) =>
        Math.Max(0, totals.SelfBytesSquared / totals.Calls - Mean(totals) * Mean(totals)) / totals.Calls;
}

/// <summary>The figures of one site, summed over all threads.</summary>
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
