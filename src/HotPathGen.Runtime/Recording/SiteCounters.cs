using System.Numerics;

namespace HotPathGen.Runtime;

/// <summary>One thread's counters for one site.</summary>
internal unsafe struct SiteCounters
{
    /// <summary>Size classes: class c holds hits of 2^c up to 2^(c+1) bytes, the last everything above.</summary>
    public const int ClassCount = Site.SizeClassCount;

    /// <summary>From here on an object lives in the large object heap (docs: large-object-heap, default threshold).</summary>
    public const long LargeObjectBytes = 85_000;

    public long Hits;

    /// <summary>Bytes of a hit that goes on: an array exists before its elements are evaluated.</summary>
    public long Pending;

    public long AllocatingHits;
    public long Bytes;
    public long MaxBytes;
    public long LargeHits;
    public long LargeBytes;

    /// <summary>Hits that allocated in calls that have allocated more than they may.</summary>
    public long Breaches;

    private fixed long _classes[ClassCount];

    /// <summary>A hit that allocated has ended, with <paramref name="bytes"/> since its last part.</summary>
    public void AddHit(long bytes)
    {
        Bytes += bytes;
        bytes += Pending;
        Pending = 0;
        if (bytes <= 0)
        {
            return;
        }

        AllocatingHits++;
        MaxBytes = Math.Max(MaxBytes, bytes);
        if (bytes >= LargeObjectBytes)
        {
            LargeHits++;
            LargeBytes += bytes;
        }
        _classes[Math.Min(ClassCount - 1, BitOperations.Log2((ulong)bytes))]++;
    }

    public void AddPart(long bytes)
    {
        Bytes += bytes;
        Pending += bytes;
    }

    /// <summary>What went on was cut short.</summary>
    public void EndPart()
    {
        if (Pending == 0)
        {
            return;
        }

        Hits++;
        AddHit(0);
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
