namespace HotPathGen.Generator.Tests;

/// <summary>What is recorded for each site, in samples with known allocations. Each method is called once.</summary>
public sealed class SiteTests
{
    private const int Object = 24;

    private static int ArrayOf(int bytes) => (24 + bytes + 7) & ~7;

    private static int StringOf(int length) => (22 + 2 * length + 7) & ~7;

    private static TestCaseData Case(string name, string members, params string[] hit) =>
        new TestCaseData(members, string.Join('\n', hit)).SetArgDisplayNames(name);

    public static IEnumerable<TestCaseData> Cases =>
        [
            Case("an object", "[Instrument] static object F() => new object();", $"object | new object() | 1 | {Object}"),
            Case("an array", "[Instrument] static object F() { var a = new byte[100]; return a; }", $"array | new byte[100] | 1 | {ArrayOf(100)}"),
            Case(
                "an array without new",
                "[Instrument] static object F() { byte[] a = { 1, 2, 3, (byte)Environment.ProcessorCount }; return a; }",
                $"array | {{ 1, 2, 3, (byte)Environment.ProcessorCount }} | 1 | {ArrayOf(4)}",
                "call | Environment.ProcessorCount | 1 | 0"
            ),
            Case(
                "nested objects, each its own",
                "sealed class A(object b) { public object B = b; } [Instrument] static object F() => new A(new byte[8]);",
                $"object | new A(new byte[8]) | 1 | {Object}",
                $"array | new byte[8] | 1 | {ArrayOf(8)}"
            ),
            Case(
                "an initializer, whose object comes first",
                "sealed class A { public object B = null!; public object C = null!; } [Instrument] static object F() => new A { B = new byte[8], "
                    + "C = new byte[80] };",
                $"object | new A {{ B = new byte[8], C = new byte[80] }} | 1 | {Object + 8}",
                $"array | new byte[8] | 1 | {ArrayOf(8)}",
                $"array | new byte[80] | 1 | {ArrayOf(80)}"
            ),
            Case(
                "an array of arrays",
                "[Instrument] static object F() => new[] { new byte[8], new byte[80] };",
                $"array | new[] {{ new byte[8], new byte[80] }} | 1 | {ArrayOf(16)}",
                $"array | new byte[8] | 1 | {ArrayOf(8)}",
                $"array | new byte[80] | 1 | {ArrayOf(80)}"
            ),
            Case(
                "every pass of a loop",
                "static object s_o = null!; [Instrument] static void F() { for (int i = 0; i < 7; i++) s_o = new object(); }",
                $"object | new object() | 7 | {7 * Object}"
            ),
            Case("a box", "[Instrument] static object F() => 5;", $"boxing | 5 | 1 | {Object}"),
            Case(
                "a box for a parameter",
                "[MethodImpl(MethodImplOptions.NoInlining)] static int G(object o) { s_kept = o; return 1; } [Instrument] static int F(int i = "
                    + "3) => G(i);",
                "call | G(i) | 1 | 0",
                $"boxing | i | 1 | {Object}"
            ),
            Case(
                "a params array",
                "[MethodImpl(MethodImplOptions.NoInlining)] static int G(params object[] o) { s_kept = o; return 1; } [Instrument] static int "
                    + "F() => G(\"a\", \"b\");",
                "call | G(\"a\", \"b\") | 1 | 0",
                $"params array | G(\"a\", \"b\") | 1 | {ArrayOf(16)}"
            ),
            Case(
                "a params array of boxes",
                "[MethodImpl(MethodImplOptions.NoInlining)] static int G(params object[] o) { s_kept = o; return 1; } [Instrument] static int "
                    + "F() => G(1, 2);",
                "call | G(1, 2) | 1 | 0",
                $"params array | G(1, 2) | 1 | {ArrayOf(16)}",
                $"boxing | 1 | 1 | {Object}",
                $"boxing | 2 | 1 | {Object}"
            ),
            Case(
                "a closure and its delegate",
                "static Func<int> s_f = null!; [Instrument] static void F(int x = 1) { s_f = () => x; }",
                $"closure | captures x | 1 | {Object}",
                "delegate | () => x | 1 | 64"
            ),
            Case(
                "a closure of an inner scope",
                "static Func<int> s_f = null!; [Instrument] static void F() { for (int i = 0; i < 2; i++) { int x = i; s_f = () => x; } }",
                $"closure | captures x | 2 | {2 * Object}",
                "delegate | () => x | 2 | 128"
            ),
            Case(
                "a local function that is only called",
                "[Instrument] static int F() { int x = 1; return G() + G(); int G() => x; }",
                "call | G() | 1 | 0",
                "call | G() | 1 | 0"
            ),
            Case(
                "concatenation",
                "static string s_a = \"abc\"; [Instrument] static string F() => s_a + s_a + s_a;",
                $"concatenation | s_a + s_a + s_a | 1 | {StringOf(9)}"
            ),
            Case(
                "concatenation onto a variable",
                "static string s_a = \"abc\"; [Instrument] static void F() { string t = s_a; t += s_a; s_kept = t; }",
                $"concatenation | t += s_a | 1 | {StringOf(6)}"
            ),
            Case(
                "a string",
                "static string s_a = \"abc\"; [Instrument] static string F() => s_a.Substring(1);",
                $"call | s_a.Substring(1) | 1 | {StringOf(2)}"
            ),
            Case(
                "a range of a string",
                "static string s_a = \"abc\"; [Instrument] static string F() => s_a[1..];",
                $"call | s_a[1..] | 1 | {StringOf(2)}"
            ),
            Case(
                "an anonymous object",
                "[Instrument] static object F() => new { A = new byte[8] };",
                $"anonymous object | new {{ A = new byte[8] }} | 1 | {Object}",
                $"array | new byte[8] | 1 | {ArrayOf(8)}"
            ),
            Case(
                "a record with a change",
                "sealed record R(object A); static R s_r = new(1); [Instrument] static object F() => s_r with { A = new byte[8] };",
                $"with | s_r with {{ A = new byte[8] }} | 1 | {Object}",
                $"array | new byte[8] | 1 | {ArrayOf(8)}"
            ),
            Case(
                "a collection expression",
                "[Instrument] static int[] F(int i = 1) => [i, 2, 3];",
                $"collection expression | [i, 2, 3] | 1 | {ArrayOf(12)}"
            ),
            Case(
                "an object of the large heap",
                "[Instrument] static object F() => new byte[100_000];",
                $"array | new byte[100_000] | 1 | {ArrayOf(100_000)}"
            ),
            Case(
                "what a cold callee allocates",
                "static object G() => new object(); [Instrument] static object F() => G();",
                $"call | G() | 1 | {Object}"
            ),
            Case(
                "what a hot callee allocates is its own",
                "[Instrument] static object G() => new byte[8]; [Instrument] static object F() { object a = new object(); Keep(G()); return a; }",
                $"object | new object() | 1 | {Object}",
                "call | Keep(G()) | 1 | 0"
            ),
            Case(
                "a void call",
                "static object s_o = null!; static void G() => s_o = new object(); [Instrument] static void F(bool b = true) { if (b) G(); else "
                    + "s_o = 1; }",
                $"call | G() | 1 | {Object}"
            ),
            Case(
                "a void call of an arrow",
                "static object s_o = null!; static void G() => s_o = new object(); [Instrument] static void F() => G();",
                $"call | G() | 1 | {Object}"
            ),
            Case(
                "the steps of an interface's enumerator",
                "static IEnumerable<int> s_e = new List<int> { 1, 2 }; [Instrument] static int F() { int n = 0; foreach (int i in s_e) n += i; "
                    + "return n; }",
                "enumerator | foreach (s_e) | 3 | 40"
            ),
            Case(
                "a setter",
                "static object s_p = null!; static object P { get => s_p; set { s_p = new byte[8]; } } [Instrument] static void F() { P = null!; }",
                $"call | P = null! | 1 | {ArrayOf(8)}"
            ),
            Case("a getter", "static object P => new byte[8]; [Instrument] static object F() => P;", $"call | P | 1 | {ArrayOf(8)}"),
            Case(
                "a getter that only moves a value",
                "object P { get; } = 1; static readonly Sample s_s = new(); [Instrument] static object F() => s_s.P.ToString()!;",
                $"call | s_s.P.ToString() | 1 | 0"
            ),
            Case(
                "a conditional access",
                "static string? s_a = \"abc\"; [Instrument] static string? F() => s_a?.Substring(1).Substring(1);",
                $"call | s_a?.Substring(1).Substring(1) | 1 | {StringOf(2) + StringOf(1)}"
            ),
            Case(
                "a conditional access of what another site gives",
                "static string s_a = \"abc\"; [Instrument] static string? F() => s_a.Substring(2)?.PadLeft(9);",
                $"call | s_a.Substring(2) | 1 | {StringOf(1)}",
                $"call | s_a.Substring(2)?.PadLeft(9) | 1 | {StringOf(9)}"
            ),
        ];

