using HotPathGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace HotPathGen.Generator.Tests;

/// <summary>The fixes that editors offer for the allocations of hot methods.</summary>
public sealed class FixTests
{
    private const int Rounds = 20;

    [TestCaseSource(typeof(FixCases), nameof(FixCases.All))]
    public async Task A_fix_compiles_gives_the_same_results_and_saves_bytes(object given)
    {
        var fixing = (FixCase)given;
        using var editor = new Editor(new([fixing.Before]));
        var offer = await editor.Offer(fixing.Fix);
        Assert.That(offer, Is.Not.Null, "the fix is offered");
        await editor.Apply(offer!);
        Assert.That(await editor.Text(), Is.EqualTo(fixing.After));

        Build.Production(fixing.After).MustCompile();
        var before = Measure(fixing.Before);
        var after = Measure(fixing.After);
        TestContext.Out.WriteLine($"{before.Bytes / Rounds} -> {after.Bytes / Rounds} bytes a round");
        Assert.That(after.Result, Is.EqualTo(before.Result));
        Assert.That(after.Bytes, fixing.Saves ? Is.LessThan(before.Bytes) : Is.EqualTo(before.Bytes));
    }

    /// <summary>Each case resembles code that is fixed, but has one difference, with which the fix would change what the program does.</summary>
    [TestCaseSource(nameof(Refused))]
    public async Task A_fix_is_not_offered_where_it_would_change_more_than_bytes(Fix fix, string members)
    {
        using var editor = new Editor(new([$"class B {{ }} static class C {{ {members} }}"]));
        Build.Production(await editor.Text()).MustCompile();

        Assert.That(await editor.Find(fix), Is.Not.Empty, "a rule reports it");
        Assert.That((await editor.Offer(fix))?.Title, Is.Null);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(
            "a captured variable changes later",
            new StaticLambdaFix(),
            "[Instrument] static void F(System.Threading.CancellationToken t, string s) { t.Register(() => Console.Write(s)); s = \"\"; }"
        );
        yield return Case(
            "a captured struct changes in the lambda",
            new StaticLambdaFix(),
            "struct S { public int N; public void Up() => N++; } [Instrument] static int "
                + "F(System.Collections.Concurrent.ConcurrentDictionary<int, int> d, S s) { d.GetOrAdd(1, k => { s.Up(); return k; }); return s.N; }"
        );
        yield return Case(
            "a callback looks at the state that it gets",
            new StaticLambdaFix(),
            "[Instrument] static void F(List<object?> l) => System.Threading.ThreadPool.QueueUserWorkItem(s => l.Add(s));"
        );
        yield return Case(
            "there is no overload with state",
            new StaticLambdaFix(),
            "[Instrument] static int F(List<int> l, int n) => l.FindIndex(x => x == n);"
        );
        yield return Case(
            "an overload with state returns something else",
            new StaticLambdaFix(),
            "static int G(Func<int> f) => f(); static long G<T>(Func<T, int> f, T t) => f(t); [Instrument] static object F(string s) => G(() => "
                + "s.Length);"
        );
        yield return Case(
            "a lambda in the lambda captures too",
            new StaticLambdaFix(),
            "[Instrument] static Func<int> F(System.Collections.Concurrent.ConcurrentDictionary<int, Func<int>> d, int n) => d.GetOrAdd(1, k => "
                + "() => n);"
        );

        yield return Case(
            "an array may be null",
            new ParamsSpanFix(),
            "[Instrument] static int F(int[] a) => G(a) + G(1); [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => a.Length;"
        );
        yield return Case(
            "an array is kept",
            new ParamsSpanFix(),
            "static int[] s_a = []; [Instrument] static int F() => G(1) + s_a.Length; static int G(params int[] a) { s_a = a; return a.Length; }"
        );
        yield return Case(
            "an array is written to",
            new ParamsSpanFix(),
            "[Instrument] static int F() => G(1); [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => a[0]++;"
        );
        yield return Case(
            "a method group",
            new ParamsSpanFix(),
            "[Instrument] static int F() => G(1); [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => a.Length; public "
                + "static Func<int[], int> H = G;"
        );
        yield return Case(
            "others may call it",
            new ParamsSpanFix(),
            "public class D { [Instrument] static int F() => G(1); [MethodImpl(MethodImplOptions.NoInlining)] public static int G(params int[] "
                + "a) => a.Length; }",
            isPublic: true
        );
        yield return Case(
            "it has overloads",
            new ParamsSpanFix(),
            "[Instrument] static int F() => G(1); [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => a.Length; static "
                + "int G(params string[] a) => a.Length;"
        );
        yield return Case(
            "an async method cannot have spans",
            new ParamsSpanFix(),
            "[Instrument] static Task<int> F() => G(1); static async Task<int> G(params int[] a) { await Task.Yield(); return a.Length; }"
        );

        yield return Case(
            "the span would find another method with other rules",
            new SubstringFix(),
            "[Instrument] static int F(string s, string t) => s.IndexOf(t.Substring(1));"
        );
        yield return Case(
            "there is no overload for spans",
            new SubstringFix(),
            "[Instrument] static void F(List<string> l, string t) => l.Add(t.Substring(1));"
        );
        yield return Case(
            "a text may be null",
            new SubstringFix(),
            "[Instrument] static int F() => int.Parse(H.Substring(1));\n#nullable disable\nstatic string H = \"1\";\n#nullable restore\n"
        );
        yield return Case(
            "a text of which a range is taken may be null",
            new SubstringFix(),
            "[Instrument] static int F() => int.Parse(H[1..]);\n#nullable disable\nstatic string H = \"1\";\n#nullable restore\n"
        );
        yield return Case(
            "another text becomes a span too, and may be null",
            new SubstringFix(),
            "static int G(string a, string b) => 1; static int G(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => 2; [Instrument] static int "
                + "F(string s) => G(s.Substring(1), H);\n#nullable disable\nstatic string H = \"1\";\n#nullable restore\n"
        );
        yield return Case(
            "an overload for spans gives back another type",
            new SubstringFix(),
            "static string G(string s) => s; static int G(ReadOnlySpan<char> s) => s.Length; [Instrument] static object F(string s) => "
                + "G(s.Substring(1));"
        );
        yield return Case(
            "an overload for spans is another type's",
            new SubstringFix(),
            "class D { public int G(ReadOnlySpan<char> s) => 1; } class E : D { public int G(string s) => 2; } [Instrument] static int F(string "
                + "s) => new E().G(s.Substring(1));"
        );
        yield return Case(
            "the text is a FormattableString",
            new SubstringFix(),
            "[Instrument] static FormattableString F(string s) => $\"{s.Substring(1)}\";"
        );

        yield return Case(
            "not each round adds",
            new CapacityFix(),
            "[Instrument] static List<int> F(int[] a) { var l = new List<int>(); foreach (int i in a) { if (i > 0) { l.Add(i); } } return l; }"
        );
        yield return Case(
            "a round may be left",
            new CapacityFix(),
            "[Instrument] static List<int> F(int[] a) { var l = new List<int>(); foreach (int i in a) { if (i > 0) { continue; } l.Add(i); } "
                + "return l; }"
        );
        yield return Case(
            "something happens between",
            new CapacityFix(),
            "[Instrument] static List<int> F(int[] a) { var l = new List<int>(); Console.Write(1); foreach (int i in a) { l.Add(i); } return l; }"
        );
        yield return Case(
            "the number may be negative",
            new CapacityFix(),
            "[Instrument] static List<int> F(int n) { var l = new List<int>(); for (int i = 0; i < n; i++) { l.Add(i); } return l; }"
        );
        yield return Case(
            "more is added behind",
            new CapacityFix(),
            "[Instrument] static List<int> F(int[] a) { var l = new List<int>(); foreach (int i in a) { l.Add(i); } l.Add(1); return l; }"
        );
        yield return Case(
            "asking for the number runs code",
            new CapacityFix(),
            "static int[] P => [1]; [Instrument] static List<int> F() { var l = new List<int>(); foreach (int i in P) { l.Add(i); } return l; }"
        );
        yield return Case(
            "keys may repeat",
            new CapacityFix(),
            "[Instrument] static Dictionary<int, int> F(int[] a) { var l = new Dictionary<int, int>(); foreach (int i in a) { l[i] = 1; } return l; }"
        );
        yield return Case(
            "texts have any length",
            new CapacityFix(),
            "[Instrument] static string F(string[] a) { var l = new System.Text.StringBuilder(); foreach (string i in a) { l.Append(i); } return "
                + "l.ToString(); }"
        );

        yield return Case("the filter counts", new LinqFix(), "[Instrument] static bool F(List<int> l) => l.Where((x, i) => x > i).Any();");
        yield return Case(
            "it may have nothing behind it",
            new LinqFix(),
            "[Instrument] static IEnumerable<int> F(List<int> l) => l.Where(x => x > 1);"
        );
        yield return Case(
            "a tree is data",
            new LinqFix(),
            "[Instrument] static System.Linq.Expressions.Expression<Func<string, bool>> F(string t) { _ = t.Last(); return s => s.Any(); }"
        );
        yield return Case(
            "a text for Any may be null",
            new LinqFix(),
            "\n#nullable disable\n[Instrument] static bool F(string s) => s.Any();\n#nullable restore\n"
        );

        yield return Case(
            "a list may be added to meanwhile",
            new LoopFix(),
            "static List<int> s_l = []; static bool G(int i) { s_l.Add(i); return i > 3; } [Instrument] static bool F(int n) {\nreturn s_l.Any(x "
                + "=> G(x) && x > n);\n}"
        );
        yield return Case("the list itself is asked", new LoopFix(), "[Instrument] static bool F(List<int> l) {\nreturn l.Any(x => l.Remove(x));\n}");
        yield return Case(
            "a list may be null",
            new LoopFix(),
            "\n#nullable disable\n[Instrument] static bool F(List<int> l, int n) {\nreturn l.Any(x => x > n);\n}\n#nullable restore\n"
        );
        yield return Case(
            "its enumerator is an object",
            new LoopFix(),
            "[Instrument] static bool F(IReadOnlyList<int> l, int n) {\nreturn l.Any(x => x > n);\n}"
        );
        yield return Case(
            "the place counts",
            new LoopFix(),
            "[Instrument] static bool F(List<int> l, int n) {\nreturn l.Where((x, i) => x > n).Any();\n}"
        );
        yield return Case("it is no LINQ", new LoopFix(), "[Instrument] static bool F(List<int> l, int n) {\nreturn l.Exists(x => x > n);\n}");
        yield return Case(
            "what is captured is not to be seen at the end of the block",
            new LoopFix(),
            "[Instrument] static int F(List<int> l, int[] a) {\nforeach (int n in a)\nif (l.Any(x => x > n)) return 1;\nreturn 2;\n}"
        );
        yield return Case(
            "something else has the name there",
            new LoopFix(),
            "static int n = 1; static int G() => n; [Instrument] static int F(List<int> l, int[] a) {\nforeach (int n in a)\nif (l.Any(x => x > "
                + "n)) return 1;\nreturn 2;\n}"
        );
        yield return Case(
            "a variable is a lambda's",
            new LoopFix(),
            "[Instrument] static Func<int, bool> F(List<int> l) {\nreturn n => l.Any(x => x > n);\n}"
        );
        yield return Case(
            "a variable lives on in a state machine",
            new LoopFix(),
            "[Instrument] static async Task<bool> F(List<int> l, int n) {\nawait Task.Yield();\nreturn l.Any(x => x > n);\n}"
        );
        yield return Case(
            "a comment would be lost",
            new LoopFix(),
            "[Instrument] static bool F(List<int> l, int n) {\nreturn l.Any(/* why */ x => x > n);\n}"
        );

        yield return Case("an array is returned", new ScratchFix(), "[Instrument] static int[] F() { int[] a = new int[300]; return a; }");
        yield return Case(
            "an array goes to a method",
            new ScratchFix(),
            "static void G(int[] a) { } [Instrument] static int F() { int[] a = new int[300]; G(a); return a[0]; }"
        );
        yield return Case(
            "an array is captured",
            new ScratchFix(),
            "[Instrument] static Func<int> F() { int[] a = new int[300]; return () => a[0]; }"
        );
        yield return Case(
            "an array is replaced",
            new ScratchFix(),
            "[Instrument] static int F() { int[] a = new int[300]; a[0] = 1; a = new int[6]; return a[0]; }"
        );
        yield return Case(
            "a part of an array is copied",
            new ScratchFix(),
            "[Instrument] static int F() { int[] a = new int[300]; var b = a[1..]; a[1] = 2; return b[0]; }"
        );
        yield return Case(
            "a span of it is returned",
            new ScratchFix(),
            "[Instrument] static Span<int> F() { Span<int> a = new int[300]; return a; }"
        );
        yield return Case(
            "the length fails later",
            new ScratchFix(),
            "[Instrument] static int F(int n) { Console.Write(1); int[] a = new int[n]; return a[0]; }"
        );
        yield return Case(
            "the length may wrap round to something small",
            new ScratchFix(),
            "[Instrument] static int F(int[] n) { int[] a = new int[n.Length * 4]; return a[0]; }"
        );
        yield return Case(
            "the length changes",
            new ScratchFix(),
            "[Instrument] static int F(int n) { int[] a = new int[n]; n = 1; return a[0] + n; }"
        );
        yield return Case(
            "the core's name is taken",
            new ScratchFix(),
            "static int FCore() => 1; [Instrument] static int F() { int[] a = new int[300]; return a[0] + FCore(); }"
        );
        yield return Case(
            "the method reads its own name",
            new ScratchFix(),
            "static int G([CallerMemberName] string s = \"\") => s.Length; [Instrument] static int F() { int[] a = new int[300]; return a[0] + G(); }"
        );
        yield return Case(
            "something else has the name before",
            new ScratchFix(),
            "static int a = 1; [Instrument] static int F() { int n = C.a; { int[] a = new int[300]; return a[0] + n; } }"
        );
        yield return Case("an iterator", new ScratchFix(), "[Instrument] static IEnumerable<int> F() { int[] a = new int[300]; yield return a[0]; }");

        static TestCaseData Case(string name, Fix fix, string members, bool isPublic = false) =>
            new TestCaseData(fix, isPublic ? $"}} {members} static class E {{" : members).SetArgDisplayNames(fix.GetType().Name, name);
    }

