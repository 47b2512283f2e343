using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Overhead;

/// <summary>What a frame costs as a share of what the stopwatch by hand costs, both without the plain call, per position of the switches.</summary>
internal static class RatioTable
{
    public static void Print(Summary summary)
    {
        Console.WriteLine("| position | plain ns | by hand ns | hot method ns | (hot - plain) / (by hand - plain) | bytes |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var position in summary.Reports.GroupBy(report => report.BenchmarkCase.Job.Id))
        {
            double plain = Median(nameof(FrameCost.Plain)), byHand = Median(nameof(FrameCost.ByHand)), hot = Median(nameof(FrameCost.Instrumented));
            long bytes = Report(nameof(FrameCost.Instrumented)).GcStats.GetBytesAllocatedPerOperation(Report(nameof(FrameCost.Instrumented)).BenchmarkCase) ?? -1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {position.Key} | {plain:F1} | {byHand:F1} | {hot:F1} | {(hot - plain) / (byHand - plain):F2} | {bytes} |"));

            BenchmarkReport Report(string method) => position.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
            double Median(string method) => Report(method).ResultStatistics!.Median;
        }
    }
}
