using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// Tests whether two sets of runs differ, by their ranks alone. It is the Mann–Whitney U test, as in benchstat (golang.org/x/perf/benchmath,
/// AssumeNothing). Times of runs are not normally distributed, and the test does not need that. Perfolizer computes it, exactly for the
/// usual numbers of runs.
/// </summary>
internal static class RankTest
{
    /// <summary>
    /// The largest chance that a comparison of a build with itself names any method at all. p values are corrected for the number of methods by
    /// Holm's step-down procedure (S. Holm, Scandinavian Journal of Statistics 6, 1979). It bounds this chance however the methods depend on each
    /// other. Benjamini–Hochberg would find more, but it only bounds the share of wrong methods among those named, and a check that names one
    /// method wrongly has failed.
    /// </summary>
    public const double Alpha = 0.05;

    private const int MostRuns = 1_000;

    /// <summary>The two-sided p value: the chance that runs of one build differ at least this much.</summary>
    public static double Differs(double[] runs, double[] others) => P(runs, others, AlternativeHypothesis.TwoSides);

    /// <summary>
    /// The one-sided p value: the chance of these times for a build that takes at most <paramref name="factor"/> of the first build's time.
    /// </summary>
    public static double IsSlower(double[] runs, double[] others, double factor) =>
        P([.. runs.Select(ns => ns * factor)], others, AlternativeHypothesis.Less);

    /// <summary>
    /// The p values after Holm's correction. Each is multiplied by the number of values that are not smaller, and the result is never below that
    /// of a smaller value.
    /// </summary>
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

    /// <summary>
    /// The smallest corrected p that this many runs can give. They give it where all runs of one side lie on one side of all runs of the other.
    /// </summary>
    public static double BestPossible(int runs, int others, int tests, int sides) => sides * tests / Combinations(runs + others, runs);

    /// <summary>The number of runs that each side needs before anything can be proved.</summary>
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
