namespace HotPathGen.Shared;

/// <summary>Sums, and what the histogram of single calls tells.</summary>
internal sealed record Distribution(long Inclusive, long Self, long Mean, long Max, long[] Counts)
{
    public long Count { get; } = Counts.Sum();

    /// <summary>
    /// Within 6.25 % of a value that at least this share of the calls does not exceed, exact where that is the largest; 0 without calls.
    /// </summary>
    public long Percentile(double share) =>
        Rank(share) < Count && BucketOf(share) is var bucket && bucket < Counts.Length - 1 ? Math.Min(Histogram.MidpointOf(bucket), Max) : Max;

    /// <summary>What at least this share of the calls does not exceed: at most 12.5 % too much, never too little.</summary>
    public long UpperBound(double share) =>
        BucketOf(share) is var bucket && bucket < Counts.Length - 1 ? Math.Min(Histogram.LowestOf(bucket + 1) - 1, Max) : Max;

    private long Rank(double share) => Math.Max(1, (long)Math.Ceiling(Count * share));

    // The last bucket has no upper end.
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