    [TestCaseSource(nameof(Cases))]
    public void Gets_what_it_allocates(string members, string hit)
    {
        var sites = Run(members, members.Contains("void F(", StringComparison.Ordinal) ? "F();" : "Keep(F());");

        Assert.That(sites.Hit, Is.EqualTo(hit));
        Assert.That(sites.UnattributedBytes, Is.Zero);
        sites.MustClose();
    }

    [Test]
    public void An_exception_half_way_loses_nothing()
    {
        var sites = Run(
            "static object Throw() { object o = new byte[8]; throw new InvalidOperationException(o.ToString()); } "
                + "[Instrument] static object F(bool c = true) { Keep(new byte[8]); try { Throw(); } catch (InvalidOperationException) { Keep(new byte[80]); } return Throw(); }",
            "try { F(); } catch (InvalidOperationException) { }"
        );

        Assert.That(sites.Sites.Single(static site => site.Kind == "exception") is { Hits: 2, Bytes: > 300 });
        Assert.That(sites.Sites.Where(static site => site.Kind == "array").Select(static site => site.Bytes), Is.EqualTo([32, 104]));
        Assert.That(sites is { UnattributedBytes: 0, Failures: 1 });
        sites.MustClose();
    }

    [Test]
    public void A_finally_that_an_exception_reaches_has_its_own_bytes_only()
    {
        var sites = Run(
            "static object Throw() { Keep(new byte[800]); throw new InvalidOperationException(); } [Instrument] static void F() { try { Throw(); "
                + "} finally { Keep(new byte[8]); } }",
            "try { F(); } catch (InvalidOperationException) { }"
        );

        Assert.That(sites.Sites.Single(static site => site.Kind == "array").Bytes, Is.EqualTo(ArrayOf(8)));
        Assert.That(sites.Sites.Single(static site => site.Kind == "exception").Bytes, Is.GreaterThan(ArrayOf(800)));
        sites.MustClose();
    }

