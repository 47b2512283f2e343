using System.Diagnostics;

/// <summary>What something cost: wall and processor time, in the unit of the code that measured it, and megabytes allocated.</summary>
internal readonly record struct Cost(double Wall, double Processor, double Megabytes = 0)
{
    /// <summary>Measures an action in this process, over all threads, in milliseconds.</summary>
    public static Cost Of(Action action)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        action();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(wall, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1e6);
    }
}

internal static class Figures
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    /// <summary>The median and the quartiles of the ratios. Each round gives one ratio.</summary>
    public static string Ratio(IEnumerable<double> of, IEnumerable<double> to)
    {
        double[] ratios = [.. of.Zip(to, static (a, b) => a / b)];
        return $"{Median(ratios):F3} ({Quantile(ratios, 0.25):F3}–{Quantile(ratios, 0.75):F3})";
    }
}
