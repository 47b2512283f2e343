#:package Microsoft.CodeAnalysis.CSharp
#:include Dotnet.cs
#:include Figures.cs
#:include ManyFiles.cs
#:include Variant.cs
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA2266;RS1035

// Measures what the package costs a build: 2,000 files, 2,000 hot methods, 10,000 calls of them.
//
//   dotnet run tests/build-cost/BuildCost.cs [-- builds|keystroke|profile [rounds] | write <folder>]
//
// builds     A clean build, a rebuild after one edit, and a no-op build. Production and measured builds are compared with builds of the same
//            sources without attributes and package. A second build of these ("again") shows what differences the machine itself makes. The
//            variants take turns, and each round gives a ratio for each of them. It prints medians and quartiles. In four rounds, each variant
//            has each turn once. There is no compiler server and no node reuse, and restore is not included. It prints wall time and, where the
//            system tells it, processor time of all processes, which depends less on other work on the machine.
// keystroke  The generator runs again in memory after an edit of one file, as in an IDE with production settings. It prints the time beside that
//            of the compiler for the same edit, and which of the generator's steps did any work.
// profile    Shows where a clean measured build spends its time.
// write      Writes the sources without attributes, as a project, for GeneratorCost.cs.
//
// Two-core x64 virtual machine, .NET 10.0.12, nothing else running, one round. A clean build without the package takes 48.6 s. The ratios of again,
// production and measured are 0.973, 1.047 and 1.286 for a clean build, and 1.045, 1.068 and 1.513 for a rebuild after one edit. For a no-op build,
// which takes 1.2 s, they are 0.941, 1.115 and 1.136, because there is a package to look at. The same build differs by a tenth from run to run.
//
// "keystroke", half of the files hot, an edit of a file with nothing hot: the generator takes 0.6 ms, parsing and binding 25 ms (ratio 0.02). Where
// 20 files call HotPath.Measure, they take 5.4 ms and 22 ms (ratio 0.24). No tracked step and no output is new or modified.

using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

const int Keystrokes = 100;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["write", var written])
{
    ManyFiles.Write(Directory.CreateDirectory(written).FullName, hot: false, package: "");
    return 0;
}

