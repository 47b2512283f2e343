using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One thread's counters for the two bodies of one method: what tells control calls from probing ones, and the sites. The method's slot
/// has what both share. Native memory, <see cref="SiteCount"/> sites behind it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BodyCounters
{
    /// <summary>The last one is that of exceptions.</summary>
    public int SiteCount;

    /// <summary>Its slot's.</summary>
    public MethodBudget* Budget;

    public BodyTotals Control;
    public BodyTotals Probing;

    /// <summary>Self bytes of probing calls that no site has.</summary>
    public long UnattributedBytes;

    public long MaxNs;
    public Histogram Time;

    public static nuint SizeFor(int siteCount) => (nuint)sizeof(BodyCounters) + (nuint)siteCount * (nuint)sizeof(SiteCounters);

    public static SiteCounters* Sites(BodyCounters* counters) => (SiteCounters*)(counters + 1);

    /// <summary>The time of a probing call; the slot's histogram is the control's.</summary>
    public int AddTime(long ticks)
    {
        if (!Clock.IsRunning)
        {
            return 0;
        }

        long ns = Clock.ToNs(ticks);
        MaxNs = Math.Max(MaxNs, ns);
        ns = Math.Min(ns, Histogram.Limit - 1);
        int powerOfTwo = Histogram.PowerOfTwoOf(ns);
        Time.Add(ns, powerOfTwo);
        return powerOfTwo;
    }
}

/// <summary>What the calls of one body came to.</summary>
internal struct BodyTotals
{
    public long Calls;
    public long Ticks;
    public long SelfTicks;
    public long SelfBytes;

    /// <summary>Sum of the squares of single calls' self bytes, for their scatter.</summary>
    public double SelfBytesSquared;

    public void Add(long ticks, long selfTicks, long selfBytes)
    {
        Calls++;
        Ticks += ticks;
        SelfTicks += selfTicks;
        SelfBytes += selfBytes;
        SelfBytesSquared += (double)selfBytes * selfBytes;
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
