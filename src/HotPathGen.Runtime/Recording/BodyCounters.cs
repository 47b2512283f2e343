using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One thread's counters for the two bodies of one method: the totals of control and probing calls, and the sites. The method's slot has the
/// counters that both bodies share. Native memory, followed by <see cref="SiteCount"/> sites.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BodyCounters
{
    /// <summary>The number of sites. The last site is the one for exceptions.</summary>
    public int SiteCount;

    /// <summary>The budget of the method's slot.</summary>
    public MethodBudget* Budget;

    public BodyTotals Control;
    public BodyTotals Probing;

    /// <summary>Self bytes of probing calls that belong to no site.</summary>
    public long UnattributedBytes;

    public long MaxNs;
    public Histogram Time;

    public static nuint SizeFor(int siteCount) => (nuint)sizeof(BodyCounters) + (nuint)siteCount * (nuint)sizeof(SiteCounters);

    public static SiteCounters* Sites(BodyCounters* counters) => (SiteCounters*)(counters + 1);

    /// <summary>Adds the time of a probing call. The slot's histogram has the times of control calls.</summary>
    public int AddTime(long ticks, long weight)
    {
        if (!Clock.IsRunning)
        {
            return 0;
        }

        long ns = Clock.ToNs(ticks);
        MaxNs = Math.Max(MaxNs, ns);
        ns = Math.Min(ns, Histogram.Limit - 1);
        int powerOfTwo = Histogram.PowerOfTwoOf(ns);
        Time.Add(ns, powerOfTwo, weight);
        return powerOfTwo;
    }
}

/// <summary>The totals of the calls of one body.</summary>
internal struct BodyTotals
{
    /// <summary>The calls for which the calls stand. While every call is recorded, the calls.</summary>
    public long Calls;
    public long Ticks;
    public long SelfTicks;
    public long SelfBytes;

    /// <summary>The sum of the squares of each call's self bytes, for the variance.</summary>
    public double SelfBytesSquared;

    public void Add(long weight, long ticks, long selfTicks, long selfBytes)
    {
        Calls += weight;
        Ticks += weight * ticks;
        SelfTicks += weight * selfTicks;
        SelfBytes += weight * selfBytes;
        SelfBytesSquared += (double)weight * selfBytes * selfBytes;
    }

    public readonly BodyTotals Plus(in BodyTotals other) =>
        new()
        {
            Calls = Calls + other.Calls,
            Ticks = Ticks + other.Ticks,
            SelfTicks = SelfTicks + other.SelfTicks,
            SelfBytes = SelfBytes + other.SelfBytes,
            SelfBytesSquared = SelfBytesSquared + other.SelfBytesSquared,
        };
}
