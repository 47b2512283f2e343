#:package Microsoft.CodeAnalysis.CSharp
#:include Dotnet.cs
#:include Figures.cs
#:property PublishAot=false
#:property ServerGarbageCollector=false
#:property NoWarn=$(NoWarn);CA2266;RS1035;RS1036

// Measures what the generator costs a measured build of a project with everything hot, beside the compiler for the same sources.
//
//   dotnet run -c Release tests/build-cost/GeneratorCost.cs -- <project> [rounds] [arguments for dotnet build …]
//   dotnet run -c Release tests/build-cost/GeneratorCost.cs -- length
//
// The project is built twice, as it is and measured, to learn what its compiler gets. Then these take turns in this process:
//   production  the compiler parses, binds and emits what production compiles (no analyzer, no generator)
//   measured    the compiler parses, binds and emits what the measured build compiles, copies of bodies included (no analyzer, no generator)
//   generator   this generator alone runs on what prepare wrote, from parsed trees to generated text
// It prints wall and processor time, and bytes allocated, with medians and the quartiles of the ratios. The first rounds warm up: at least two
// rounds and two minutes, because only then is the compiler's own code fully optimized.
//
// Two-core x64 virtual machine, .NET 10.0.12, nothing else running, one round, on the 2,000 files of "BuildCost.cs -- write" with 10,000 copies.
// The generator's ratios to production and to measured are 1.870 and 0.705 for wall time, 2.037 and 0.759 for processor time, and 2.255 and 0.637
// for bytes. Most of it is binding: of the bodies, to copy them; of the copies, for their errors; and of the copies once more, for their meaning.
// Before copies were checked, the ratios were 0.453 and 0.157 on these files (five rounds), and 0.608 and 0.222 on Newtonsoft.Json (242 files,
// 1,450 copies, nine rounds).
//
// length: the time of the generator for one method whose body has 250 to 4,000 statements, of eight kinds with sites.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var subject, ..])
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release tests/build-cost/GeneratorCost.cs -- length | <project> [rounds] [arguments for dotnet build …]"
    );
    return 2;
}

string work = Directory.CreateTempSubdirectory("hotpath-generator-cost-").FullName;
try
{
    string feed = Path.Combine(work, "feed");
    Dotnet.Pack(feed, "0.1.0");
    string package = Dotnet.Unpack(feed);
    var generator = (
        (IIncrementalGenerator)Activator.CreateInstance(Dotnet.Generator(package).GetType("HotPathGen.Generator.HotPathGenerator")!)!
    ).AsSourceGenerator();
    if (subject == "length")
    {
        Lengths(generator, package);
        return 0;
    }

    int rounds = args.Length > 1 && int.TryParse(args[1], out int number) ? number : 9;
    string[] more = args[(args.Length > 1 && int.TryParse(args[1], out _) ? 2 : 1)..];
    string targets = Path.Combine(package, "build", "HotPathGen.targets");
    var production = Learn(subject, "production", "", more);
    var measured = Learn(
        subject,
        "measured",
        $"""<Import Project="{targets}" />""",
        [.. more, "-p:HotPathInstrumentation=true", "-p:HotPathInstrumentAll=true"]
    );
    Compare(generator, production, measured, rounds);
    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

// Builds a project, and reads the arguments of its compiler.
Input Learn(string project, string name, string imports, string[] more)
{
    Console.Error.WriteLine($"building {project}, {name} …");
    // The project imports this file. A file that was just written makes the project out of date, so that both builds run the compiler.
    string imported = Path.Combine(work, name + ".targets");
    string[] Arguments() => ["build", Path.GetFullPath(project), "-c", "Release", $"-p:CustomAfterMicrosoftCommonTargets={imported}", .. more];
    File.WriteAllText(imported, $"<Project>{imports}</Project>");
    Dotnet.Run(Path.GetDirectoryName(Path.GetFullPath(project))!, Arguments());
    File.WriteAllText(imported, $"<Project>{imports}<!-- again --></Project>");
    string answer = Dotnet.Run(
        Path.GetDirectoryName(Path.GetFullPath(project))!,
        [
            .. Arguments(),
            "--no-restore",
            "-t:Compile",
            "-p:BuildProjectReferences=false",
            "-p:ProvideCommandLineArgs=true",
            "-p:SkipCompilerExecution=true",
            "-getItem:CscCommandLineArgs",
            "-getProperty:MSBuildProjectDirectory",
        ]
    );
    using var json = JsonDocument.Parse(answer[answer.IndexOf('{')..]);
    string folder = json.RootElement.GetProperty("Properties").GetProperty("MSBuildProjectDirectory").GetString()!;
    string[] arguments =
    [
        .. json
            .RootElement.GetProperty("Items")
            .GetProperty("CscCommandLineArgs")
            .EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!),
    ];
    var parsed = CSharpCommandLineParser.Default.Parse(arguments, folder, null);
    SourceText[] texts = [.. parsed.SourceFiles.Select(file => SourceText.From(File.ReadAllText(file.Path), Encoding.UTF8))];
    return new(parsed, [.. parsed.SourceFiles.Select((file, i) => (file.Path, texts[i]))], [.. parsed.ResolveMetadataReferences(new Resolver())]);
}

