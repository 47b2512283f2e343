using System.Collections.Immutable;
using HotPathGen.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Tests;

/// <summary>Hot code that is not measured is reported at its name, with the unsupported reason.</summary>
public sealed class AnalyzerTests
{
    private const string NoBody = "it has no body here; mark the methods that implement it";
    private const string NoInitializers =
        "a primary constructor is measured by the initializers that it runs, and none here does more than move values; write a constructor with a body";
    private const string Struct =
        "an async or iterator member of a struct is measured as a pair, and this one cannot be split into one; let it call a private method";

    private static readonly DiagnosticDescriptor[] s_rules =
    [
        .. Editor
            .Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)
            .Distinct()
            .OrderBy(static rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>A source, and what both builds report about it, as <c>id (line) text at the place: message</c>.</summary>
    public static IEnumerable<TestCaseData> Said =>
        [
            Case(
                "abstract method",
                "abstract class C { [Instrument] public abstract int F(int x); }",
                $"HPG001 (1) F: 'C.F(int)' is not measured: {NoBody}"
            ),
            Case("interface method", "interface I { [Instrument] int F(); }", $"HPG001 (1) F: 'I.F()' is not measured: {NoBody}"),
            Case(
                "extern method",
                "class C { [Instrument, System.Runtime.InteropServices.DllImport(\"x\")] static extern int F(); }",
                $"HPG001 (1) F: 'C.F()' is not measured: {NoBody}"
            ),
            Case(
                "async generic explicit implementation of a struct",
                "interface I { Task F<T>(); } struct S : I {\n[Instrument] async Task I.F<T>() => await Task.Yield(); }",
                $"HPG001 (2) F: 'S.I.F<T>()' is not measured: {Struct}"
            ),
            Case(
                "iterator accessor of a struct",
                "file struct S { public IEnumerable<int> P { [Instrument] get { yield return 1; } } }",
                $"HPG001 (1) get: 'S.P.get' is not measured: {Struct}"
            ),
            Case(
                "by its type",
                "interface I { IEnumerable<int> F<T>(); } [Instrument] struct S : I { IEnumerable<int> I.F<T>() { yield return 1; } }",
                $"HPG001 (1) F: 'S.I.F<T>()' is not measured: {Struct}"
            ),
            Case(
                "by its assembly",
                "[assembly: Instrument] interface I { IEnumerable<int> F<T>(); } struct S : I { IEnumerable<int> I.F<T>() { yield return 1; } }",
                $"HPG001 (1) F: 'S.I.F<T>()' is not measured: {Struct}"
            ),
            Case(
                "a primary constructor without initializers",
                "[method: Instrument] class C(int x) { int _a = x; static int[] s_b = new int[2]; [DoNotInstrument] int[] _c = new int[x]; }",
                $"HPG001 (1) C: 'C.C(int)' is not measured: {NoInitializers}"
            ),
            Case(
                "a primary constructor whose initializers are in another part",
                "[method: Instrument] partial record C(int X); partial record C { int[] _a = new int[2]; }",
                $"HPG001 (1) C: 'C.C(int)' is not measured: {NoInitializers}"
            ),
            Case(
                "a primary constructor with a pointer",
                "[method: Instrument] unsafe struct C(int x) { int* _a = F(x); static int* F(int x) => null; }",
                "HPG001 (1) C: 'C.C(int)' is not measured: the initial value of a pointer cannot be measured; assign it in the constructor"
            ),
            Case(
                "a budget of a primary constructor without initializers",
                "[method: Instrument(MaxBytesPerCall = 0)] class C(int x) { public int A => x; }",
                $"HPG005 (1) C: The budget of 'C.C(int)' cannot be kept: the method is not measured: {NoInitializers}"
            ),
            Case(
                "pair without core",
                "partial class C {\n[Instrument] public partial int F(int x); }",
                "HPG002 (2) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "pair with another core",
                "partial class C { [Instrument] public partial int F(int x); int FCore(long x) => 1; }",
                "HPG002 (1) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "pair whose core returns something else",
                "partial class C { [Instrument] public partial int F(int x); long FCore(int x) => 1; }",
                "HPG002 (1) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "pair whose core is static",
                "partial class C { [Instrument] public partial int F(int x); static int FCore(int x) => 1; }",
                "HPG002 (1) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "pair whose core takes a reference",
                "partial class C { [Instrument] public partial int F(int x); int FCore(ref int x) => 1; }",
                "HPG002 (1) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "pair whose core has a type parameter",
                "partial class C { [Instrument] public partial int F(int x); int FCore<T>(int x) => 1; }",
                "HPG002 (1) F: 'C.F(int)' is half of a pair: write its core 'FCore' with the same parameters and result in the same type"
            ),
            Case(
                "the half without the body",
                "public partial class C { [Instrument] public partial int F(int x); public partial int F(int x) => x; }",
                $"HPG001 (1) F: 'C.F(int)' is not measured: {NoBody}"
            ),
            Case(
                "the half without the body of a constructor",
                "public partial class C { [Instrument] public partial C(int x);\npublic partial C(int x) { } }",
                $"HPG001 (1) C: 'C.C(int)' is not measured: {NoBody}"
            ),
            Case(
                "the half without the body of an event",
                "public partial class C { [Instrument] public partial event Action E;\npublic partial event Action E { add { } remove { } } }",
                $"HPG001 (1) E: 'C.E' is not measured: {NoBody}"
            ),
            Case(
                "an event without accessors",
                "public class C { [Instrument] public event Action? E; public void F() => E?.Invoke(); }",
                $"HPG001 (1) E: 'C.E' is not measured: {NoBody}"
            ),
            Case(
                "the half without the body of a property",
                "public partial class C { [Instrument] public partial int P { get; }\npublic partial int P => 1; }",
                $"HPG001 (1) get: 'C.P.get' is not measured: {NoBody}"
            ),
            Case(
                "a negative budget",
                "class C {\n[Instrument(MaxBytesPerCall = -1)] int F() => 1; }",
                "HPG005 (2) -1: A budget of -1 bytes per call cannot be kept: write 0 or more, or leave MaxBytesPerCall out for none"
            ),
            Case(
                "a negative budget of an assembly",
                "[assembly: Instrument(MaxBytesPerCall = C.None)] class C { public const int None = int.MinValue; public int F() => 1; }",
                "HPG005 (1) C.None: A budget of -2147483648 bytes per call cannot be kept: write 0 or more, or leave MaxBytesPerCall out for none"
            ),
            Case(
                "a budget of what is not measured",
                "abstract class C { [Instrument(MaxBytesPerCall = 0)] public abstract int F(int x); }",
                $"HPG005 (1) F: The budget of 'C.F(int)' cannot be kept: the method is not measured: {NoBody}"
            ),
            Case(
                "two at once",
                "abstract class C { [Instrument] public abstract int F(); [Instrument] public abstract int G(); [Instrument] public int H() => 1; }",
                $"HPG001 (1) F: 'C.F()' is not measured: {NoBody}\nHPG001 (1) G: 'C.G()' is not measured: {NoBody}"
            ),
        ];

    public static IEnumerable<TestCaseData> NotSaid =>
        [
            Case(
                "ordinary",
                "public class C { [Instrument] public int F() => 1; [Instrument] public static async Task G() => await Task.Yield(); "
                    + "[Instrument] IEnumerable<int> H() { yield return 1; } }"
            ),
            Case(
                "budgets",
                "[Instrument(MaxBytesPerCall = 0)] public class C { [Instrument(MaxBytesPerCall = 4096)] public int F() => 1; "
                    + "[Other(MaxBytesPerCall = -1)] public int G() => 2; } class OtherAttribute : Attribute { public int MaxBytesPerCall { get; set; } }"
            ),
            Case("not hot", "abstract class C { public abstract int F(); [DoNotInstrument] public abstract int G(); Func<int> L = () => 1; }"),
            Case(
                "in place",
                "public class C : IDisposable { [Instrument] public C() { } [Instrument] void IDisposable.Dispose() { } [Instrument] ~C() { } "
                    + "[Instrument] public static C operator +(C a, C b) => a; }"
            ),
            Case(
                "accessors",
                "public class C { int _x; public int P { [Instrument] get { return _x; } [Instrument] set { _x = value; } } [Instrument] public "
                    + "int Q => _x; [Instrument] public int this[int i] => i; [Instrument] public int R { get => _x; set => _x = value; } }"
            ),
            Case(
                "local functions",
                "public class C { void M() { [Instrument] int L() => 1; L(); [Instrument] static async Task A() { await Task.Yield(); } "
                    + "A().Wait(); } }"
            ),
            Case(
                "bodies of a marked type only",
                "[Instrument] public abstract class C { public abstract int F(); public int P { get; set; } protected C(int x) { P = x; } public "
                    + "int G(int x) { Func<int> f = () => x; return f(); } }"
            ),
            Case(
                "records and primary constructors of a marked type",
                "[Instrument] public record R(int X) { public int F() => X; } [Instrument] public class P(int x) { public int F() => x; } "
                    + "[Instrument] public record struct S(int X);"
            ),
            Case(
                "primary constructors with initializers",
                "[method: Instrument] class C(int x) { int[] _a = new int[x]; } [method: Instrument(MaxBytesPerCall = 64)] record R(int X) { public "
                    + "Func<int> A { get; } = () => new int[3].Length; } [method: Instrument] struct S(int x) { object a = x.ToString(), b = x + \"\"; }"
            ),
            Case(
                "primary constructors that are left out",
                "[Instrument] class C(int x) { int[] _a = new int[x]; } [method: DoNotInstrument] class D(int x) { int _x = x; }"
            ),
            Case(
                "taken back nearer",
                "[Instrument] struct S : I { [DoNotInstrument] IEnumerable<int> I.F<T>() { yield return 1; } } interface I { IEnumerable<int> "
                    + "F<T>(); }"
            ),
            Case(
                "taken back on an accessor's property",
                "[Instrument] struct S { [DoNotInstrument] public IEnumerable<int> P { get { yield return 1; } } }"
            ),
            Case(
                "async static accessor-like of a struct",
                "public struct S { public static IEnumerable<int> P { [Instrument] get { yield return 1; } } }"
            ),
            Case(
                "lambdas outside pairs",
                "partial class C { Func<int> F = [Instrument] () => 1; Func<int, int> G = [Instrument(MaxBytesPerCall = 0)] static (x) => x; int H() { "
                    + "Func<Task> f = [Instrument] async () => await Task.Yield(); return f().Id; } }"
            ),
            Case("written pair", "partial class C { [Instrument] internal partial int F(int x); int FCore(int x) => x; public int G() => F(1); }"),
            Case(
                "written generic pair",
                "partial class C<U> { [Instrument] internal partial Dictionary<U, T[]> F<T>(in T x, (U A, T B) y) where T : struct; "
                    + "Dictionary<U, V[]> FCore<V>(in V x, (U A, V B) y) where V : struct => new(); public object G() => F(1, default); }"
            ),
            Case("written pairs of a marked type", "[Instrument] partial class C { public partial int F(int x); int FCore(int x) => x; }"),
            Case(
                "the half with the body",
                "public partial class C { public partial int F(int x); [Instrument] public partial int F(int x) => x; public partial int P { "
                    + "get; } [Instrument] public partial int P => 1; public partial C(); [Instrument] public partial C() { } }"
            ),
            Case(
                "halves of a marked type",
                "[Instrument] public partial class C { public partial int F(int x); public partial int F(int x) => x; public partial int P { "
                    + "get; } public partial int P => F(1); }"
            ),
        ];

    [TestCaseSource(nameof(Said))]
    public async Task Is_said_in_both_builds(string source, string expected)
    {
        Assert.That(await Report(Build.Production(source)), Is.EqualTo(expected), "production");
        Assert.That(await Report(Build.Measured(source)), Is.EqualTo(expected), "measured");
    }

    [TestCaseSource(nameof(NotSaid))]
    public async Task Is_not_said_in_either(string source, string nothing)
    {
        Assert.That(await Report(Build.Production(source)), Is.EqualTo(nothing), "production");
        string measured = await Report(Build.Measured(source));
        Assert.That(
            measured.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("HPG004", StringComparison.Ordinal)),
            Is.Empty,
            "measured"
        );
    }

