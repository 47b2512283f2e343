namespace OrderService.Comparing;

/// <param name="Runs">By variant and round.</param>
internal sealed record ComparisonResult(ComparisonLoad Load, Processors Processors, Run[][] Runs)
{
    public int Rounds => Runs[0].Length;

    public double Median(int variant, Func<Run, double> figure) => Median(Runs[variant].Select(figure));

    /// <summary>Of the ratios beside production in the same round: the median, the smallest and the largest.</summary>
    public (double Median, double Smallest, double Largest) Ratio(int variant, Func<Run, double> figure)
    {
        double[] ratios = [.. Runs[variant].Zip(Runs[0], (run, production) => figure(run) / figure(production))];
        return (Median(ratios), ratios.Min(), ratios.Max());
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