    [TestCase("class C { [Instrument] int F() => FCore(); int FCore() => 1; }", "a name that is taken")]
    [TestCase(
        "class B { protected int FCore(string s) => 1; } class C : B { [Instrument] int F(string s) => FCore(s); }",
        "a name that is inherited"
    )]
    [TestCase("class C { [Instrument] void F() => G(); void G([CallerMemberName] string s = \"\") { } }", "its own name")]
    [TestCase("interface I { void F(); } class C : I { [Instrument] void I.F() { } }", "an explicit member")]
    [TestCase("partial class C { [Instrument] public partial int F(); int FCore() => 1; }", "a pair")]
    [TestCase("class C { int F() => 1; }", "a method that is not hot")]
    [TestCase("// <auto-generated/>\nclass C { [Instrument] int F() => 1; }", "generated code")]
    public async Task What_cannot_be_a_pair_is_not_marked(string source, string name)
    {
        using var editor = new Editor(new([source]));
        Assert.That(await editor.Find(new PairFix()), Is.Empty, name);
    }

    [Test]
    public async Task All_of_a_file_are_fixed_each_on_what_the_last_has_left()
    {
        const string source = """
            class C
            {
                [Instrument] public int F(int n) { int[] a = new int[400]; int[] b = new int[500]; return a[0] + b[0] + n; }

                [Instrument] public int F(string n) { var a = new int[600]; return a[0] + n.Length; }
            }
            """;
        using var editor = new Editor(new([source]));
        await editor.ApplyAll(new ScratchFix());
        string text = await editor.Text();

        Assert.That(
            text,
            Is.EqualTo(
                """
                partial class C
                {
                    [Instrument] public partial int F(int n);

                    private int FCore(int n, [Pooled(400)] scoped Span<int> a, [Pooled(500)] scoped Span<int> b) { a.Clear(); b.Clear(); return a[0] + b[0] + n; }

                    [Instrument] public partial int F(string n);

                    private int FCore(string n, [Pooled(600)] scoped Span<int> a) { a.Clear(); return a[0] + n.Length; }
                }
                """
            )
        );
        Build.Production(text).MustCompile();
    }

