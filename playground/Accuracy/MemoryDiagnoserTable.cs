using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Accuracy;

/// <summary>What BenchmarkDotNet's MemoryDiagnoser reports for a call in the same loops, in this process, once all code is at Tier-1.</summary>
public class MemoryDiagnoserTable
{
    [ParamsSource(nameof(Names))]
    public string Method { get; set; } = "";

    public static IEnumerable<string> Names => MethodLoops.All.Select(method => method.Name);

    private Func<int> _run = null!;

    [GlobalSetup]
    public void Choose() => _run = MethodLoops.All.Single(method => method.Name == Method).Run;

    [Benchmark(OperationsPerInvoke = MethodLoops.Calls)]
    public int Loop() => _run();

    internal static void Print()
    {
        Tiering.Settle(MethodLoops.RunAll);
        IConfig config = ManualConfig
            .CreateEmpty()
            .AddJob(Job.Dry.WithToolchain(new InProcessEmitToolchain(logOutput: false)).WithInvocationCount(256).WithUnrollFactor(1))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile);
        Console.WriteLine("| method | MemoryDiagnoser |");
        Console.WriteLine("|---|---:|");
        foreach (var report in BenchmarkRunner.Run<MemoryDiagnoserTable>(config).Reports)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {report.BenchmarkCase.Parameters["Method"]} | {report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)} |"
                )
            );
        }
    }
}
