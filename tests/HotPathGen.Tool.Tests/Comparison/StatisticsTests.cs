using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;
using Range = HotPathGen.Tool.Comparison.Range;

namespace HotPathGen.Tool.Tests.Comparison;

/// <summary>
/// A change that is called proved is wrong in at most one comparison of 20: alpha = 0.05, over all methods of a comparison together.
/// </summary>
[TestFixture]
public sealed class StatisticsTests
{
    [Test]
    public void What_a_method_calls_may_change_its_time_and_not_its_own()
    {
        var runs = RecordedRuns.OfOneBuild;
        var slower = runs[6..]
            .Select(static run =>
                run with
                {
                    Document = run.Document with
                    {
                        Methods = [.. run.Document.Methods.Select(static m => m.Name == "Shop.Kept.Describe(Cart)" ? Longer(m) : m)],
                    },
                }
            );

        var changed = SnapshotComparison
            .Of(RunSet.Of(runs[..6]), RunSet.Of(slower))
            .Pairs.Where(static pair => pair.Time is { IsProved: true })
            .ToArray();

        Assert.That(
            changed.Select(static pair => (pair.New.Name, pair.Time!.IsSelfProved)),
            Is.EqualTo(new[] { ("Shop.Kept.Describe(Cart)", false) })
        );

        static Method Longer(Method m) =>
            m with
            {
                Time = m.Time with { InclusiveNs = m.Time.InclusiveNs + 1_000_000_000 },
                Control = m.Control is { } bodies
                    ? bodies with
                    {
                        Control = bodies.Control with { TotalNs = bodies.Control.TotalNs + 1_000_000_000 },
                    }
                    : null,
            };
    }

    /// <summary>
    /// The .NET runtime allocates some things once, in another method in each run. So one of many runs has more bytes, for example 12,336.
    /// </summary>
    [TestCase(9, 140)]
    [TestCase(10, 105.2)]
    [TestCase(19, 105.2)]
    public void One_run_in_ten_may_stand_out(int runs, double max)
    {
        double[] bytes = [105, .. Enumerable.Repeat(105.2, runs - 2), 140];

        Assert.That(Range.Of(bytes.Reverse()), Is.EqualTo(new Range(105, max)));
    }

    [Test]
    public void Alpha_is_what_the_documents_say() => Assert.That(RankTest.Alpha, Is.EqualTo(0.05));

    // The first two are 2 / C(10, 5). The others are from the tables of H. B. Mann and D. R. Whitney, 1947.
    [TestCase(new double[] { 1, 2, 3, 4, 5 }, new double[] { 6, 7, 8, 9, 10 }, 2.0 / 252)]
    [TestCase(new double[] { 6, 7, 8, 9, 10 }, new double[] { 1, 2, 3, 4, 5 }, 2.0 / 252)]
    [TestCase(new double[] { 1, 2, 3, 5 }, new double[] { 4, 6, 7, 8 }, 4.0 / 70)]
    [TestCase(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 0.1)]
    [TestCase(new double[] { 5, 5, 5, 5 }, new double[] { 5, 5, 5, 5 }, 1)]
    public void Ranks_give_the_p_of_the_tables(double[] runs, double[] others, double p) =>
        Assert.That(RankTest.Differs(runs, others), Is.EqualTo(p).Within(1e-9));

    [Test]
    public void Slower_is_one_sided_and_beyond_the_factor()
    {
        double[] runs = [100, 101, 102, 103, 104];

        Assert.That(RankTest.IsSlower(runs, [130, 131, 132, 133, 134], 1.1), Is.EqualTo(1.0 / 252).Within(1e-9));
        Assert.That(RankTest.IsSlower(runs, [105, 106, 107, 108, 109], 1.1), Is.EqualTo(1).Within(1e-9), "slower, but not by the factor");
        Assert.That(RankTest.IsSlower(runs, [50, 51, 52, 53, 54], 1), Is.EqualTo(1).Within(1e-9), "faster");
    }

    // The example of R's p.adjust(method = "holm"): 4 × 0.005, 3 × 0.01, 2 × 0.03. The value of 0.04 is raised to the one before it.
    [Test]
    public void Corrected_as_Holm_does() =>
        Assert.That(RankTest.Corrected([0.04, 0.01, 0.005, 0.03]), Is.EqualTo(new[] { 0.06, 0.03, 0.02, 0.06 }).Within(1e-12));