    [TestCaseSource(typeof(FixCases), nameof(FixCases.All))]
    public async Task Fixing_all_fixes_the_one_there_is(object given)
    {
        var fixing = (FixCase)given;
        using var editor = new Editor(new([fixing.Before]));
        await editor.ApplyAll(fixing.Fix);

        Assert.That(await editor.Text(), Is.EqualTo(fixing.After));
    }

    /// <summary>On .NET 10 these calls allocate nothing, and the fix saves only time. Whether a rule reports them is not tested here.</summary>
    [TestCase("list.Any()", "list.Count > 0")]
    [TestCase("!list.Any()", "list.Count == 0")]
    [TestCase("!list.Any() == true", "(list.Count == 0) == true")]
    [TestCase("list.Any() == true", "(list.Count > 0) == true")]
    [TestCase("array.Any() && list.Any()", "array.Length > 0 && list.Any()")]
    [TestCase("array\n    .Count() > 1", "array\n    .Length > 1")]
    [TestCase("face.Count() > 1", "face.Count > 1")]
    [TestCase("list.First() > 1", "list[0] > 1", "Use '[0]' (when empty: ArgumentOutOfRangeException instead of InvalidOperationException)")]
    [TestCase("array.First() > 1", "array[0] > 1", "Use '[0]' (when empty: IndexOutOfRangeException instead of InvalidOperationException)")]
    [TestCase("list /* why */ .Any()", null)]
    [TestCase("list. /* why */ Any()", null)]
    [TestCase("face.First() > 1", null)]
    [TestCase("list?.Any() == true", null)]
    [TestCase("list.Any(x => x > 1)", null)]
    [TestCase("list.Select(x => x).Any()", null)]
    public async Task Collections_are_asked_directly(string before, string? after, string? title = null)
    {
        string source = $"class C {{ bool F(List<int> list, int[] array, IReadOnlyCollection<int> face) => {before}; }}";
        using var editor = new Editor(new([source]));
        var tree = (await editor.Document.GetSyntaxTreeAsync())!;
        var call = tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax>().First();
        var offers = await editor.Offers(new LinqFix(), Diagnostic.Create(Analysis.Rules.CallsLinq, call.GetLocation()));
        Assert.That(offers, Has.Length.EqualTo(after is null ? 0 : 1));
        if (after is not null)
        {
            Assert.That(title is null || offers[0].Title == title, offers[0].Title);
            await editor.Apply(offers[0]);
            Assert.That(await editor.Text(), Is.EqualTo(source.Replace(before, after)));
        }
    }