    [Test]
    public void An_array_whose_element_throws_is_counted()
    {
        var sites = Run(
            "static object Throw() => throw new InvalidOperationException(); [Instrument] static object F() => new[] { new object(), Throw() };",
            "try { F(); } catch (InvalidOperationException) { }"
        );

        Assert.That(sites.Sites.First(static site => site.Kind == "array") is { Hits: 1, AllocatingHits: 1, Bytes: 40 });
        sites.MustClose();
    }

    [Test]
    public void A_site_knows_its_place_in_the_users_file()
    {
        var sites = Run("\n    [Instrument] static object F() => /* here */ new object();", "F();");

        Assert.That(sites.Sites[0] is { Line: 4, Column: 50 }, sites.Sites[0].ToString());
    }

    [TestCase("static object G() => new object();", "G()", "own")]
    [TestCase("static Func<object> s_f = () => new object();", "s_f()", "delegate")]
    [TestCase("delegate object Maker(); static Maker s_m = () => new object();", "s_m.Invoke()", "delegate")]
    [TestCase("static string s_a = \"abc\";", "s_a.Substring(1)", "framework")]
    [TestCase("static System.Collections.Concurrent.ConcurrentDictionary<int, int> s_d = new();", "s_d.Values", "framework")]
    [TestCase("static IEnumerable<int> s_e = [1];", "s_e.GetEnumerator()", "abstract")]
    [TestCase("interface I { object M(); } sealed class C : I { public object M() => 1; } static I s_i = new C();", "s_i.M()", "abstract")]
    [TestCase("static object s_o = \"abc\";", "s_o.GetHashCode()", "abstract")]
    [TestCase("", "new object()", "")]
    public void A_site_knows_whose_the_callee_is(string members, string expression, string origin)
    {
        var sites = Run($"{members} [Instrument] static object F() => {expression};", "Keep(F());");

        Assert.That(sites.Sites.Single(site => site.Text == expression && site.Kind != "boxing").Origin, Is.EqualTo(origin));
    }

    [Test]
    public void What_was_never_reached_is_listed()
    {
        var sites = Run("[Instrument] static object F(bool b = false) => b ? new object() : null!;", "F();");

        Assert.That(sites.Sites[0] is { Kind: "object", Type: "object", Hits: 0, Bytes: 0 });
    }

    [Test]
    public void Large_objects_are_counted_apart()
    {
        var sites = Run("[Instrument] static object F() => new byte[100_000]; ", "Keep(F());");

        Assert.That(sites.Sites[0].LargeObjectHits, Is.EqualTo(1));
    }

    [Test]
    public void Recursion_gives_each_call_its_own()
    {
        var sites = Run("[Instrument] static object F(int n = 3) { object o = new object(); Keep(o); return n == 0 ? o : F(n - 1); }", "F();");

        Assert.That(sites.Hit, Is.EqualTo($"object | new object() | 4 | {4 * Object}\ncall | Keep(o) | 4 | 0"));
        Assert.That(sites.InclusiveBytes, Is.EqualTo(4 * Object));
    }

    [Test]
    public void An_iterator_has_sites_in_every_step()
    {
        var sites = Run(
            "[Instrument] static IEnumerable<object> F() { yield return new byte[8]; for (int i = 0; i < 2; i++) yield return new object(); }",
            "foreach (object o in F()) Keep(o);"
        );

        Assert.That(
            sites.Sites.Select(static site => $"{site.Kind} {site.Hits} {site.Bytes}"),
            Is.EqualTo(["array 1 32", $"object 2 {2 * Object}", "state machine 1 40", "exception 0 0"])
        );
        sites.MustClose();
    }

    internal static RecordedSites Run(string members, string run, string method = "F")
    {
        string source = $$"""
            public class Sample
            {
            {{members}}
                static string s_log = "";
                static object? s_kept;
                [MethodImpl(MethodImplOptions.NoInlining)] static void Keep(object? o) => s_kept = o;
                public static string Run() { {{run}} return s_log; }
            }
            """;
        using var sample = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).Load();
        // The first run makes what is made only once: literals, statics, delegates that are kept.
        sample.Run();
        HotPath.Reset();
        sample.Run();
        return Recording.SitesOf(sample.Name, method);
    }
}
