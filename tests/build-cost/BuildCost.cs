#:package Microsoft.CodeAnalysis.CSharp
#:property PublishAot=false
#:property NoWarn=$(NoWarn);RS1035

// What the package costs a build: 2,000 files, 2,000 hot methods, 10,000 calls of them.
//
//   dotnet run tests/build-cost/BuildCost.cs [-- builds|keystroke|profile [rounds] | write <folder>]
//
// builds     clean build, rebuild after one edit and no-op build: production and measured against the same sources without attributes
//            and package. The three take turns, each round is one pair of ratios; medians and the quartiles round them. Without
//            compiler server and node reuse; restore is not in it. Wall time, and processor time of all processes where the
//            system tells it, which other work on the machine moves less.
// keystroke  the generator's re-run in memory after an edit of one file, as an IDE does it in production settings, beside what the
//            compiler itself does for the same edit; and which of the generator's steps did any work.
// profile    where a clean measured build spends its time.
// write      the sources without attributes, as a project, for GeneratorCost.cs.
//
// Two-core x64 virtual machine, .NET 10.0.12, nothing else running, one round: clean build 27.0 s, production 0.948, measured 1.389;
// rebuild after one edit 26.5 s, 1.008 and 1.442; no-op build 0.7 s, 1.0 and 1.1.
//
// Before bodies were copied, with other builds running beside it all the time; "builds 4", medians (quartiles) of the ratios:
//
//                              production : without     measured : without
//   clean build                0.900 (0.830–0.959)      1.170 (1.037–1.360)
//     processor time           0.967 (0.936–1.015)      1.210 (1.100–1.329)
//   rebuild after one edit     1.075 (0.986–1.345)      1.226 (1.066–1.595)
//     processor time           1.105 (1.039–1.127)      1.300 (1.241–1.342)
//   no-op build                1.099 (1.018–1.141)      1.361 (1.327–1.409)    0.99 s, 1.10 s and 1.31 s
//
// "keystroke", production settings, half of the files hot, an edit of a file with nothing hot: generator 1.8 ms, parse and bind 53 ms
// (0.03); where 20 files call HotPath.Measure 9.8 ms and 30 ms (0.32). No tracked step and no output is new or modified.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

const int Files = 2000;
const int CallsPerMethod = 5;
const int Parts = 40;
const int Keystrokes = 100;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["write", var written])
{
    Write(Directory.CreateDirectory(written).FullName, hot: false, package: "");
    return 0;
}