    [Test]
    public async Task Two_loops_of_one_method_have_two_names()
    {
        using var editor = new Editor(
            new(["class C { [Instrument] bool F(List<int> list, int n)\r\n{\r\n    return list.Any(x => x > n) || list.Any(x => x < -n);\r\n}\r\n}"])
        );
        await editor.ApplyAll(new LoopFix());
        string text = await editor.Text();

        Assert.That(
            text,
            Does.Contain("return AnyMatch(list) || AnyMatch2(list);\r\n").And.Contain("\r\n    bool AnyMatch2(List<int> source2)\r\n    {\r\n")
        );
        Build.Production(text).MustCompile();
    }

    [Test]
    public async Task Two_callers_of_one_method_are_one_change()
    {
        const string caller =
            "partial class C { [Instrument] static int F(int n) => G(n, n) + G(n); [MethodImpl(MethodImplOptions.NoInlining)] static int "
            + "G(params int[] a) => a.Length; }";
        using var editor = new Editor(new([caller, "partial class C { [Instrument] static int H(int n) => G(n); }"]));
        await editor.ApplyAll(new ParamsSpanFix(), FixAllScope.Project);

        Assert.That(await editor.Text(), Is.EqualTo(caller.Replace("int[]", "ReadOnlySpan<int>")));
    }

