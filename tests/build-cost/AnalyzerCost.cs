#:package Microsoft.CodeAnalysis.CSharp
#:include Dotnet.cs
#:include Figures.cs
#:include ManyFiles.cs
#:include Variant.cs
#:property PublishAot=false
#:property ServerGarbageCollector=false
#:property NoWarn=$(NoWarn);CA2266;RS1012;RS1035;RS1036;RS1041;RS2008

// Measures what the analyzers cost beside the compiler, on 2,000 files with 2,000 methods, which are hot or not, and 10,000 calls of them.
//
//   dotnet run -c Release tests/build-cost/AnalyzerCost.cs [-- memory|editor|build [rounds]]
//
// memory  In this process, from text to assembly, with the settings of a production build. Four ways take turns: the compiler alone; with an
//         analyzer that asks for nothing; with our analyzers as a build runs them, without those that can only report hints; and with all of
//         ours, as where hints are made warnings. It prints wall and processor time, medians, and the quartiles of the ratios. Two rounds warm
//         up. Then it prints the time in each analyzer's own code, as the compiler counts it.
// editor  In this process: the time for the diagnostics of a file after an edit in it, beside the time for parsing and binding it.
// build   A real dotnet build, production and measured: the time in the compiler, and in each of our analyzers, as -p:ReportAnalyzer=true says.
//
// On a two-core x64 virtual machine with .NET 10.0.12, a production build spends 43 s in the compiler. Of these, the analyzers take 0.20 s, nearly
// all of it in PairAnalyzer, and the generator takes 0.28 s. After an edit in the body of a hot method, the analyzers take 93 ms (85–108), where
// parsing and binding the file takes 35 ms. An edit of a declaration in its file takes 4.3 s, because everything is analyzed again. An edit in a
// file with nothing hot takes 26 ms.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] parts = args is [var part, ..] ? [part] : ["memory", "editor", "build"];
int rounds = args is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 15;
string work = Directory.CreateTempSubdirectory("hotpath-analyzer-cost-").FullName;
try
{
    string feed = Path.Combine(work, "feed"),
        version = $"0.1.0-cost.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";
    Dotnet.Pack(feed, version);
    string package = Dotnet.Unpack(feed);
    var references = ManyFiles.References(package);
    ImmutableArray<DiagnosticAnalyzer> ours =
    [
        .. Dotnet
            .Generator(package)
            .GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];
    foreach (string run in parts)
    {
        switch (run)
        {
            case "memory":
                await Memory("all methods hot", hot: true);
                await Memory("nothing hot", hot: false);
                break;
            case "editor":
                await Editor();
                break;
            case "build":
                Builds(Variant.Of(work, version, Variant.Production, Variant.Measured));
                break;
            default:
                Console.Error.WriteLine("usage: dotnet run -c Release tests/build-cost/AnalyzerCost.cs [-- memory|editor|build [rounds]]");
                return 2;
        }
    }

    return 0;

    async Task Memory(string title, bool hot)
    {
        var texts = ManyFiles.Texts(i => ManyFiles.Source(i, hot));
        CSharpCompilation Parsed() =>
            ManyFiles.Compile(
                texts.AsParallel().AsOrdered().Select(static file => CSharpSyntaxTree.ParseText(file.Text, ManyFiles.ParseOptions, file.Path)),
                references
            );
        (string Name, Func<int> Run, List<Cost> Costs)[] ways =
        [
            ("compiler alone", () => Emit(Parsed()), []),
            ("an analyzer that asks for nothing", () => Analyze([new LeastAnalyzer()], isBuild: false), []),
            ("ours, as in a build", () => Analyze(ours, isBuild: true), []),
            ("ours, hints heard", () => Analyze(ours, isBuild: false), []),
        ];
        int Analyze(ImmutableArray<DiagnosticAnalyzer> analyzers, bool isBuild)
        {
            var (compilation, diagnostics) = CompilerDriver.Attach(Parsed(), analyzers, isBuild);
            Emit(compilation);
            return diagnostics();
        }

        int[] said = new int[ways.Length];
        for (int round = -2; round < rounds; round++)
        {
            foreach (int i in Enumerable.Range(0, ways.Length).Select(i => (i + round + 2) % ways.Length))
            {
                var cost = Cost.Of(() => said[i] = ways[i].Run());
                if (round >= 0)
                {
                    ways[i].Costs.Add(cost);
                }
            }

            Console.Error.WriteLine(
                $"{title}, round {round + 1} of "
                    + $"{rounds}{(round < 0 ? "" : $": {string.Join(", ", ways.Select(static way => $"{way.Costs[^1].Wall:F0} ms"))}")}"
            );
        }

        Console.WriteLine($"{ManyFiles.Count:N0} files, {title}; {rounds} rounds");
        Console.WriteLine(
            $"{"", -36}{"said", 7}{"wall, ms", 10}   {"of the compiler's", -24}{"processor, ms", 14}   {"of the compiler's", -24}{"allocated", 10}"
        );
        foreach (var (i, way) in ways.Index())
        {
            Console.WriteLine(
                $"{way.Name, -36}{said[i], 7:N0}{Figures.Median(way.Costs.Select(Wall)), 10:N0}   "
                    + $"{Figures.Ratio(way.Costs.Select(Wall), ways[0].Costs.Select(Wall)), -24}"
                    + $"{Figures.Median(way.Costs.Select(Processor)), 14:N0}   "
                    + $"{Figures.Ratio(way.Costs.Select(Processor), ways[0].Costs.Select(Processor)), -24}"
                    + $"{Figures.Median(way.Costs.Select(static cost => cost.Megabytes)), 7:N0} MB"
            );
        }

        double processor = Figures.Median(ways[0].Costs.Select(Processor));
        for (int turn = 0; turn < 2; turn++)
        {
            var analysis = new CompilationWithAnalyzers(
                Parsed(),
                ours,
                new CompilationWithAnalyzersOptions(CompilerDriver.NoOptions, Throw, concurrentAnalysis: false, logAnalyzerExecutionTime: true)
            );
            foreach (
                var (analyzer, telemetry) in (await analysis.GetAnalysisResultAsync(default))
                    .AnalyzerTelemetryInfo.Where(_ => turn > 0)
                    .OrderByDescending(static analyzer => analyzer.Value.ExecutionTime)
            )
            {
                Console.WriteLine(
                    $"  {"in " + analyzer.GetType().Name + ", hints heard", -74}{telemetry.ExecutionTime.TotalMilliseconds, 17:N0}   "
                        + $"{telemetry.ExecutionTime.TotalMilliseconds / processor:F3}"
                );
            }
        }

        Console.WriteLine();
    }

    static double Wall(Cost cost) => cost.Wall;
    static double Processor(Cost cost) => cost.Processor;

    static int Emit(Compilation compilation)
    {
        using var peStream = new MemoryStream();
        using var pdbStream = new MemoryStream();
        return compilation.Emit(peStream, pdbStream) is { Success: false } result
            ? throw new InvalidOperationException(result.Diagnostics[0].ToString())
            : 0;
    }

    static void Throw(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) => throw exception;

    async Task Editor()
    {
        Console.WriteLine($"an edit in one of {ManyFiles.Count:N0} files, half of them hot; medians and quartiles of {10 * rounds}, ms");
        var compilation = ManyFiles.Compile(
            ManyFiles
                .Texts(i => ManyFiles.Source(i, hot: i % 2 == 0))
                .Select(static file => CSharpSyntaxTree.ParseText(file.Text, ManyFiles.ParseOptions, file.Path)),
            references
        );
        foreach (
            var (name, file, inBody) in ((string, int, bool)[])
                [
                    ("the body of a hot method", 1001, true),
                    ("a constant of a hot file", 1001, false),
                    ("a body of a file with nothing hot", 1002, true),
                ]
        )
        {
            var (oursMs, leastMs, compilerMs) = (new List<double>(), new List<double>(), new List<double>());
            for (int i = -20; i < 10 * rounds; i++)
            {
                var old = compilation.SyntaxTrees[file];
                var tree = old.WithChangedText(ManyFiles.Edit(old.GetText(), i + 20, inBody));
                // Each gets a compilation in which nothing is bound yet.
                CSharpCompilation forOurs = compilation.ReplaceSyntaxTree(old, tree),
                    forLeast = compilation.ReplaceSyntaxTree(old, tree);
                compilation = compilation.ReplaceSyntaxTree(old, tree);
                double own = await Time(() => Analyze(forOurs, ours)),
                    least = await Time(() => Analyze(forLeast, [new LeastAnalyzer()]));
                double compiler = await Time(() =>
                {
                    var parsed = old.WithChangedText(tree.GetText());
                    compilation.ReplaceSyntaxTree(tree, parsed).GetSemanticModel(parsed).GetDiagnostics();
                    return Task.CompletedTask;
                });
                if (i >= 0)
                {
                    oursMs.Add(own);
                    leastMs.Add(least);
                    compilerMs.Add(compiler);
                }

                async Task Analyze(CSharpCompilation edited, ImmutableArray<DiagnosticAnalyzer> analyzers)
                {
                    var analysis = new CompilationWithAnalyzers(
                        edited,
                        analyzers,
                        new CompilationWithAnalyzersOptions(
                            CompilerDriver.NoOptions,
                            Throw,
                            concurrentAnalysis: true,
                            logAnalyzerExecutionTime: false
                        )
                    );
                    await analysis.GetAnalyzerSyntaxDiagnosticsAsync(tree, default);
                    await analysis.GetAnalyzerSemanticDiagnosticsAsync(analysis.Compilation.GetSemanticModel(tree), filterSpan: null, default);
                }
            }

            Console.WriteLine(
                $"  {name, -33} analyzers {Middle(oursMs)}, an analyzer that asks for nothing {Middle(leastMs)}, parse and bind {Middle(compilerMs)}"
            );
        }

        Console.WriteLine();

        static string Middle(List<double> ms) => $"{Figures.Median(ms):F2} ({Figures.Quantile(ms, 0.25):F2}–{Figures.Quantile(ms, 0.75):F2})";

        static async Task<double> Time(Func<Task> action)
        {
            long start = Stopwatch.GetTimestamp();
            await action();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    void Builds(Variant[] variants)
    {
        foreach (var variant in variants)
        {
            variant.Build();
            variant.Clean();
            variant.Build("-p:ReportAnalyzer=true", "-v:d", "-clp:PerformanceSummary");
            Console.WriteLine($"dotnet build, {variant.Name}: {Regex.Match(variant.Output, @"(\d+) ms +Csc ").Groups[1]} ms in the compiler");
            foreach (
                Match line in Regex.Matches(
                    variant.Output,
                    @"^ *(<?[\d.]+) +<?\d+ +HotPathGen\.Generator\.(?:Analysis\.)?(\w+)",
                    RegexOptions.Multiline
                )
            )
            {
                Console.WriteLine($"  in {line.Groups[2], -33}{line.Groups[1], 8} s");
            }
        }

        Console.WriteLine();
    }
}
finally
{
    Directory.Delete(work, recursive: true);
}

/// <summary>Attaches analyzers as the compiler does, so that they run while it compiles. What it uses for that is not public.</summary>
internal static class CompilerDriver
{
    private static readonly Assembly s_roslyn = typeof(Compilation).Assembly;

    public static readonly AnalyzerOptions NoOptions = new([]);

    /// <summary>Returns the compilation to emit, and a function that gives the number of diagnostics after that.</summary>
    /// <param name="isBuild">Whether hints are dropped, with the analyzers that can only report hints, as in a build without an error log.</param>
    public static (Compilation, Func<int>) Attach(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool isBuild)
    {
        var driver = s_roslyn.GetType("Microsoft.CodeAnalysis.Diagnostics.AnalyzerDriver", throwOnError: true)!;
        object manager = Activator.CreateInstance(
            s_roslyn.GetType("Microsoft.CodeAnalysis.Diagnostics.AnalyzerManager", throwOnError: true)!,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
            null,
            [analyzers],
            null
        )!;
        var filter = s_roslyn.GetType("Microsoft.CodeAnalysis.Diagnostics.SeverityFilter", throwOnError: true)!;
        var broken = new List<Diagnostic>();
        object?[] arguments =
        [
            compilation,
            analyzers,
            NoOptions,
            manager,
            (Action<Diagnostic>)broken.Add,
            false,
            Enum.Parse(filter, isBuild ? "Hidden, Info" : "None"),
            false,
            null,
            CancellationToken.None,
        ];
        object attached = driver
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(method => method.Name == "CreateAndAttachToCompilation" && method.GetParameters().Length == arguments.Length)
            .Invoke(null, arguments)!;
        var emitted = (Compilation)arguments[8]!;
        var diagnostics = driver
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(static method => method.Name == "GetDiagnosticsAsync");
        return (emitted, () =>
        {
            int said = (
                (Task<ImmutableArray<Diagnostic>>)
                    diagnostics.Invoke(
                        attached,
                        [emitted, .. diagnostics.GetParameters().Length > 1 ? [CancellationToken.None] : Array.Empty<object>()]
                    )!
            )
                .Result
                .Length;
            return broken.Count == 0 ? said : throw new InvalidOperationException(broken[0].ToString());
        });
    }
}

/// <summary>The least that any analyzer costs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LeastAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new("LEAST", "", "", "", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static _ => { });
    }
}
