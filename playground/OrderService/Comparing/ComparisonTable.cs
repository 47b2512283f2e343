using System.Runtime.InteropServices;

namespace OrderService.Comparing;

/// <summary>Prints a comparison as Markdown.</summary>
internal static class ComparisonTable
{
    /// <summary>Below this share, the service had time to spare, and requests per second show too little of what measuring costs.</summary>
    private const double Busy = 0.9;

    public static void Print(ComparisonResult result, TextWriter output)
    {
        output.WriteLine(
            $"{result.Rounds} rounds of {result.Load.Requests:N0} requests after {result.Load.WarmUp:N0} to warm up, {result.Load.Concurrency} at once; "
                + $"medians, and the range over the rounds; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, "
                + $"{Environment.ProcessorCount} cores; {result.Processors.Description}"
        );
        output.WriteLine();
        output.WriteLine(
            "| build, level | requests/s | of production | p99 | of production | processor time a request | of production | service busy | generator busy |"
        );
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int variant = 0; variant < Variant.All.Length; variant++)
        {
            int row = variant;
            output.WriteLine(
                $"| {Variant.All[row].Name} "
                    + $"| {result.Median(row, run => run.RequestsPerSecond):N0} | {Ratio(run => run.RequestsPerSecond)} "
                    + $"| {result.Median(row, run => run.P99Ms):F2} ms | {Ratio(run => run.P99Ms)} "
                    + $"| {result.Median(row, run => run.ServiceUs):F1} µs | {Ratio(run => run.ServiceUs)} "
                    + $"| {result.Median(row, run => run.ServiceShare):P0} | {result.Median(row, run => run.GeneratorShare):P0} |"
            );

            string Ratio(Func<Run, double> figure)
            {
                var (median, smallest, largest) = result.Ratio(row, figure);
                return row == 0 ? "1" : $"{median:F2} ({smallest:F2} to {largest:F2})";
            }
        }

        if (result.Processors.AreApart && result.Runs[0].Min(run => run.ServiceShare) < Busy)
        {
            output.WriteLine();
            output.WriteLine(
                "The service was not busy all the time, so requests per second and p99 show too little of what measuring costs. "
                    + "Processor time a request shows it. Or try a larger --concurrency."
            );
        }
    }
}