    [Test]
    public async Task A_broken_contract_is_fixed_like_a_hint()
    {
        const string source = "class C { [Instrument(MaxBytesPerCall = 0)] static int F(string s) => int.Parse(s.Substring(1)); }";
        using var editor = new Editor(new([source]));
        Assert.That((await editor.Find(new SubstringFix())).Select(diagnostic => diagnostic.Id), Is.EqualTo(["HPG401"]));
        await editor.ApplyAll(new SubstringFix());

        Assert.That(await editor.Text(), Is.EqualTo(source.Replace("Substring", "AsSpan")));
        Assert.That(await editor.Find(new SubstringFix()), Is.Empty);
    }

    [Test]
    public async Task Windows_lines_stay_so()
    {
        using var editor = new Editor(new(["class C\r\n{\r\n    [Instrument]\r\n    public int F() => 1;\r\n}\r\n"]));
        await editor.ApplyAll(new PairFix());

        Assert.That(
            await editor.Text(),
            Is.EqualTo("partial class C\r\n{\r\n    [Instrument]\r\n    public partial int F();\r\n\r\n    private int FCore() => 1;\r\n}\r\n")
        );
    }

    [TestCaseSource(typeof(FixCases), nameof(FixCases.All))]
    public async Task Nothing_is_offered_in_generated_code(object given)
    {
        var fixing = (FixCase)given;
        using var editor = new Editor(new([fixing.Before]));
        var found = await editor.Find(fixing.Fix);
        string generated = "// <auto-generated/>\n" + fixing.Before;
        using var other = new Editor(new([generated]));
        int moved = generated.Length - fixing.Before.Length;

        Assert.That(await other.Find(fixing.Fix), Is.Empty, "the rules report nothing");
        foreach (var diagnostic in found)
        {
            var tree = (await other.Document.GetSyntaxTreeAsync())!;
            var there = Diagnostic.Create(
                diagnostic.Descriptor,
                Location.Create(tree, new(diagnostic.Location.SourceSpan.Start + moved, diagnostic.Location.SourceSpan.Length))
            );
            Assert.That(await other.Offers(fixing.Fix, there), Is.Empty);
        }
    }

