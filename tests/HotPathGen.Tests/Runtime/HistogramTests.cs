using CsCheck;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class HistogramTests
{
    // The exponents are uniform, so that every power-of-two bucket gets values.
    private static readonly Gen<long> s_values = Gen.Select(Gen.Int[0, 43], Gen.Long[0, long.MaxValue], static (power, bits) =>
        (1L << power) | (bits & ((1L << power) - 1))
    );

    [Test]
    public void A_bucket_holds_its_values_and_its_midpoint_is_within_one_sixteenth_of_each() =>
        s_values.Sample(static value =>
        {
            int bucket = Histogram.BucketOf(value);
            return bucket is >= 0 and < Histogram.BucketCount
                && Histogram.LowestOf(bucket) <= value
                && value < Histogram.LowestOf(bucket + 1)
                && Math.Abs(Histogram.MidpointOf(bucket) - value) <= value * 0.0625;
        });

    [Test]
    public void Small_values_are_exact()
    {
        for (int value = 0; value < 16; value++)
        {
            Assert.That(Histogram.MidpointOf(Histogram.BucketOf(value)), Is.EqualTo(value));
        }
    }

    [Test]
    public void The_last_value_falls_in_the_last_buckets()
    {
        Assert.That(Histogram.BucketOf(Histogram.Limit - 1), Is.EqualTo(Histogram.BucketCount - 1));
        Assert.That(Histogram.PowerOfTwoOf(Histogram.Limit - 1), Is.EqualTo(Histogram.PowerOfTwoCount - 1));
    }

    [Test]
    public void Percentiles_are_within_one_sixteenth_of_the_sorted_values() =>
        s_values
            .Array[1, 200]
            .Sample(static values =>
            {
                long[] counts = new long[Histogram.BucketCount];
                foreach (long value in values)
                {
                    counts[Histogram.BucketOf(value)]++;
                }

                Array.Sort(values);
                var distribution = new Distribution(0, 0, 0, values[^1], counts);
                return ((double[])[0.5, 0.9, 0.95, 0.99]).All(share =>
                {
                    long exact = values[(int)Math.Ceiling(values.Length * share) - 1];
                    return Math.Abs(distribution.Percentile(share) - exact) <= exact * 0.0625;
                });
            });

    [Test]
    public void Above_the_range_the_exact_maximum_is_reported()
    {
        long[] counts = new long[Histogram.BucketCount];
        counts[^1] = 1;
        Assert.That(new Distribution(0, 0, 0, 1L << 50, counts).Percentile(0.5), Is.EqualTo(1L << 50));
    }
}