    // golang.org/x/perf/benchmath asks for 4 runs for one test at 0.05, too.
    [TestCase(1, 2, 4)]
    [TestCase(8, 2, 6)]
    [TestCase(26, 2, 7)]
    [TestCase(26, 1, 6)]
    [TestCase(1_000, 2, 9)]
    public void So_many_runs_are_needed(int methods, int sides, int runs)
    {
        Assert.That(RankTest.RunsNeeded(methods, sides), Is.EqualTo(runs));
        double[] low = [.. Enumerable.Range(0, runs).Select(i => (double)i)],
            high = [.. low.Select(ns => ns + runs)];
        double p = sides == 2 ? RankTest.Differs(low, high) : RankTest.IsSlower(low, high, 1);
        Assert.That(p * methods, Is.LessThanOrEqualTo(RankTest.Alpha), "a change is proved where the runs do not overlap");
        Assert.That(RankTest.BestPossible(runs - 1, runs - 1, methods, sides), Is.GreaterThan(RankTest.Alpha), "one run less cannot prove it");
    }

    // Ranks of the 95 % interval, from H. A. David and H. N. Nagaraja, Order Statistics. n = 6: 1 to 6, n = 10: 2 to 9, n = 20: 6 to 15.
    [TestCase(5, double.NegativeInfinity, double.PositiveInfinity)]
    [TestCase(6, 1, 6)]
    [TestCase(8, 1, 8)]
    [TestCase(9, 2, 8)]
    [TestCase(10, 2, 9)]
    [TestCase(20, 6, 15)]
    public void Interval_of_the_median(int runs, double low, double high)
    {
        var median = Median.Of([.. Enumerable.Range(1, runs).Reverse().Select(i => (double)i)]);

        Assert.That(median, Is.EqualTo(new Median((runs + 1) / 2.0, low, high)));
    }

    [Test]
    public void A_build_beside_itself_names_a_method_in_at_most_one_comparison_of_20()
    {
        var random = new Random(20261124);
        const int comparisons = 2_000,
            methods = 20,
            runs = 7;
        int wrong = 0,
            found = 0;
        for (int i = 0; i < comparisons; i++)
        {
            wrong += Names(random, methods, runs, slower: 1) ? 1 : 0;
            found += Names(random, methods, runs, slower: 2) ? 1 : 0;
        }

        Assert.That(
            (double)wrong / comparisons,
            Is.LessThanOrEqualTo(RankTest.Alpha).And.GreaterThan(0),
            "a test that is never wrong could not find anything"
        );
        Assert.That((double)found / comparisons, Is.GreaterThan(0.95), "one method of 20 that takes twice the time is found");
    }

    [Test]
    public void Recorded_runs_of_one_build_never_differ_in_bytes_and_in_time_as_seldom_as_alpha_says_however_they_are_dealt()
    {
        var recorded = RecordedRuns.OfOneBuild;
        int deals = 0,
            wrong = 0;
        for (int chosen = 0; chosen < 1 << recorded.Length; chosen++)
        {
            if (int.PopCount(chosen) != recorded.Length / 2)
            {
                continue;
            }

            var comparison = SnapshotComparison.Of(
                RunSet.Of(recorded.Where((_, i) => (chosen >> i & 1) == 0)),
                RunSet.Of(recorded.Where((_, i) => (chosen >> i & 1) == 1))
            );
            Assert.That(comparison.CanProveTime);
            Assert.That(
                comparison
                    .Pairs.Where(pair => pair.BytesChange != 0 || pair.CallsChange != 0 || pair.BegunSites.Any() || pair.CeasedSites.Any())
                    .Select(pair => pair.New.Name),
                Is.Empty
            );
            deals++;
            wrong += comparison.Pairs.Any(pair => pair.Time is { IsProved: true }) ? 1 : 0;
        }

        Assert.That(deals, Is.EqualTo(924));
        Assert.That((double)wrong / deals, Is.LessThanOrEqualTo(RankTest.Alpha));
    }

    /// <summary>
    /// Whether a comparison of random times names a method. The times are log-normal. The machine is fast or slow for all methods of a run alike.
    /// Times are whole nanoseconds, so that there are ties.
    /// </summary>
    private static bool Names(Random random, int methods, int runs, double slower)
    {
        double[][] before = Times(1),
            after = Times(slower);
        double[] p = RankTest.Corrected([.. before.Zip(after, RankTest.Differs)]);
        return slower == 1 ? p.Any(value => value <= RankTest.Alpha) : p[0] <= RankTest.Alpha;

        double[][] Times(double factor)
        {
            double[] machine = [.. Enumerable.Range(0, runs).Select(_ => 0.05 * Normal())];
            return
            [
                .. Enumerable
                    .Range(0, methods)
                    .Select(method =>
                        machine
                            .Select(noise => Math.Round((method == 0 ? factor : 1) * (30 + 10 * method) * Math.Exp(noise + 0.05 * Normal())))
                            .ToArray()
                    ),
            ];
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
