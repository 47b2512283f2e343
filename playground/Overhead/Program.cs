using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Overhead;
using Perfolizer.Horology;

IConfig Of(params Job[] jobs) =>
    ManualConfig
        .CreateEmpty()
        .AddJob(jobs)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithBuildTimeout(TimeSpan.FromMinutes(10));

#if !HOTPATH_INSTRUMENTATION
if (args is not ["pooled"])
{
    Console.Error.WriteLine(
        """
        What a measured build costs: HotPathInstrumentation=true dotnet run --project playground/Overhead -c Release
        What a pooled buffer costs:  dotnet run --project playground/Overhead -c Release -- pooled
        """
    );
    return 2;
}

RatioTable.PrintOfBaseline(BenchmarkRunner.Run<PooledCost>(Of(Job.Default)));
return 0;
#else
Job Position(string name, string variable, string value) =>
    Job
        .Default.WithId(name)
        // On a noisy machine, BenchmarkDotNet would go on for a hundred iterations of a second.
        .WithIterationTime(TimeInterval.FromMilliseconds(250))
        .WithMaxIterationCount(30)
        .WithEnvironmentVariables(
            new EnvironmentVariable("HOTPATH_DETAIL", variable == "HOTPATH_DETAIL" ? value : "full"),
            new EnvironmentVariable(variable, value),
            new EnvironmentVariable("HOTPATH_SUMMARY", "none"),
            new EnvironmentVariable("HOTPATH_OUTPUT", "hotpath/{app}-{pid}.hotpath.json")
        );

Job hardware = Position("hardware", "HOTPATH_CLOCK", "hardware");
Job stopwatch = Position("stopwatch", "HOTPATH_CLOCK", "stopwatch");
Job callsAndBytes = Position("calls and bytes", "HOTPATH_CLOCK", "none");
Job standard = Position("standard", "HOTPATH_DETAIL", "standard");
Job light = Position("light", "HOTPATH_DETAIL", "light");
Job off = Position("off", "HOTPATH", "off");
Job never = Position("never", "HOTPATH", "never");
var tables = new (string Name, Action Print)[]
{
    ("frames", () => RatioTable.PrintNetOfPlain(BenchmarkRunner.Run<FrameCost>(Of(hardware, stopwatch, callsAndBytes, standard, light, off, never)))),
    ("alternatives", () => RatioTable.PrintNetOfPlain(BenchmarkRunner.Run<Alternatives>(Of(hardware)))),
    ("sites", () => RatioTable.PrintBeyondBaseline(BenchmarkRunner.Run<SiteCost>(Of(Position("sites", "HOTPATH_CONTROL", "off"))))),
    ("async", () => RatioTable.PrintOfBaseline(BenchmarkRunner.Run<AsyncCost>(Of(hardware)))),
    ("threads", () => RatioTable.PrintOfBaseline(BenchmarkRunner.Run<TwoThreads>(Of(hardware, stopwatch, callsAndBytes)))),
};
if (args.Except(tables.Select(table => table.Name)).Any())
{
    Console.Error.WriteLine($"usage: Overhead [{string.Join(" | ", tables.Select(table => table.Name))}]…; all without arguments");
    return 2;
}

foreach (var (_, print) in tables.Where(table => args.Length == 0 || args.Contains(table.Name)))
{
    print();
}

return 0;
#endif
