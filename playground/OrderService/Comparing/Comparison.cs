using System.Diagnostics;
using System.Globalization;
using OrderService.Load;

namespace OrderService.Comparing;

/// <summary>
/// Runs the variants in turns. Each run has a service and a generator that start anew, so that no run has the state or the machine code of another.
/// </summary>
internal sealed class Comparison(Builds builds, ComparisonLoad load, int rounds)
{
    private readonly Processors _processors = Processors.Divide();

    public async Task<ComparisonResult> RunAsync(CancellationToken cancelled)
    {
        Run[][] runs = [.. Variant.All.Select(_ => new Run[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < Variant.All.Length; turn++)
            {
                // Each round begins with another variant, so that none always comes after the same one.
                int variant = (turn + round) % Variant.All.Length;
                await Console.Error.WriteLineAsync($"round {round + 1} of {rounds}: {Variant.All[variant].Name}");
                runs[variant][round] = await RunAsync(Variant.All[variant], cancelled);
            }
        }

        return new(load, _processors, runs);
    }

    private async Task<Run> RunAsync(Variant variant, CancellationToken cancelled)
    {
        string assembly = variant.Level is null ? builds.Production : builds.Measured;
        using var service = await ServiceProcess.StartAsync(assembly, variant.Level, builds.Folder, _processors, cancelled);
        var result = await DriveAsync(service, cancelled);
        return new(
            result.RequestsPerSecond,
            result.P99Ms,
            result.ServiceProcessorMs * 1000 / result.Requests,
            result.ServiceProcessorMs / 1000 / result.Seconds / _processors.ForService,
            result.GeneratorProcessorMs / 1000 / result.Seconds / _processors.ForGenerator
        );
    }

    private async Task<LoadResult> DriveAsync(ServiceProcess service, CancellationToken cancelled)
    {
        var start = new ProcessStartInfo(
            ServiceProcess.Dotnet,
            [
                builds.Production,
                "load",
                "--json",
                "--url",
                service.Url,
                "--service",
                Text(service.Id),
                "--requests",
                Text(load.Requests),
                "--warm-up",
                Text(load.WarmUp),
                "--concurrency",
                Text(load.Concurrency),
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var generator = _processors.StartGenerator(start);
        try
        {
            string json = await generator.StandardOutput.ReadToEndAsync(cancelled);
            await generator.WaitForExitAsync(cancelled);
            return generator.ExitCode == 0 ? LoadReport.FromJson(json) : throw new InputException("the load did not end well; see above.");
        }
        finally
        {
            if (!generator.HasExited)
            {
                generator.Kill();
            }
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
