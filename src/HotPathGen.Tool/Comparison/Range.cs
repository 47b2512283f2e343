using System.Globalization;

namespace HotPathGen.Tool.Comparison;

/// <summary>A figure over the runs of one build: the same in all of them, or from a smallest to a largest.</summary>
internal readonly record struct Range(double Min, double Max)
{
    /// <summary>One run in so many does not count for the maximum.</summary>
    private const int RunsPerOutlier = 10;

    /// <summary>
    /// From the smallest of the runs to the largest, without the largest tenth. The .NET runtime itself allocates where a run happens to be:
    /// its table of casts doubles by 6,192, 12,336, 24,624 bytes at whatever cast fills it. One run of a hundred has that in a method in
    /// which no other run has it; that must not become what the method may allocate. With fewer than ten runs nothing is left out.
    /// </summary>
    public static Range Of(IEnumerable<double> runs)
    {
        double[] sorted = [.. runs.Order()];
        return sorted.Length == 0 ? default : new(sorted[0], sorted[^(1 + sorted.Length / RunsPerOutlier)]);
    }

    /// <summary>
    /// The largest figure that the same build may come to: what it came to already, and where its runs differed, as much beyond. Where they
    /// did not, which is the rule without tiering, this is strict. What is compared with it is the minimum over runs: of n runs on each side
    /// of one build the smallest of the second exceeds the largest of the first by chance once in C(2n, n), 252 for five; by the width of
    /// the first's range, hardly ever.
    /// </summary>
    public double Limit => Max + (Max - Min);

    public bool Varies => Min != Max;

    public bool Exceeds(Range other) => Min > other.Limit;

    /// <summary>1, where it is larger than the other beyond what runs of one build differ by; -1 where it is smaller.</summary>
    public int ComparedTo(Range other) =>
        Exceeds(other) ? 1
        : other.Exceeds(this) ? -1
        : 0;

    /// <summary>The smallest, and the largest where that is another.</summary>
    public override string ToString() => !Varies ? Text(Min) : $"{Text(Min)}..{Text(Max)}";

    public static string Text(double amount) => amount.ToString("#,0.###", CultureInfo.InvariantCulture);
}
