using System.Numerics;

namespace HotPathGen.Runtime;

/// <summary>One thread's counters for one site.</summary>
internal unsafe struct SiteCounters
{
    /// <summary>The number of size classes. Class c holds hits of 2^c up to 2^(c+1) bytes; the last class also holds all larger ones.</summary>
    public const int ClassCount = Site.SizeClassCount;

    /// <summary>Objects of this size or more are in the large object heap (docs: large-object-heap, default threshold).</summary>
    public const long LargeObjectBytes = 85_000;

    public long Hits;

    /// <summary>The bytes of a hit that is not complete yet. For example, an array is allocated before its elements are evaluated.</summary>
    public long Pending;

    public long AllocatingHits;
    public long Bytes;
    public long MaxBytes;
    public long LargeHits;
    public long LargeBytes;

    /// <summary>The hits that allocated in a call that had exceeded its budget.</summary>
    public long Breaches;

    private fixed long _classes[ClassCount];

    /// <summary>Adds a completed hit that has allocated <paramref name="bytes"/> since its last part.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="weight">How many calls the call stands for.</param>
    public void AddHit(long bytes, long weight)
    {
        Bytes += weight * bytes;
        bytes += Pending;
        Pending = 0;
        if (bytes <= 0)
        {
            return;
        }

        AllocatingHits += weight;
        MaxBytes = Math.Max(MaxBytes, bytes);
        if (bytes >= LargeObjectBytes)
        {
            LargeHits += weight;
            LargeBytes += weight * bytes;
        }
        _classes[Math.Min(ClassCount - 1, BitOperations.Log2((ulong)bytes))] += weight;
    }

    /// <summary>Takes a hit back. The largest hit stays.</summary>
    public void RemoveHit(long bytes, long weight)
    {
        Hits -= weight;
        AllocatingHits -= weight;
        Bytes -= weight * bytes;
        _classes[Math.Min(ClassCount - 1, BitOperations.Log2((ulong)bytes))] -= weight;
    }

    public void AddPart(long bytes, long weight)
    {
        Bytes += weight * bytes;
        Pending += bytes;
    }

    /// <summary>Ends a hit that was interrupted before it was complete.</summary>
    public void EndPart(long weight)
    {
        if (Pending == 0)
        {
            return;
        }

        Hits += weight;
        AddHit(0, weight);
    }

    public readonly void AddTo(SiteSums sums)
    {
        sums.Hits += Hits;
        sums.AllocatingHits += AllocatingHits;
        sums.Bytes += Bytes;
        sums.MaxBytes = Math.Max(sums.MaxBytes, MaxBytes);
        sums.LargeHits += LargeHits;
        sums.LargeBytes += LargeBytes;
        sums.Breaches += Breaches;
        for (int i = 0; i < ClassCount; i++)
        {
            sums.Classes[i] += _classes[i];
        }
    }
}
