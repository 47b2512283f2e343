namespace HotPathGen.Runtime;

/// <summary>The calls of one operation. What its hot code took is in the contexts of the threads.</summary>
internal sealed class OperationFigures(string name)
{
    private Histogram _bytes,
        _wall;

    public string Name => name;

    /// <summary>The calls that have ended, and those in which hot code failed or whose activity says that it did.</summary>
    public long Calls { get; private set; }
    public long Failures { get; private set; }
    public long WallNs { get; private set; }
    public long MaxWallNs { get; private set; }
    public long MaxBytes { get; private set; }

    public long[] WallCounts => CountsOf(_wall);
    public long[] BytesCounts => CountsOf(_bytes);

    public void Add(TimeSpan wall, bool failed)
    {
        long ns = (long)wall.TotalNanoseconds;
        Calls++;
        Failures += failed ? 1 : 0;
        WallNs += ns;
        MaxWallNs = Math.Max(MaxWallNs, ns);
        Add(ref _wall, ns);
    }

    public void AddBytes(long bytes)
    {
        MaxBytes = Math.Max(MaxBytes, bytes);
        Add(ref _bytes, bytes);
    }

    public void Clear()
    {
        Calls = Failures = WallNs = MaxWallNs = MaxBytes = 0;
        _bytes = _wall = default;
    }

    private static void Add(ref Histogram histogram, long value)
    {
        value = Math.Clamp(value, 0, Histogram.Limit - 1);
        histogram.Add(value, Histogram.PowerOfTwoOf(value));
    }

    private static long[] CountsOf(in Histogram histogram)
    {
        long[] counts = new long[Histogram.BucketCount];
        histogram.AddTo(counts);
        return counts;
    }
}