    [TestCase(
        "class C { public object P { [Instrument] get => field = new object(); } }",
        "HPG004 (1) get: 'C.P.get' is measured, but not line by line: it uses the field of its property; let it call a method that does the work"
    )]
    [TestCase("class C { static int s_i; public int P { [Instrument] get { return s_i; } } }", "")]
    [TestCase(
        "class C { [Instrument] void F() { using (HotPath.Measure(\"a\")) { _ = new object(); } } }",
        "HPG004 (1) F: 'C.F()' is measured, but not line by line: a HotPath.Measure block in it counts what is allocated there"
    )]
    [TestCase(
        "class C { [Instrument] async Task F(dynamic d) { await d; } }",
        "HPG004 (1) F: 'C.F(dynamic)' is measured, but not line by line: it awaits something dynamic"
    )]
    [TestCase(
        "file class D { } class C { [Instrument] object F() => new D(); }",
        "HPG004 (1) F: 'C.F()' is measured, but not line by line: it uses a file type, which no other file can name"
    )]
    [TestCase(
        "partial class C { [Instrument] public partial object F(); object FCore() { using (HotPath.Measure(\"a\")) { return new object(); } } }",
        "HPG004 (1) F: 'C.F()' is measured, but not line by line: a HotPath.Measure block in it counts what is allocated there"
    )]
    [TestCase("class C { [Instrument] object F() => new object(); }", "")]
    public async Task Why_a_method_has_no_sites_is_said_in_measured_builds(string source, string expected)
    {
        Assert.That(await Report(Build.Measured(source)), Is.EqualTo(expected), "measured");
        Assert.That(await Report(Build.Production(source)), Is.Empty, "production");
    }