string[] parts = args is [var part, ..] ? [part] : ["builds", "keystroke"];
int rounds = args is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 7;
string work = Directory.CreateTempSubdirectory("hotpath-build-cost-").FullName;
try
{
    Console.Error.WriteLine("packing HotPathGen …");
    string repository = Path.GetFullPath(Path.Combine(SourceFolder(), "../.."));
    string feed = Directory.CreateDirectory(Path.Combine(work, "feed")).FullName;
    string version = $"0.1.0-cost.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";
    Run(work, "pack", Path.Combine(repository, "src/HotPathGen"), "-c", "Release", "-o", feed, $"-p:Version={version}");
    foreach (string run in parts)
    {
        switch (run)
        {
            case "builds":
                Builds(rounds, Variants(version));
                break;
            case "profile":
                Profile(Variants(version)[2]);
                break;
            case "keystroke":
                string unpacked = Path.Combine(work, "package");
                ZipFile.ExtractToDirectory(Path.Combine(feed, $"HotPathGen.{version}.nupkg"), unpacked);
                Keystroke(unpacked, "half of them hot", i => Source(i, hot: i % 2 == 0));
                Keystroke(unpacked, "half of them hot, 20 call HotPath.Measure", i => Source(i, hot: i % 2 == 0, block: i % 100 == 50));
                break;
            default:
                Console.Error.WriteLine("usage: dotnet run tests/build-cost/BuildCost.cs [-- builds|keystroke|profile [rounds] | write <folder>]");
                return 2;
        }
    }

    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

Variant[] Variants(string version)
{
    foreach (string file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
    {
        File.WriteAllText(Path.Combine(work, file), "<Project />");
    }

    File.WriteAllText(Path.Combine(work, ".editorconfig"), "root = true\n");
    File.WriteAllText(Path.Combine(work, "nuget.config"), """<configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>""");
    string package = $"""<ItemGroup><PackageReference Include="HotPathGen" Version="{version}" PrivateAssets="all" /></ItemGroup>""";
    Variant[] variants =
    [
        new("without", Path.Combine(work, "without"), []),
        new("production", Path.Combine(work, "production"), []),
        new("measured", Path.Combine(work, "measured"), ["-p:HotPathInstrumentation=true"]),
    ];
    foreach (Variant variant in variants)
    {
        bool hot = variant.Name != "without";
        string project = Directory.CreateDirectory(Path.Combine(variant.Folder, "Much")).FullName;
        File.WriteAllText(Path.Combine(variant.Folder, "Much.slnx"), """<Solution><Project Path="Much/Much.csproj" /></Solution>""");
        Write(project, hot, hot ? package : "");
        Console.Error.WriteLine($"restoring {variant.Name} …");
        Run(variant.Folder, "restore");
    }

    return variants;
}

static void Write(string folder, bool hot, string package)
{
    File.WriteAllText(Path.Combine(folder, "Much.csproj"), $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
          {package}
        </Project>
        """);
    for (int i = 0; i < Files; i++)
    {
        File.WriteAllText(Path.Combine(folder, $"Step{i}.cs"), Source(i, hot));
    }
}

void Builds(int rounds, Variant[] variants)
{
    string[] kinds = ["clean build", "rebuild after one edit", "no-op build"];
    var times = kinds.ToDictionary(kind => kind, _ => variants.ToDictionary(variant => variant.Name, _ => new List<Cost>()));

    // The first round warms the disk's cache and is not counted.
    for (int round = 0; round <= rounds; round++)
    {
        foreach (string kind in kinds)
        {
            foreach (Variant variant in variants.Select((_, i) => variants[(i + round) % variants.Length]))
            {
                if (kind == kinds[0])
                {
                    Clean(variant);
                }
                else if (kind == kinds[1])
                {
                    string file = Path.Combine(variant.Folder, "Much", $"Step{Files / 2}.cs");
                    File.WriteAllText(file, File.ReadAllText(file).Replace($"const int Start = {round};", $"const int Start = {round + 1};"));
                }

                Cost cost = Build(variant);
                if (round > 0)
                {
                    times[kind][variant.Name].Add(cost);
                }
            }
        }

        Console.Error.WriteLine($"round {round} of {rounds}{(round == 0 ? "" : ": " + string.Join("; ", kinds.Select(kind => $"{kind} {string.Join(" / ", variants.Select(variant => $"{times[kind][variant.Name][^1].Wall:F1} s"))}")))}");
    }

    Console.WriteLine($"{Files:N0} files, {Files:N0} hot methods, {Files * CallsPerMethod:N0} calls; {rounds} rounds");
    Console.WriteLine($"{"",-24}{"without",9}{"production",12}{"measured",10}   {"production : without",-26}{"measured : without",-26}");
    foreach (string kind in kinds)
    {
        Print(kind, cost => cost.Wall);
        if (times[kind]["without"].All(cost => cost.Processor > 0))
        {
            Print("  processor time", cost => cost.Processor);
        }

        void Print(string name, Func<Cost, double> select)
        {
            double[] without = [.. times[kind]["without"].Select(select)];
            double[] production = [.. times[kind]["production"].Select(select)];
            double[] measured = [.. times[kind]["measured"].Select(select)];
            Console.WriteLine($"{name,-24}{Quantile(without, 0.5),7:F2} s{Quantile(production, 0.5),10:F2} s{Quantile(measured, 0.5),8:F2} s   {Ratio(production, without),-26}{Ratio(measured, without),-26}");
        }
    }
}

static void Clean(Variant variant)
{
    foreach (string folder in (string[])["bin", Path.Combine("obj", "Release")])
    {
        if (Directory.Exists(Path.Combine(variant.Folder, "Much", folder)))
        {
            Directory.Delete(Path.Combine(variant.Folder, "Much", folder), recursive: true);
        }
    }
}

Cost Build(Variant variant, params string[] more)
{
    double processor = ProcessorTimeOfChildren();
    var clock = Stopwatch.StartNew();
    variant.Output = Run(variant.Folder, ["build", "-c", "Release", "--no-restore", .. variant.Switches, .. more]);
    return new(clock.Elapsed.TotalSeconds, ProcessorTimeOfChildren() - processor);
}

void Profile(Variant measured)
{
    Build(measured);
    Clean(measured);
    Build(measured, "-p:ReportAnalyzer=true", "-v:d", "-clp:PerformanceSummary");
    string[] words = ["_HotPathPrepare ", "HotPathPrepare ", "_HotPathWriteRequest ", "CoreCompile ", "Csc ", "Exec ", "HotPathGenerator (", "CoverageAnalyzer (", "Total analyzer execution", "Total generator execution", "HotPathGen.Generator, ", "Time Elapsed"];
    foreach (string line in measured.Output.Split('\n').Where(line => words.Any(word => line.Contains(word)) && (line.Contains(" ms ") || line.Contains("seconds") || line.Contains("Elapsed") || line.Contains("HotPathGen.Generator"))))
    {
        Console.WriteLine(line.Trim());
    }
}

void Keystroke(string unpacked, string title, Func<int, string> source)
{
    Assembly assembly = Assembly.LoadFrom(Path.Combine(unpacked, "tools", "generator", "HotPathGen.Generator.dll"));
    ISourceGenerator generator = ((IIncrementalGenerator)Activator.CreateInstance(assembly.GetType("HotPathGen.Generator.HotPathGenerator")!)!).AsSourceGenerator();
    var parseOptions = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["RELEASE", "NET", "NET10_0"]);
    ImmutableArray<MetadataReference> references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(Path.Combine(unpacked, "tools", "attributes", "HotPathGen.dll")),
    ];
    const string usings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
    SyntaxTree[] trees =
    [
        CSharpSyntaxTree.ParseText(usings, parseOptions, "Usings.cs"),
        .. Enumerable.Range(0, Files).Select(i => CSharpSyntaxTree.ParseText(SourceText.From(source(i), Encoding.UTF8), parseOptions, $"Step{i}.cs")),
    ];
    var compilation = CSharpCompilation.Create("Much", trees, references, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    GeneratorDriver Driver(ISourceGenerator one, bool tracks = false) =>
        CSharpGeneratorDriver.Create([one], parseOptions: parseOptions, driverOptions: new(IncrementalGeneratorOutputKind.None, tracks)).RunGenerators(compilation);
    GeneratorDriver ours = Driver(generator), tracked = Driver(generator, tracks: true), least = Driver(new LeastGenerator().AsSourceGenerator());
    Console.WriteLine($"one keystroke in one of {Files:N0} files, {title}; medians and quartiles of {Keystrokes}, µs");
    foreach (var (name, file) in ((string, int)[])[("a hot file", 1001), ("a file with nothing hot", 1002)])
    {
        var (oursUs, leastUs, compilerUs) = (new List<double>(), new List<double>(), new List<double>());
        var work = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Keystrokes + 20; i++)
        {
            SyntaxTree old = compilation.SyntaxTrees[file];
            SourceText text = old.GetText();
            int place = text.ToString().IndexOf("const int Start = ", StringComparison.Ordinal) + "const int Start = ".Length;
            SourceText edited = text.WithChanges(new TextChange(new TextSpan(place, 1), (i % 10).ToString(CultureInfo.InvariantCulture)));
            SyntaxTree tree = old.WithChangedText(edited);
            // Each gets a compilation in which nothing is bound yet.
            CSharpCompilation Fresh() => compilation.ReplaceSyntaxTree(old, tree);
            CSharpCompilation forOurs = Fresh(), forLeast = Fresh(), next = Fresh();
            double[] us =
            [
                Time(() => ours = ours.RunGenerators(forOurs)),
                Time(() => least = least.RunGenerators(forLeast)),
                Time(() =>
                {
                    SyntaxTree parsed = old.WithChangedText(edited);
                    compilation.ReplaceSyntaxTree(old, parsed).GetSemanticModel(parsed).GetDiagnostics();
                }),
            ];
            tracked = tracked.RunGenerators(next);
            compilation = next;
            if (i < 20)
            {
                continue;
            }

            oursUs.Add(us[0]);
            leastUs.Add(us[1]);
            compilerUs.Add(us[2]);
            GeneratorRunResult result = tracked.GetRunResult().Results[0];
            work.UnionWith(
                from step in result.TrackedSteps.Concat(result.TrackedOutputSteps)
                where step.Key is not ("Compilation" or "compilationUnit_ForAttribute")
                from output in step.Value.SelectMany(run => run.Outputs)
                where output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
                select $"{step.Key} ({output.Reason})");
        }

        Console.WriteLine($"  {name,-24} generator {Middle(oursUs)}, a generator that only asks for an attribute {Middle(leastUs)}, parse and bind {Middle(compilerUs)}; changed: {(work.Count == 0 ? "nothing" : string.Join(", ", work))}");
    }

    static string Middle(List<double> us) => $"{Quantile(us, 0.5):F0} ({Quantile(us, 0.25):F0}–{Quantile(us, 0.75):F0})";
}

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
}

/// One hot method among ordinary code; it calls the hot methods of five other files.
static string Source(int i, bool hot, bool block = false)
{
    string calls = string.Concat(Enumerable.Range(1, CallsPerMethod).Select(n => (i + n * 37) % Files).Select(other =>
        $"            sum += Part{other % Parts}.Step{other}.Run(depth - 1, text);\n"));
    return $$"""
        {{(hot ? "using HotPathGen;\n" : "")}}
        namespace Much.Part{{i % Parts}}
        {
            /// <summary>One of many steps.</summary>
            public sealed record Item{{i}}(string Name, int Weight)
            {
                public bool IsHeavy => Weight > {{i % 17}};
            }

            public sealed class Step{{i}}
            {
                private const int Start = 0;
                private static readonly Dictionary<string, int> s_seen = new(StringComparer.Ordinal);

                {{(hot ? "[Instrument] " : "")}}public static int Run(int depth, string text)
                {
                    if (depth <= 0)
                        return text.Length + Start;
                    int sum = 0;
                    foreach (Item{{i}} item in Weigh(text))
                        sum += item.Weight;
        {{calls}}            return sum;
                }

                private static IEnumerable<Item{{i}}> Weigh(string text)
                {
                    foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    {
                        var item = new Item{{i}}(word, word.Length * {{i % 7 + 1}});
                        if (item.IsHeavy)
                            yield return item with { Name = item.Name.ToUpperInvariant() };
                        else
                            yield return item;
                    }
                }

                public static void Remember(string text)
                {
                    {{(block ? "using var measured = HotPathGen.HotPath.Measure(\"remember\");" : "")}}
                    lock (s_seen)
                    {
                        s_seen.TryGetValue(text, out int count);
                        s_seen[text] = count + 1;
                    }
                }

                public static string Describe()
                {
                    string[] words = [.. s_seen.Keys.Where(word => word.Length > {{i % 5}}).Order(StringComparer.Ordinal)];
                    return $"{nameof(Step{{i}})}: {s_seen.Count} seen, {string.Join(", ", words)}";
                }

                public static async Task<int> LaterAsync(TimeSpan delay, CancellationToken cancellation)
                {
                    try
                    {
                        await Task.Delay(delay, cancellation).ConfigureAwait(false);
                        return s_seen.Values.DefaultIfEmpty().Max();
                    }
                    catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                    {
                        return -1;
                    }
                }
            }
        }
        """;
}

static string Ratio(double[] of, double[] to)
{
    double[] ratios = [.. of.Zip(to, (a, b) => a / b)];
    return $"{Quantile(ratios, 0.5):F3} ({Quantile(ratios, 0.25):F3}–{Quantile(ratios, 0.75):F3})";
}

static double Quantile(IReadOnlyCollection<double> values, double share)
{
    double[] sorted = [.. values.Order()];
    double place = share * (sorted.Length - 1);
    int below = (int)place;
    return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
}

/// Linux adds up what ended children and theirs have used; elsewhere 0.
static double ProcessorTimeOfChildren()
{
    if (!File.Exists("/proc/self/stat"))
    {
        return 0;
    }

    // Behind the name, which may hold anything: fields 16 and 17 are the children's, in hundredths of a second.
    string[] fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ');
    return (long.Parse(fields[14], CultureInfo.InvariantCulture) + long.Parse(fields[15], CultureInfo.InvariantCulture)) / 100.0;
}

string Run(string folder, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
    foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("UseSharedCompilation", "false"), ("NuGetAudit", "false"), ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en")])
    {
        start.Environment[name] = value;
    }

    // The package is made for this run alone; what the machine has already is read from its own folder.
    string machinePackages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    start.Environment["NUGET_PACKAGES"] = Path.Combine(work, "packages");
    if (Directory.Exists(machinePackages))
    {
        start.Environment["NUGET_FALLBACK_PACKAGES"] = machinePackages;
    }

    // What this program's own build set must not reach the others.
    foreach (string name in (string[])["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "HotPathInstrumentation", "HotPathInstrumentAll"])
    {
        start.Environment.Remove(name);
    }

    using Process process = Process.Start(start)!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}\n{output}{errors.Result}");
}

static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

internal sealed record Variant(string Name, string Folder, string[] Switches)
{
    public string Output { get; set; } = "";
}

internal readonly record struct Cost(double Wall, double Processor);

/// <summary>What any generator costs that looks for an attribute.</summary>
internal sealed class LeastGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName("HotPathGen.NeverUsedAttribute", static (_, _) => true, static (_, _) => 0).Collect(), static (_, _) => { });
}
