using System.Globalization;

namespace HotPathGen.Tool.Comparison;

/// <summary>A figure over the runs of one build, from the smallest value to the largest. Both are equal where all runs agree.</summary>
internal readonly record struct Range(double Min, double Max)
{
    /// <summary>One run in this many does not count for the maximum.</summary>
    private const int RunsPerOutlier = 10;

    /// <summary>
    /// The range from the smallest run to the largest, without the largest tenth of the runs. The .NET runtime itself allocates at a place that
    /// differs from run to run: its table of casts doubles by 6,192, 12,336, 24,624 bytes, at whatever cast fills it. One run of a hundred has
    /// these bytes in a method in which no other run has them. They must not raise what the method may allocate. With fewer than ten runs nothing
    /// is left out.
    /// </summary>
    public static Range Of(IEnumerable<double> runs)
    {
        double[] sorted = [.. runs.Order()];
        return sorted.Length == 0 ? default : new(sorted[0], sorted[^(1 + sorted.Length / RunsPerOutlier)]);
    }

    /// <summary>
    /// The largest figure that is allowed for the same build: the maximum plus the width of the range. Where the runs did not differ, which is
    /// usual without tiering, the limit is strict. The minimum over the new runs is compared with it. With n runs on each side, both of one build,
    /// the smallest of the second side exceeds the largest of the first by chance once in C(2n, n) comparisons, 252 for five runs. It hardly ever
    /// exceeds it by the width of the first side's range.
    /// </summary>
    public double Limit => Max + (Max - Min);

    public bool Varies => Min != Max;

    public bool Exceeds(Range other) => Min > other.Limit;

    /// <summary>
    /// 1, where this is larger than the other by more than runs of one build differ; -1, where it is smaller by more than that; else 0.
    /// </summary>
    public int ComparedTo(Range other) =>
        Exceeds(other) ? 1
        : other.Exceeds(this) ? -1
        : 0;

    /// <summary>The smallest value, and also the largest where the two differ.</summary>
    public override string ToString() => !Varies ? Text(Min) : $"{Text(Min)}..{Text(Max)}";

    public static string Text(double amount) => amount.ToString("#,0.###", CultureInfo.InvariantCulture);
}