    [TestCase(
        "using I = HotPathGen.InstrumentAttribute; class C {\n[I] int F() => 1; }",
        "HPG003 (2) F: 'C.F()' is not measured: its attribute was not recognised in the source; write it as [Instrument], without an alias"
    )]
    [TestCase(
        "using I = HotPathGen.InstrumentAttribute; [I] class C { int F() => 1; }",
        "HPG003 (1) F: 'C.F()' is not measured: its attribute was not recognised in the source; write it as [Instrument], without an alias"
    )]
    [TestCase(
        "using I = HotPathGen.InstrumentAttribute; class C { [I] async Task F() => await Task.Yield(); [Instrument] int G() => 1; }",
        "HPG003 (1) F: 'C.F()' is not measured: its attribute was not recognised in the source; write it as [Instrument], without an alias"
    )]
    public async Task An_aliased_attribute_is_said_where_it_makes_a_difference(string source, string expected)
    {
        Assert.That(await Report(Build.Measured(source)), Is.EqualTo(expected), "measured");
        Assert.That(await Report(Build.Production(source)), Is.Empty, "production");
    }

    [Test]
    public async Task A_place_in_a_prepared_copy_is_the_users()
    {
        const string source = """
            abstract class C
            {
                [Instrument] public int Hot() => 1;

                [Instrument] public abstract int F();
            }
            """;
        var found = (await Find(Build.Measured(source))).Single();

        var place = found.Location.GetMappedLineSpan();
        Assert.That(place.Path, Is.EqualTo(Build.Folder + "Sample.cs"));
        Assert.That(place.StartLinePosition.Line + 1, Is.EqualTo(5));
        Assert.That(found.Location.SourceTree, Is.Not.Null, "#pragma has no effect on a location that is made from a path");
    }

