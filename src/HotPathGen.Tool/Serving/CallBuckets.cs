namespace HotPathGen.Tool.Serving;

/// <summary>
/// The buckets of a classic Prometheus histogram. Their bounds are powers of two, which are edges of the recorder's buckets, so each recorded bucket
/// is in one of them as a whole. A call exactly at a bound is in the next bucket.
/// </summary>
internal sealed class CallBuckets
{
    /// <summary>From 256 ns to 17 s.</summary>
    public static readonly CallBuckets Time = new([.. Enumerable.Range(0, 14).Select(static i => 1L << (8 + 2 * i))]);

    /// <summary>The calls that allocate nothing, then from 64 bytes to 1 GB.</summary>
    public static readonly CallBuckets Bytes = new([0, .. Enumerable.Range(0, 13).Select(static i => 1L << (6 + 2 * i))]);

    private readonly long[] _bounds;
    private readonly int[] _bucketOf = new int[Histogram.BucketCount];

    private CallBuckets(long[] bounds)
    {
        _bounds = bounds;
        for (int bucket = 0; bucket < _bucketOf.Length; bucket++)
        {
            long lowest = Histogram.LowestOf(bucket);
            int place = Array.FindIndex(bounds, bound => lowest < bound || (bound == 0 && lowest == 0));
            _bucketOf[bucket] = place < 0 ? bounds.Length : place;
        }
    }

    /// <summary>The upper bounds, without that of the last bucket, which has none.</summary>
    public ReadOnlySpan<long> Bounds => _bounds;

    /// <summary>The number of buckets.</summary>
    public int Count => _bounds.Length + 1;

    /// <summary>Adds the counts of the recorded buckets.</summary>
    public void Add(SparseCounts recorded, Span<long> counts)
    {
        foreach (var (bucket, count) in recorded.Counts)
        {
            counts[_bucketOf[bucket]] += count;
        }
    }
}
