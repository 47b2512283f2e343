namespace HotPathGen.Shared;

/// <summary>Sums of all calls, and the histogram of single calls.</summary>
internal sealed record Distribution(long Inclusive, long Self, long Mean, long Max, long[] Counts)
{
    public long Count { get; } = Counts.Sum();

    /// <summary>
    /// Returns a value that at least this share of the calls does not exceed, within 6.25 %. It is exact if it is the largest value, and 0 if
    /// there are no calls.
    /// </summary>
    public long Percentile(double share) =>
        Rank(share) < Count && BucketOf(share) is var bucket && bucket < Counts.Length - 1 ? Math.Min(Histogram.MidpointOf(bucket), Max) : Max;

    /// <summary>
    /// Returns an upper bound that at least this share of the calls does not exceed. It is at most 12.5 % too large, and never too small.
    /// </summary>
    public long UpperBound(double share) =>
        BucketOf(share) is var bucket && bucket < Counts.Length - 1 ? Math.Min(Histogram.LowestOf(bucket + 1) - 1, Max) : Max;

    private long Rank(double share) => Math.Max(1, (long)Math.Ceiling(Count * share));

    // The last bucket has no upper bound.
    private int BucketOf(double share)
    {
        long rank = Rank(share);
        int bucket = 0;
        while (bucket < Counts.Length - 1 && (rank -= Counts[bucket]) > 0)
        {
            bucket++;
        }

        return bucket;
    }
}
