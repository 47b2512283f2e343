namespace HotPathGen.Runtime;

/// <summary>An immutable merge of all slots and contexts; the only thing reports see. Times in nanoseconds, memory in bytes.</summary>
internal sealed record Snapshot(
    ProcessFacts Process, MethodFigures[] Methods, ContextFigures[] Contexts, int RecordCount, Announcement[] Announcements, string[] Notes)
{
    /// <summary>Grows with whatever is recorded: two snapshots with the same number hold the same.</summary>
    public long EventCount => Methods.Sum(static m => m.Calls + m.Failures + m.Time.Count + m.Allocated.Count);
}

/// <summary>One hot method's figures over all threads.</summary>
internal sealed record MethodFigures(
    string Assembly, HotMethod Method, long Calls, long Open, long Failures, long Threads, bool HasWallTime, long WallNs,
    Distribution Time, Distribution Allocated, long[] AllocatedByTimeOctave, TwinFigures? Twins, PooledFigures[] Pooled, bool IsProbeHeavy, bool MayHoldTier0);

/// <summary>Sums, and what the histogram of single calls tells.</summary>
internal sealed record Distribution(string Basis, long Inclusive, long Self, long Mean, long Max, long[] Counts)
{
    public long Count { get; } = Counts.Sum();

    /// <summary>Within 6.25 % of a value that at least this share of the calls does not exceed, exact where that is the largest; 0 without calls.</summary>
    public long Percentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(Count * share));
        if (rank >= Count)
            return Max;
        for (int bucket = 0; bucket < Counts.Length - 1; bucket++)
        {
            rank -= Counts[bucket];
            if (rank <= 0)
                return Math.Min(Histogram.MidpointOf(bucket), Max);
        }
        return Max;
    }
}

/// <summary>
/// A node of the merged context tree. Ids are places in the list; a parent comes before its children, -1 for none. Its method is a place
/// in the list of methods, -1 for the one context that holds those beyond the bound.
/// </summary>
internal sealed record ContextFigures(
    int Id, int Parent, int Method, long Calls, long InclusiveNs, long SelfNs, long InclusiveBytes, long SelfBytes);