string[] parts = args is [var part, ..] ? [part] : ["builds", "keystroke"];
int rounds = args is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 4;
string work = Directory.CreateTempSubdirectory("hotpath-build-cost-").FullName;
try
{
    string feed = Path.Combine(work, "feed"),
        version = $"0.1.0-cost.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";
    Dotnet.Pack(feed, version);
    foreach (string run in parts)
    {
        switch (run)
        {
            case "builds":
                Builds(rounds, Variant.Of(work, version, Variant.Without, Variant.Again, Variant.Production, Variant.Measured));
                break;
            case "profile":
                Profile(Variant.Of(work, version, Variant.Measured)[0]);
                break;
            case "keystroke":
                string unpacked = Dotnet.Unpack(feed);
                Keystroke(unpacked, "half of them hot", i => ManyFiles.Source(i, hot: i % 2 == 0));
                Keystroke(unpacked, "half of them hot, 20 call HotPath.Measure", i => ManyFiles.Source(i, hot: i % 2 == 0, block: i % 100 == 50));
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

void Builds(int rounds, Variant[] variants)
{
    string[] kinds = ["clean build", "rebuild after one edit", "no-op build"];
    var times = kinds.ToDictionary(kind => kind, _ => variants.ToDictionary(variant => variant.Name, _ => new List<Cost>()));
    foreach (var variant in variants)
    {
        Console.Error.WriteLine($"warming the disk's cache, {variant.Name} …");
        variant.Build();
    }

    for (int round = 0; round < rounds; round++)
    {
        foreach (string kind in kinds)
        {
            Console.Error.Write($"round {round + 1} of {rounds}, {kind}:");
            foreach (var variant in variants.Select((_, i) => variants[(i + round) % variants.Length]))
            {
                if (kind == kinds[0])
                {
                    variant.Clean();
                }
                else if (kind == kinds[1])
                {
                    string file = Path.Combine(variant.Folder, "Much", $"Step{ManyFiles.Count / 2}.cs");
                    File.WriteAllText(file, File.ReadAllText(file).Replace($"const int Start = {round};", $"const int Start = {round + 1};"));
                }

                var cost = variant.Build();
                times[kind][variant.Name].Add(cost);
                Console.Error.Write($"  {variant.Name} {cost.Wall:F1} s");
            }

            Console.Error.WriteLine();
        }
    }

    Console.WriteLine(
        $"{ManyFiles.Count:N0} files, {ManyFiles.Count:N0} hot methods, {ManyFiles.Count * ManyFiles.CallsPerMethod:N0} calls; {rounds} rounds; "
            + $"in seconds, and beside \"without\""
    );
    Console.WriteLine(
        (
            $"{"", -24}{string.Concat(variants.Select(variant => $"{variant.Name, 12}"))}   "
            + $"{string.Concat(variants.Skip(1).Select(variant => $"{variant.Name, -23}"))}"
        ).TrimEnd()
    );
    foreach (string kind in kinds)
    {
        Print(kind, cost => cost.Wall);
        if (times[kind][Variant.Without].All(cost => cost.Processor > 0))
        {
            Print("  processor time", cost => cost.Processor);
        }

        void Print(string name, Func<Cost, double> select)
        {
            double[][] all = [.. variants.Select(variant => times[kind][variant.Name].Select(select).ToArray())];
            Console.WriteLine(
                (
                    $"{name, -24}{string.Concat(all.Select(of => $"{Figures.Median(of), 12:F2}"))}   "
                    + $"{string.Concat(all.Skip(1).Select(of => $"{Figures.Ratio(of, all[0]), -23}"))}"
                ).TrimEnd()
            );
        }
    }
}

void Profile(Variant measured)
{
    measured.Build();
    measured.Clean();
    measured.Build("-p:ReportAnalyzer=true", "-v:d", "-clp:PerformanceSummary");
    string[] words =
    [
        "_HotPathPrepare ",
        "HotPathPrepare ",
        "_HotPathWriteRequest ",
        "CoreCompile ",
        "Csc ",
        "Exec ",
        "HotPathGenerator (",
        "CoverageAnalyzer (",
        "Total analyzer execution",
        "Total generator execution",
        "HotPathGen.Generator, ",
        "Time Elapsed",
    ];
    foreach (
        string line in measured
            .Output.Split('\n')
            .Where(line =>
                words.Any(word => line.Contains(word))
                && (line.Contains(" ms ") || line.Contains("seconds") || line.Contains("Elapsed") || line.Contains("HotPathGen.Generator"))
            )
    )
    {
        Console.WriteLine(line.Trim());
    }
}

void Keystroke(string unpacked, string title, Func<int, string> source)
{
    var generator = (
        (IIncrementalGenerator)Activator.CreateInstance(Dotnet.Generator(unpacked).GetType("HotPathGen.Generator.HotPathGenerator")!)!
    ).AsSourceGenerator();
    var compilation = ManyFiles.Compile(
        ManyFiles.Texts(source).Select(file => CSharpSyntaxTree.ParseText(file.Text, ManyFiles.ParseOptions, file.Path)),
        ManyFiles.References(unpacked)
    );
    GeneratorDriver Driver(ISourceGenerator one, bool tracks = false) =>
        CSharpGeneratorDriver
            .Create([one], parseOptions: ManyFiles.ParseOptions, driverOptions: new(IncrementalGeneratorOutputKind.None, tracks))
            .RunGenerators(compilation);
    GeneratorDriver ours = Driver(generator),
        tracked = Driver(generator, tracks: true),
        least = Driver(new LeastGenerator().AsSourceGenerator());
    Console.WriteLine($"one keystroke in one of {ManyFiles.Count:N0} files, {title}; medians and quartiles of {Keystrokes}, µs");
    foreach (var (name, file) in ((string, int)[])[("a hot file", 1001), ("a file with nothing hot", 1002)])
    {
        var (oursUs, leastUs, compilerUs) = (new List<double>(), new List<double>(), new List<double>());
        var work = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Keystrokes + 20; i++)
        {
            var old = compilation.SyntaxTrees[file];
            var edited = ManyFiles.Edit(old.GetText(), i);
            var tree = old.WithChangedText(edited);
            // Each gets a compilation in which nothing is bound yet.
            CSharpCompilation Fresh() => compilation.ReplaceSyntaxTree(old, tree);
            CSharpCompilation forOurs = Fresh(),
                forLeast = Fresh(),
                next = Fresh();
            double[] us =
            [
                Time(() => ours = ours.RunGenerators(forOurs)),
                Time(() => least = least.RunGenerators(forLeast)),
                Time(() =>
                {
                    var parsed = old.WithChangedText(edited);
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
            var result = tracked.GetRunResult().Results[0];
            work.UnionWith(
                from step in result.TrackedSteps.Concat(result.TrackedOutputSteps)
                where step.Key is not ("Compilation" or "compilationUnit_ForAttribute")
                from output in step.Value.SelectMany(run => run.Outputs)
                where output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
                select $"{step.Key} ({output.Reason})"
            );
        }

        Console.WriteLine(
            $"  {name, -24} generator {Middle(oursUs)}, a generator that only asks for an attribute {Middle(leastUs)}, parse and bind "
                + $"{Middle(compilerUs)}; changed: {(work.Count == 0 ? "nothing" : string.Join(", ", work))}"
        );
    }

    static string Middle(List<double> us) => $"{Figures.Median(us):F0} ({Figures.Quantile(us, 0.25):F0}–{Figures.Quantile(us, 0.75):F0})";
}

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
}

/// <summary>The least that any generator costs which looks for an attribute.</summary>
internal sealed class LeastGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName("HotPathGen.NeverUsedAttribute", static (_, _) => true, static (_, _) => 0).Collect(),
            static (_, _) => { }
        );
}