void Compare(ISourceGenerator generator, Input production, Input measured, int rounds)
{
    var prepared = measured.Parse();
    var texts = measured.Arguments.AdditionalFiles.Select(file => (AdditionalText)new FileText(file.Path)).ToImmutableArray();
    var options = new Options(
        AnalyzerConfigSet.Create(
            measured.Arguments.AnalyzerConfigPaths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToImmutableArray()
        )
    );
    int files = 0,
        bodies = 0;
    var (plain, whole, ours) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
    long start = Stopwatch.GetTimestamp();
    for (int round = -2; round < rounds; round += round == -1 && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2) ? 0 : 1)
    {
        var theirs = Cost.Of(() => Emit(production, production.Parse()));
        var compilation = measured.Compile(prepared);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator], texts, (CSharpParseOptions)prepared[0].Options, options);
        var own = Cost.Of(() => driver = driver.RunGenerators(compilation));
        var result = driver.GetRunResult().Results[0];
        if (result.Exception is { } exception)
        {
            throw exception;
        }

        var all = Cost.Of(() =>
            Emit(measured, [.. measured.Parse(), .. measured.Parse(result.GeneratedSources.Select(source => (source.HintName, source.SourceText)))])
        );
        (files, bodies) = (
            result.GeneratedSources.Length,
            result.GeneratedSources.Sum(source => source.SourceText.ToString().Split(", with a probe at each site.").Length - 1)
        );
        if (round >= 0)
        {
            plain.Add(theirs);
            whole.Add(all);
            ours.Add(own);
        }

        Console.Error.WriteLine(
            $"{(round < 0 ? "warm-up" : $"round {round + 1} of {rounds}")}: production {theirs.Wall:F0} ms, measured {all.Wall:F0} ms, generator "
                + $"{own.Wall:F0} ms"
        );
    }

    Console.WriteLine($"{production.Files.Length:N0} files; {files:N0} files generated, {bodies:N0} copies of bodies; {rounds} rounds");
    Console.WriteLine($"{"", -15}{"production", 12}{"measured", 12}{"generator", 12}   {"generator : production", -26}generator : measured");
    Print("wall, ms", cost => cost.Wall);
    Print("processor, ms", cost => cost.Processor);
    Print("allocated, MB", cost => cost.Megabytes);

    static void Emit(Input input, SyntaxTree[] trees)
    {
        using var peStream = new MemoryStream();
        using var pdbStream = new MemoryStream();
        var result = input.Compile(trees).Emit(peStream, pdbStream);
        if (result.Diagnostics.FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException(error.ToString());
        }
    }

    void Print(string name, Func<Cost, double> select)
    {
        Console.WriteLine($"{name, -15}{Median(plain), 12:N0}{Median(whole), 12:N0}{Median(ours), 12:N0}   {Ratio(plain), -26}{Ratio(whole)}");

        double Median(List<Cost> costs) => Figures.Median(costs.Select(select));

        string Ratio(List<Cost> costs) => Figures.Ratio(ours.Select(select), costs.Select(select));
    }
}

