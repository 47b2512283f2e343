using HotPathGen.Shared;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Snapshots;

[TestFixture]
public sealed class PercentileIntervalTests
{
    /// <summary>Samples of a distribution with a long tail, as times of calls have it. The first calls are all recorded.</summary>
    [TestCase(150)]
    [TestCase(400)]
    [TestCase(2_000)]
    [TestCase(20_000)]
    public void The_interval_holds_the_percentile_in_95_of_100_samples(int sampled)
    {
        var random = new Random(20261130);
        const int samples = 1_000,
            weight = 2_000;
        var pattern = SampledRuns.Light.Methods.Single(m => m.Name == "Sampled.Names.Rounded(int)");
        // The true percentile of exp(Z) is exp(1.6449).
        const double p95 = 1_000 * 5.1803;
        int held = 0;
        for (int i = 0; i < samples; i++)
        {
            long[] counts = new long[Histogram.BucketCount];
            long max = 0;
            for (int call = 0; call < sampled; call++)
            {
                long ns = (long)(1_000 * Math.Exp(Normal(random)));
                counts[Histogram.BucketOf(ns)] += call < Method.AlwaysRecorded ? 1 : weight;
                max = Math.Max(max, ns);
            }

            // A bucket is 12.5 % wide, and an interval within one is not given.
            var method = pattern with
            {
                Calls = counts.Sum(),
                SampledCalls = sampled,
                Time = TimeFigures.Of(TimeBasis.Thread, new(0, 0, 0, max, counts)),
            };
            var (low, high) = method.P95IntervalNs is { } given ? (given.Low, given.High ?? long.MaxValue) : (method.Time.P95Ns, method.Time.P95Ns);
            held += Lower(low) <= p95 && p95 < Upper(high) ? 1 : 0;
        }

        Assert.That(held, Is.InRange(0.93 * samples, samples));

        static double Lower(long ns) => Histogram.LowestOf(Histogram.BucketOf(ns));

        static double Upper(long ns) => ns == long.MaxValue ? double.MaxValue : Histogram.LowestOf(Histogram.BucketOf(ns) + 1);
    }

    [Test]
    public void Ranks_are_those_of_the_binomial()
    {
        // Of 1,000 calls, one in each of 1,000 ns to 1,999 ns: ranks 950 ± 13.5, so 1,936 to 1,963 ns, of the buckets 1,920 to 2,047.
        long[] counts = new long[Histogram.BucketCount];
        for (int ns = 0; ns < 1_000; ns++)
        {
            counts[Histogram.BucketOf(160 * (ns + 1))]++;
        }

        var interval = PercentileInterval.Of(0.95, 1_000, SparseCounts.Of(counts), 160_000);
        Assert.That(interval, Is.Null, "936 × 160 to 963 × 160 is one bucket");

        interval = PercentileInterval.Of(0.95, 100, SparseCounts.Of(counts), 160_000);
        Assert.That(interval, Is.EqualTo(new PercentileInterval(Middle(160 * 907), Middle(160 * 993))), "ranks 95 ± 4.3 of 100");
        interval = PercentileInterval.Of(0.95, 60, SparseCounts.Of(counts), 160_000);
        Assert.That(interval, Is.EqualTo(new PercentileInterval(Middle(160 * 894), null)), "ranks 57 ± 3.3 of 60: the sample has no such rank");

        static long Middle(long ns) => Math.Min(160_000, Histogram.MidpointOf(Histogram.BucketOf(ns)));
    }

    [Test]
    public void Only_what_is_sampled_has_one()
    {
        var light = SampledRuns.Light;
        var (spin, of) = (light.Methods.Single(m => m.SampledCalls is null), light.Methods.Single(m => m.Name == "Sampled.Names.Of(int)"));

        Assert.That((spin.P95IntervalNs, spin.P95IntervalBytes), Is.EqualTo(((PercentileInterval?)null, (PercentileInterval?)null)));
        // 64 of 3,601 recorded calls stand for themselves. One in 16 is a control call, which times the method: ranks 211.3 ± 6.4 of 222.
        Assert.That(of.P95IntervalNs, Is.EqualTo(PercentileInterval.Of(0.95, 3_542 * 25_116.0 / 400_000, of.Time.Histogram, of.Time.MaxNs)));
        Assert.That(of.P95IntervalNs!.Value.Low, Is.LessThan(of.Time.P95Ns));
        Assert.That(of.P95IntervalNs.Value.High, Is.GreaterThan(of.Time.P95Ns));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