    [Test]
    public async Task A_pragma_silences_it([Values] bool measured, [Values] bool prepared)
    {
        string source = $$"""
            abstract class C
            {
                {{(prepared ? "[Instrument] public int Hot() => 1;" : "")}}
            #pragma warning disable HPG001
                [Instrument] public abstract int Silent();
            #pragma warning restore HPG001
                [Instrument] public abstract int Loud();
            #pragma warning disable CS0168, HPG001
            #pragma warning restore CS0168, HPG001
                [Instrument] public abstract int Louder();
            #pragma warning disable
                [Instrument] public abstract int SilentToo();
            #pragma warning restore
            #pragma warning disable HPG001
            #pragma warning restore CS0168
                [Instrument] public abstract int StillSilent();
            }
            """;
        string found = await Report(Build.Of(new([source]) { IsMeasured = measured }));

        Assert.That(found.Split('\n').Select(line => line.Split(':')[0]), Is.EqualTo(["HPG001 (7) Loud", "HPG001 (10) Louder"]));
    }

    [Test]
    public async Task An_attribute_silences_it()
    {
        Assert.That(
            await Report(
                Build.Production(
                    "abstract class C { [Instrument, System.Diagnostics.CodeAnalysis.SuppressMessage(\"HotPath\", \"HPG001\")] public abstract "
                        + "int F(); }"
                )
            ),
            Is.Empty
        );
    }