void Lengths(ISourceGenerator generator, string package)
{
    var parse = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["HOTPATH_INSTRUMENTATION"]);
    ImmutableArray<MetadataReference> references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(Path.Combine(package, "tools", "runtime", "HotPathGen.dll")),
    ];
    Console.WriteLine($"{"statements", -12}{"generator, ms", 14}{"µs a statement", 16}");
    // The first two are not printed: they warm up.
    foreach (var (turn, count) in ((int[])[4000, 2000, 250, 500, 1000, 2000, 4000]).Index())
    {
        string body = string.Concat(
            Enumerable
                .Range(0, count)
                .Select(i =>
                    (i % 8) switch
                    {
                        0 => $"var l{i} = new System.Collections.Generic.List<object> {{ {i}, n }};\n",
                        1 => $"s += \"x\" + n + {i};\n",
                        2 => $"object o{i} = n;\n",
                        3 => $"System.Func<int> f{i} = () => n + {i};\n",
                        4 => $"s = $\"{{s}} {{n}} {{{i}}}\";\n",
                        5 => $"if (n > {i}) {{ Take(n, \"a\", o{i - 3}); }}\n",
                        6 => $"foreach (object o in l{i - 6}) s += o;\n",
                        _ => $"n += f{i - 4}() + s.Substring(1).Length;\n",
                    }
                )
        );
        string source = $$"""
            using HotPathGen;
            partial class C
            {
                static void Take(params object[] all) { }
                [Instrument] public static partial string F(int n, string s);
                static string FCore(int n, string s)
                {
            {{body}}return s;
                }
            }
            """;
        var tree = CSharpSyntaxTree.ParseText(source, parse, "C.cs", Encoding.UTF8);
        var times = new List<double>();
        for (int round = -3; round < 9; round++)
        {
            var compilation = CSharpCompilation.Create("Long", [tree], references, new(OutputKind.DynamicallyLinkedLibrary));
            GeneratorDriver driver = CSharpGeneratorDriver.Create([generator], [new MeasuredText()], parse);
            var cost = Cost.Of(() => driver = driver.RunGenerators(compilation));
            if (driver.GetRunResult().GeneratedTrees.Length != 2)
            {
                throw new InvalidOperationException("the body was not copied");
            }

            if (round >= 0)
            {
                times.Add(cost.Wall);
            }
        }

        if (turn < 2)
        {
            continue;
        }

        double median = Figures.Median(times);
        Console.WriteLine($"{count, -12}{median, 14:F1}{median * 1000 / count, 16:F1}");
    }
}

/// <summary>What a compiler gets.</summary>
internal sealed record Input(
    CSharpCommandLineArguments Arguments,
    (string Path, SourceText Text)[] Files,
    ImmutableArray<MetadataReference> References
)
{
    /// <summary>Parses on all processors, as the compiler does.</summary>
    public SyntaxTree[] Parse() => Parse(Files);

    public SyntaxTree[] Parse(IEnumerable<(string Path, SourceText Text)> files) =>
        [.. files.AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(file.Text, Arguments.ParseOptions, file.Path))];

    public CSharpCompilation Compile(SyntaxTree[] trees) =>
        CSharpCompilation.Create(
            Arguments.CompilationName,
            trees,
            References,
            Arguments.CompilationOptions.WithStrongNameProvider(new DesktopStrongNameProvider())
        );
}

internal sealed class Resolver : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties
    ) => [MetadataReference.CreateFromFile(reference, properties)];

    public override bool Equals(object? other) => other is Resolver;

    public override int GetHashCode() => 0;
}

/// <summary>The file by which the generator recognizes a measured build.</summary>
internal sealed class MeasuredText : AdditionalText
{
    public override string Path => "obj/hotpath/coverage.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From("");
}

internal sealed class FileText(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path), Encoding.UTF8);
}

internal sealed class Options(AnalyzerConfigSet set) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(set.GlobalConfigOptions.AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(set.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}
