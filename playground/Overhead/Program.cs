using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using Overhead;

#if !HOTPATH_INSTRUMENTATION
Console.Error.WriteLine("Overhead compares what a measured build costs: HotPathInstrumentation=true dotnet run --project playground/Overhead -c Release");
return 2;
#else
Job Position(string name, string variable, string value) => Job.Default
    .WithId(name)
    .WithEnvironmentVariables(new EnvironmentVariable(variable, value), new EnvironmentVariable("HOTPATH_SUMMARY", "none"), new EnvironmentVariable("HOTPATH_OUTPUT", "hotpath/{app}-{pid}.hotpath.json"));

IConfig config = ManualConfig.CreateEmpty()
    .AddJob(Position("hardware", "HOTPATH_CLOCK", "hardware"))
    .AddJob(Position("stopwatch", "HOTPATH_CLOCK", "stopwatch"))
    .AddJob(Position("calls and bytes", "HOTPATH_CLOCK", "none"))
    .AddJob(Position("off", "HOTPATH", "off"))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.GitHub);
RatioTable.Print(BenchmarkRunner.Run<FrameCost>(config));
return 0;
#endif