    [Test]
    public async Task What_prepare_found_out_is_said_with_its_reason()
    {
        var build = Build.Measured("using I = HotPathGen.InstrumentAttribute;\nclass C { [I] int F() => 1; }");
        var coverage = new CoverageFile(
            "/src/Other.cs\t2\tC.F\twrong file\n/src/Sample.cs\t1\tC.F\twrong line\n/src/Sample.cs\t2\tC.F\tits own reason\n"
        );

        Assert.That(await Report(build, coverage), Is.EqualTo("HPG001 (2) F: 'C.F()' is not measured: its own reason"));
    }

    [Test]
    public async Task Generated_code_is_left_alone()
    {
        Assert.That(await Report(Build.Production("// <auto-generated/>\nabstract class C { [Instrument] public abstract int F(); }")), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_said_without_the_attributes()
    {
        Assert.That(
            await Report(
                Build.Production(
                    "namespace Mine { class InstrumentAttribute : Attribute; abstract class C { [Instrument] public abstract int F(); } }"
                )
            ),
            Is.Empty
        );
    }

    [Test]
    public void Severities_are_those_of_the_promise()
    {
        Assert.That(
            s_rules.Select(rule => $"{rule.Id} {rule.Category} {rule.DefaultSeverity} {rule.IsEnabledByDefault}"),
            Is.EqualTo([
                "HPG001 HotPath Info True",
                "HPG002 HotPath Error True",
                "HPG003 HotPath Info True",
                "HPG004 HotPath Info True",
                "HPG005 HotPath Error True",
                "HPG201 HotPath Error True",
                "HPG202 HotPath Error True",
                "HPG203 HotPath Error True",
                "HPG204 HotPath Error True",
                "HPG205 HotPath Error True",
                "HPG206 HotPath Warning True",
                .. Enumerable.Range(301, 13).Select(id => $"HPG{id} HotPath Info True"),
                "HPG320 HotPath Hidden True",
                "HPG330 HotPath Hidden True",
                "HPG401 HotPath Error True",
                "HPG402 HotPath Warning True",
                "HPG403 HotPath Info True",
                "HPG404 HotPath Warning True",
            ])
        );
    }

    [Test]
    public void Every_rule_is_in_the_release_notes()
    {
        string[] listed =
        [
            .. typeof(AnalyzerTests)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.Contains("AnalyzerReleases.", StringComparison.Ordinal))
                .SelectMany(Lines)
                .Where(line => line.StartsWith("HPG", StringComparison.Ordinal))
                .Select(line => string.Join(" ", line.Split('|', StringSplitOptions.TrimEntries))),
        ];

        Assert.That(listed, Is.EquivalentTo(s_rules.Select(rule => $"{rule.Id} {rule.Category} {rule.DefaultSeverity} {rule.Title}")));

        static IEnumerable<string> Lines(string name)
        {
            using var reader = new StreamReader(typeof(AnalyzerTests).Assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
        }
    }

    private static TestCaseData Case(string name, string source, string expected = "") => new TestCaseData(source, expected).SetArgDisplayNames(name);

    internal static async Task<string> Report(Build build, AdditionalText? coverage = null) =>
        string.Join('\n', (await Find(build, coverage)).Select(Print));

    private static async Task<Diagnostic[]> Find(Build build, AdditionalText? coverage = null)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(coverage is null ? build.AdditionalTexts : [coverage]),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false
        );
        var found = await build
            .Output.WithAnalyzers([new BudgetAnalyzer(), new CoverageAnalyzer(), new PairAnalyzer(), new PooledAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
        return
        [
            .. found
                .Where(static diagnostic => diagnostic.Id != "HPG330")
                .OrderBy(diagnostic => diagnostic.Location.GetMappedLineSpan().StartLinePosition)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    private static string Print(Diagnostic diagnostic) =>
        $"{diagnostic.Id} ({diagnostic.Location.GetMappedLineSpan().StartLinePosition.Line + 1}) "
        + $"{diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}: "
        + $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    private sealed class CoverageFile(string text) : AdditionalText
    {
        public override string Path => Build.Folder + "obj/hotpath/coverage.txt";

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(text);
    }
}
