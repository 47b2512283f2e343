using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Overhead;

/// <summary>Medians as shares of the baseline's median, for each setting of the switches.</summary>
internal static class RatioTable
{
    /// <summary>The cost of each way as a share of the cost of the stopwatch by hand. The time of the plain call is subtracted from both.</summary>
    public static void PrintNetOfPlain(Summary summary)
    {
        PrintHead("(it - plain) / (by hand - plain)");
        foreach (var position in summary.Reports.GroupBy(report => report.BenchmarkCase.Job.Id))
        {
            double plain = Median(position.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(FrameCost.Plain)));
            double byHand = Median(position.Single(report => report.BenchmarkCase.Descriptor.Baseline));
            foreach (var report in position)
            {
                PrintRow(report, (Median(report) - plain) / (byHand - plain));
            }
        }
    }

    public static void PrintOfBaseline(Summary summary)
    {
        PrintHead("ratio");
        foreach (var position in summary.Reports.GroupBy(Position))
        {
            double baseline = Median(position.Single(report => report.BenchmarkCase.Descriptor.Baseline));
            foreach (var report in position)
            {
                PrintRow(report, Median(report) / baseline);
            }
        }
    }

    /// <summary>The cost of each way above the baseline, in nanoseconds.</summary>
    public static void PrintBeyondBaseline(Summary summary)
    {
        PrintHead("ns beyond the counter read");
        double baseline = Median(summary.Reports.Single(report => report.BenchmarkCase.Descriptor.Baseline));
        foreach (var report in summary.Reports)
        {
            PrintRow(report, Median(report) - baseline);
        }
    }

    private static string Position(BenchmarkReport report) =>
        report.BenchmarkCase.Parameters.Count == 0 ? report.BenchmarkCase.Job.Id : report.BenchmarkCase.Parameters.ValueInfo.Trim('[', ']');

    private static void PrintHead(string ratio)
    {
        Console.WriteLine();
        Console.WriteLine($"| position | what | ns | {ratio} | bytes |");
        Console.WriteLine("|---|---|---:|---:|---:|");
    }

    private static void PrintRow(BenchmarkReport report, double ratio) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {Position(report)} | {report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')} | {Median(report):F1} | {ratio:F2} | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? -1} |"
            )
        );

    private static double Median(BenchmarkReport report) => report.ResultStatistics!.Median;
}
