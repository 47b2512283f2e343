using System.Globalization;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// The median of runs, with an interval of order statistics that holds the build's own median in 95 of 100 cases, whatever the distribution.
/// The interval goes from the r-th smallest run to the r-th largest. r is the largest number for which a binomial of n coins leaves at most
/// 5 % outside. benchstat prints the same interval (golang.org/x/perf/benchmath, AssumeNothing; H. A. David and H. N. Nagaraja, Order
/// Statistics, section 7.1). Fewer than 6 runs have no interval.
/// </summary>
internal readonly record struct Median(double Value, double Low, double High)
{
    public const double Confidence = 0.95;

    public static Median Of(double[] runs)
    {
        double[] sorted = [.. runs.Order()];
        int n = sorted.Length;
        double value = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        int rank = Rank(n);
        return rank == 0 ? new(value, double.NegativeInfinity, double.PositiveInfinity) : new(value, sorted[rank - 1], sorted[n - rank]);
    }

    /// <summary>How far the interval reaches from the median, as a share of the median; infinite where there is no interval.</summary>
    public double Spread => Value == 0 ? (Low == High ? 0 : double.PositiveInfinity) : Math.Max(High / Value - 1, 1 - Low / Value);

    public string SpreadText => double.IsInfinity(Spread) ? "± ∞" : Spread.ToString("± 0 %", CultureInfo.InvariantCulture);

    // The rank is 0 where even the interval from the smallest to the largest run is not sure enough.
    private static int Rank(int runs)
    {
        double term = Math.Pow(0.5, runs),
            tail = 0;
        int rank = 0;
        while (rank < runs / 2 && 2 * (tail += term) <= 1 - Confidence)
        {
            rank++;
            term *= (double)(runs - rank + 1) / rank;
        }
        return rank;
    }
}
