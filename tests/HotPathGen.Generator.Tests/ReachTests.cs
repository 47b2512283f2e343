using System.Collections.Immutable;
using HotPathGen.Generator.Allocations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Counts how much code analyzers look at. They look at hot methods, at what they must know about the methods that these call, and at nothing else.
/// </summary>
public sealed class ReachTests
{
    private const string Ordinary = """
        public class Ordinary
        {
            public event Action? Happened;
            public object this[int i] => new object();
            public string P { get => "a" + 1; set => Happened?.Invoke(); }
            public object M(string s, object o = null!) { int L(int x) => x + s.Length; Func<int, object> f = x => x; return f(L(2)); }
        }
        """;

    [Test]
    public async Task Where_nothing_is_hot_nothing_is_asked_for()
    {
        var reach = await Of(Build.Production(Ordinary));

        Assert.That(
            reach.Actions.Where(static action => action.Value is { CompilationStartActionsCount: 0, AdditionalFileActionsCount: 0 }),
            Is.Empty
        );
        Assert.That(
            reach
                .Actions.Where(static action =>
                    Others(action.Value)
                        + action.Value.SymbolActionsCount
                        + action.Value.SyntaxNodeActionsCount
                        + action.Value.SemanticModelActionsCount
                    > 0
                )
                .Select(static action => action.Key),
            Is.Empty
        );
        Assert.That(reach.Bodies, Is.Empty);
    }

    [Test]
    public async Task Nobody_asks_for_what_makes_the_compiler_bind_all_bodies([Values] bool measured)
    {
        var reach = await Of(
            Build.Of(
                new([Ordinary, "[Instrument(MaxBytesPerCall = 0)] public class Hot { public object F() => new object(); }"]) { IsMeasured = measured }
            )
        );

        Assert.That(reach.Actions.Where(static action => Others(action.Value) > 0).Select(static action => action.Key), Is.Empty);
        Assert.That(reach.Actions.Values.Sum(static action => action.SymbolActionsCount), Is.GreaterThan(0), "there is a hot type");
    }

    [Test]
    public async Task Bodies_are_looked_into_that_are_hot_or_called_from_there_and_no_further_than_to_what_allocates()
    {
        var reach = await Of(
            Build.Production(
                Ordinary,
                """
                public class C
                {
                    public static object? Kept;
                    [Instrument] public static int F(int i) => Quiet(i) + Loud(i);
                    public static int Quiet(int i) => Deep(i) + 1;
                    public static int Deep(int i) => i > 3 ? Loud(i) : Quiet(i + 1);
                    public static int Loud(int i) { Kept = new byte[i]; return Beyond(i); }
                    public static int Beyond(int i) => Never(i - 1);
                    public static int Never(int i) => F(i) + Beyond(i);
                }
                """
            )
        );

        Assert.That(reach.Bodies, Is.EquivalentTo(["C.F(int)", "C.Quiet(int)", "C.Deep(int)", "C.Loud(int)"]));
    }

    [Test]
    public async Task Contracts_go_to_the_end()
    {
        var reach = await Of(
            Build.Production(
                "public class C { [Instrument(MaxBytesPerCall = 0)] static int F(int i) => G(i); static int G(int i) { K = new byte[i]; return "
                    + "H(i); } static int H(int i) => i > 0 ? H(i - 1) : i; static object? K; static int N(int i) => H(i); }"
            )
        );

        Assert.That(reach.Bodies, Is.EquivalentTo(["C.F(int)", "C.G(int)", "C.H(int)"]));
    }

    [Test]
    public async Task In_measured_builds_no_body_is_looked_into([Values] bool everything)
    {
        var reach = await Of(
            Build.Of(
                new([Ordinary, "[Instrument] public class Hot { public object F() => new object(); }"])
                {
                    IsMeasured = true,
                    InstrumentsAll = everything,
                }
            )
        );

        Assert.That(reach.Bodies, Is.Empty);
        Assert.That(
            reach.Actions.Where(static action => action.Value.SymbolActionsCount > 0).Select(static action => action.Key),
            Is.EqualTo(["CoverageAnalyzer", "PairAnalyzer"]),
            "these report methods that are not measured, and pairs without a core"
        );
    }

    /// <summary>A compiler does not run an analyzer if it shows none of its rules.</summary>
    [Test]
    public void What_only_hints_has_nothing_to_say_in_a_build()
    {
        Assert.That(
            Editor
                .Analyzers.Where(static analyzer => analyzer.SupportedDiagnostics.All(static rule => rule.DefaultSeverity <= DiagnosticSeverity.Info))
                .Select(static analyzer => analyzer.GetType().Name),
            Is.EqualTo(["AllocationAnalyzer", "CoverageAnalyzer"])
        );
    }

    /// <summary>The number of actions that make the compiler bind the bodies of all methods, hot or not.</summary>
    private static int Others(AnalyzerTelemetryInfo actions) =>
        actions.OperationActionsCount
        + actions.OperationBlockActionsCount
        + actions.OperationBlockStartActionsCount
        + actions.CodeBlockActionsCount
        + actions.CodeBlockStartActionsCount
        + actions.SymbolStartActionsCount;

    private static async Task<Reach> Of(Build build)
    {
        var probe = new Probe();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(build.AdditionalTexts),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false
        );
        var analysis = build.MustCompile().Output.WithAnalyzers([.. Editor.Analyzers, probe], options);
        await analysis.GetAnalyzerDiagnosticsAsync();
        var actions = new SortedDictionary<string, AnalyzerTelemetryInfo>(StringComparer.Ordinal);
        foreach (var analyzer in Editor.Analyzers)
        {
            actions.Add(analyzer.GetType().Name, await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None));
        }

        return new(
            actions,
            [
                .. MethodAllocations
                    .Of(probe.Compilation!, options.Options!, CancellationToken.None)
                    .Examined.Select(static method => method.ToDisplayString()),
            ]
        );
    }

    private sealed record Reach(SortedDictionary<string, AnalyzerTelemetryInfo> Actions, string[] Bodies);

    /// <summary>Records the compilation that the analyzers get.</summary>
#pragma warning disable RS1012, RS1025, RS1026, RS1036, RS1038, RS1041 // No compiler loads this analyzer.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Probe : DiagnosticAnalyzer
    {
        public Compilation? Compilation { get; private set; }

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("PROBE", "", "", "", DiagnosticSeverity.Hidden, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context) => context.RegisterCompilationStartAction(start => Compilation = start.Compilation);
    }
}
