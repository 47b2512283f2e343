using System.Numerics;
using System.Runtime.CompilerServices;

namespace HotPathGen.Shared;

/// <summary>
/// A log-linear histogram. Values below 16 have buckets of their own. Above that, each power of two has 8 buckets, so a bucket's midpoint is
/// within 6.25 % of every value in it. Values of 2^44 and more (4.9 hours, 17.6 TB) are in the last bucket and are reported as the exact maximum.
/// </summary>
internal unsafe struct Histogram
{
    public const int BucketCount = 336;
    public const int PowerOfTwoCount = 41;
    public const double MaxRelativeError = 0.0625;
    public const long Limit = 1L << 44;

    /// <summary>The rule in words. Every snapshot contains it, so that the file explains itself.</summary>
    public const string Rule =
        "bucket b < 8 holds the value b; otherwise, with o = b / 8 - 1, bucket b holds [(8 + b % 8) << o, (9 + b % 8) << o); 336 buckets, the last also holds everything above; "
        + "power-of-two bucket 0 holds values below 16, o holds [8 << o, 16 << o)";

    private fixed long _counts[BucketCount];

    /// <summary>Returns the power-of-two bucket: 0 for values below 16, then one more for every doubling. Takes one lzcnt.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PowerOfTwoOf(long value) => BitOperations.Log2((ulong)value | 8) - 3;

    /// <summary>Returns the bucket of a value. Takes one lzcnt, one shift and one add; no branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BucketOf(long value, int powerOfTwo) => (powerOfTwo << 3) + (int)(value >>> powerOfTwo);

    public static int BucketOf(long value) => BucketOf(value, PowerOfTwoOf(value));

    public static long LowestOf(int bucket) => bucket < 8 ? bucket : (8L + (bucket & 7)) << ((bucket >> 3) - 1);

    public static long MidpointOf(int bucket) => bucket < 16 ? bucket : LowestOf(bucket) + (LowestOf(bucket + 1) - LowestOf(bucket)) / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value, int powerOfTwo, long weight = 1) => _counts[BucketOf(value, powerOfTwo)] += weight;

    public void AddZero(long weight) => _counts[0] += weight;

    public readonly long Total
    {
        get
        {
            long total = 0;
            for (int i = 0; i < BucketCount; i++)
            {
                total += _counts[i];
            }

            return total;
        }
    }

    /// <summary>Returns the lowest value above the bucket that contains this percentile.</summary>
    /// <param name="share">The percentile, from 0 to 1.</param>
    public readonly long LowestAbove(double share)
    {
        double below = Total * share;
        for (int i = 0; i < BucketCount; i++)
        {
            below -= _counts[i];
            if (below <= 0)
            {
                return LowestOf(i + 1);
            }
        }

        return Limit;
    }

    public readonly void AddTo(long[] counts)
    {
        for (int i = 0; i < BucketCount; i++)
        {
            counts[i] += _counts[i];
        }
    }
}