    [Test]
    public async Task A_method_in_generated_code_is_not_changed_from_elsewhere()
    {
        const string callee = "partial class C { [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => a.Length; }";
        const string caller = "partial class C { [Instrument] static int F(int n) => G(n, n); }";
        using var written = new Editor(new([caller, callee]));
        using var generated = new Editor(new([caller, "// <auto-generated/>\n" + callee]));

        Assert.That(await written.Offer(new ParamsSpanFix()), Is.Not.Null);
        Assert.That(await generated.Offer(new ParamsSpanFix()), Is.Null);
    }

    [Test]
    public async Task An_older_language_has_no_params_spans()
    {
        const string source =
            "class C { [Instrument] static int F(int n) => G(n, n); [MethodImpl(MethodImplOptions.NoInlining)] static int G(params int[] a) => "
            + "a.Length; }";
        using var editor = new Editor(new([source]) { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12 });

        Assert.That(await editor.Find(new ParamsSpanFix()), Is.Not.Empty);
        Assert.That(await editor.Offer(new ParamsSpanFix()), Is.Null);
    }

    /// <summary>The result of a program in a measured build, and the bytes that its hot method allocates in all rounds.</summary>
    private static (string Result, long Bytes) Measure(string source)
    {
        using var sample = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        string result = sample.Run();
        long first = Recording.BytesOf(sample.Name, "Hot");
        for (int i = 0; i < Rounds; i++)
        {
            Assert.That(sample.Run(), Is.EqualTo(result));
        }

        return (result, Recording.BytesOf(sample.Name, "Hot") - first);
    }
}
