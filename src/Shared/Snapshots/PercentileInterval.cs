namespace HotPathGen.Shared;

/// <summary>
/// The 95 % interval of a percentile of all calls, where only a sample of them was recorded. The number of sampled calls below the percentile is
/// binomial; its normal approximation gives the two ranks in the sample between which the percentile is (H. A. David and H. N. Nagaraja, Order
/// Statistics, section 7.1).
/// </summary>
/// <param name="Low">The lower end, as exact as a percentile of the histogram.</param>
/// <param name="High">The upper end; null if the sample is too small to have one.</param>
internal readonly record struct PercentileInterval(long Low, long? High)
{
    /// <param name="share">The percentile, as a share of the calls.</param>
    /// <param name="sampled">The number of recorded calls, as if each stood for equally many.</param>
    /// <param name="histogram">The recorded calls, each with the number of calls that it stands for.</param>
    /// <param name="max">The largest recorded value.</param>
    /// <returns>The interval; null if it is negligible, because both ends are in the bucket of the percentile itself.</returns>
    public static PercentileInterval? Of(double share, double sampled, SparseCounts histogram, long max)
    {
        if (sampled <= 0 || histogram.HighestBucket < 0)
        {
            return null;
        }

        long[] counts = new long[Histogram.BucketCount];
        histogram.AddTo(counts);
        var calls = new Distribution(0, 0, 0, max, counts);
        double spread = 1.96 * Math.Sqrt(share * (1 - share) / sampled);
        long low = calls.Percentile(Math.Max(0, share - spread));
        long? high = share + spread < 1 ? calls.Percentile(share + spread) : null;
        return low == high ? null : new(low, high);
    }
}
