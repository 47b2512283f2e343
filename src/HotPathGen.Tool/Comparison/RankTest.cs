using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// Whether two sets of runs differ, from ranks alone: the Mann–Whitney U test, as benchstat does it (golang.org/x/perf/benchmath,
/// AssumeNothing). Times of runs are not normally distributed, and the test does not ask for it. Perfolizer computes it, exactly for the
/// numbers of runs that people take.
/// </summary>
internal static class RankTest
{
    /// <summary>
    /// The chance, at most, that a comparison of a build with itself names any method at all: p values are corrected for the number of
    /// methods by Holm's step-down procedure (S. Holm, Scandinavian Journal of Statistics 6, 1979), which bounds that chance however the methods hang
    /// together. Benjamini–Hochberg would find more and bound the share of wrong ones among those named instead: a gate that names one wrongly has
    /// failed.
    /// </summary>
    public const double Alpha = 0.05;

    private const int MostRuns = 1_000;

    /// <summary>Two-sided: the chance that runs of one build would differ at least so much.</summary>
    public static double Differs(double[] runs, double[] others) => P(runs, others, AlternativeHypothesis.TwoSides);

    /// <summary>One-sided: the chance that a build that takes at most <paramref name="factor"/> of the first's time would take so much.</summary>
    public static double IsSlower(double[] runs, double[] others, double factor) =>
        P([.. runs.Select(ns => ns * factor)], others, AlternativeHypothesis.Less);

    /// <summary>Holm's: each p value multiplied by how many are not smaller, and never below a smaller one's.</summary>
    public static double[] Corrected(double[] values)
    {
        double[] corrected = new double[values.Length];
        double highest = 0;
        foreach (var (rank, index) in Enumerable.Range(0, values.Length).OrderBy(i => values[i]).Index())
        {
            corrected[index] = highest = Math.Max(highest, Math.Min(1, values[index] * (values.Length - rank)));
        }

        return corrected;
    }

    /// <summary>The smallest corrected p that so many runs can come to: where all of one side lie on one side of all of the other.</summary>
    public static double BestPossible(int runs, int others, int tests, int sides) => sides * tests / Combinations(runs + others, runs);

    /// <summary>How many runs on each side it takes for anything to be proved.</summary>
    public static int RunsNeeded(int tests, int sides) =>
        Enumerable.Range(1, MostRuns).First(runs => BestPossible(runs, runs, tests, sides) <= Alpha);

    private static double P(double[] runs, double[] others, AlternativeHypothesis alternative) =>
        MannWhitneyTest.Instance.Perform(new Sample(runs), new Sample(others), alternative, Threshold.Zero).PValue;

    private static double Combinations(int of, int taken)
    {
        double count = 1;
        for (int i = 1; i <= taken; i++)
        {
            count *= (double)(of - taken + i) / i;
        }

        return count;
    }
}
