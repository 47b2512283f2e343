using HotPathGen.Generator.Emission;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Lambdas and local functions in hot methods are rows of their own, with calls, bytes and sites. They do what they do in production.
/// </summary>
public sealed class FunctionTests
{
    private const string Members = """
            public static int Seen;
            public static byte[] Make(int n) => new byte[n];
            public static T Call<T>(Func<T> f) => f();
        """;

    [TestCase("an expression", "Func<int, string> f = x => x + \"!\"; return f(1) + f(2);", "lambda1 2")]
    [TestCase("a block", "Func<int, long> f = x => { if (x > 1) return x; return Make(x).Length; }; return $\"{f(1)}{f(2)}\";", "lambda1 2")]
    [TestCase("an action", "Action<int> f = x => Seen += Make(x).Length; f(1); f(2); f(3); return \"\";", "lambda1 3")]
    [TestCase("an action with a block", "Action f = () => { if (Seen < 0) return; Make(1); }; f(); return \"\";", "lambda1 1")]
    [TestCase("a static lambda", "Func<int, object> f = static x => (object)x; return f(1).ToString()!;", "lambda1 1")]
    [TestCase("a capturing lambda", "int n = 3; Func<object> f = () => n++; f(); f(); return n.ToString();", "lambda1 2")]
    [TestCase("an anonymous method", "Func<int, byte[]> f = delegate(int x) { return Make(x); }; return f(2).Length.ToString();", "lambda1 1")]
    [TestCase("a natural type", "var f = (int x) => Make(x); return f(2).Length.ToString();", "lambda1 1")]
    [TestCase("a target-typed value", "Func<List<int>> f = () => [1, 2]; return f().Count.ToString();", "lambda1 1")]
    [TestCase("a null", "Func<int, object?> f = x => Make(x).Length > 0 ? null : null; return $\"{f(1)}\";", "lambda1 1")]
    [TestCase("a ref parameter", "M f = (ref int x) => x += Make(x).Length; int n = 2; f(ref n); return n.ToString();", "lambda1 1")]
    [TestCase("a params parameter", "var f = (params int[] all) => Make(all.Length); return f(1, 2).Length.ToString();", "lambda1 1")]
    [TestCase("a default value", "var f = (int x = 4) => Make(x); return f().Length.ToString();", "lambda1 1")]
    [TestCase("a ref return", "R f = all => ref Get(all); int[] n = [1]; f(n) = 5; return n[0].ToString();", "lambda1 1")]
    [TestCase("a nested lambda", "Func<int, Func<object>> f = x => () => x; return $\"{f(1)()}{f(2)()}\";", "lambda1 2,lambda2 2")]
    [TestCase(
        "an exception",
        "Action f = () => throw new InvalidOperationException(\"no\"); try { f(); } catch (Exception e) { return e.Message; } return \"\";",
        "lambda1 1 failed 1"
    )]
    [TestCase(
        "an anonymous type",
        "return string.Concat(new[] { 1, 2 }.Select(i => new { I = i, S = Make(i) }).Select(p => p.S.Length + p.I));",
        "lambda1 2,lambda2 2"
    )]
    [TestCase("in a query", "return string.Concat(from i in new[] { 1, 2 } select Call(() => Make(i).Length));", "lambda1 2")]
    [TestCase(
        "in clauses of several queries",
        "int n = 2; return string.Concat(from i in new[] { 1, 2 } let f = (Func<int>)(() => Make(i).Length) where new[] { i }.Any(x => Call(() => Make(x + n).Length) > 0) orderby Call(() => Make(i).Length) select (from j in new[] { i } select Call(() => Make(j).Length) + f()).Sum());",
        "lambda1 2,lambda2 2,lambda3 2,lambda4 2,lambda5 2"
    )]
    [TestCase(
        "in a query that is an expression tree",
        "return (from i in new[] { 1, 2 }.AsQueryable() where new[] { i }.Any(x => Make(x).Length > 0) select i).Count().ToString();",
        ""
    )]
    [TestCase("an expression tree", "System.Linq.Expressions.Expression<Func<int, object>> e = x => Make(x); return e.ToString();", "")]
    [TestCase("only moved values", "int n = 1; Func<int> f = () => n; return f().ToString();", "")]
    [TestCase("a local function", "return Local(3); string Local(int n) => n == 0 ? \"\" : Local(n - 1) + n;", "Local 4")]
    [TestCase("a generic local function", "return Local(3) + Local(\"a\"); string Local<T>(T value) => $\"{value}\";", "Local 2")]
    [TestCase("a local function that is left out", "return Local(); [DoNotInstrument] string Local() => Make(3).Length.ToString();", "")]
    [TestCase(
        "a local iterator",
        "return string.Concat(Local(3)); IEnumerable<string> Local(int n) { for (int i = 0; i < n; i++) yield return \"a\" + i; }",
        "Local 1"
    )]
    [TestCase(
        "an async lambda",
        "Func<int, Task<string>> f = async x => { await Task.Yield(); return \"a\" + x; }; return f(1).Result + f(2).Result;",
        "lambda1 2"
    )]
    [TestCase(
        "an async expression",
        "Func<Task<int>> f = async () => await Task.FromResult(Make(2).Length); return f().Result.ToString();",
        "lambda1 1"
    )]
    [TestCase(
        "an async lambda without a result",
        "Func<Task> f = async () => { await Task.Yield(); Make(1); }; f().Wait(); return \"\";",
        "lambda1 1"
    )]
    [TestCase(
        "an async local function",
        "return Local(1).Result; async Task<string> Local(int n) { await Task.Yield(); return \"a\" + n; }",
        "Local 1"
    )]
    [TestCase(
        "an async local iterator",
        "return Sum().Result; async Task<string> Sum() { string all = \"\"; await foreach (var s in Local(2)) all += s; return all; } async IAsyncEnumerable<string> Local(int n) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return \"a\" + i; } }",
        "Local 1,Sum 1"
    )]
    [TestCase(
        "discards",
        "Func<int, int, Task<string>> f = async (_, _) => { await Task.Yield(); return \"a\" + Seen; }; return f(1, 2).Result;",
        "lambda1 1"
    )]
    [TestCase(
        "an overload that async chose",
        "return Task.Run(async () => { await Task.Yield(); return Make(2).Length; }).Result.ToString();",
        "lambda1 1"
    )]
    public void A_function_is_a_row_of_its_own(string form, string body, string rows)
    {
        string source = $$"""
            public delegate int M(ref int x);
            public delegate ref int R(int[] all);
            public class Sample
            {
            {{Members}}
                static ref int Get(int[] all) { Make(1); return ref all[0]; }
                [Instrument] static string Hot() { {{body}} }
                public static string Run() => Hot();
            }
            """;
        using var plain = Build.Of(new([source]) { Name = Project.UniqueName() }).MustCompile().Load();
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo(plain.Run()), form);

        var recorded = Recording.Of(measured.Name);
        Assert.That(recorded["Hot"].Calls, Is.EqualTo(1));
        Assert.That(
            string.Join(
                ',',
                recorded
                    .Where(static row => row.Key != "Hot")
                    .OrderBy(static row => row.Key, StringComparer.Ordinal)
                    .Select(static row => $"{row.Key} {row.Value.Calls}{(row.Value.Failures > 0 ? $" failed {row.Value.Failures}" : "")}")
            ),
            Is.EqualTo(rows)
        );
        foreach (string function in recorded.Keys.Where(static name => name != "Hot"))
        {
            Recording.SitesOf(measured.Name, function).MustClose();
        }
    }

    [TestCase(
        "a marked lambda in a cold method",
        "public static string Cold() { Func<int, byte[]> f = [Instrument] (x) => { if (x > 5) return Make(1); return Make(x); }; return f(2).Length + \"\" + f(7).Length; }",
        "Cold()",
        "lambda1 2"
    )]
    [TestCase(
        "an action that is marked",
        "public static string Cold() { Action f = [Instrument] () => { if (Seen < 0) return; Make(1); }; f(); return \"\"; }",
        "Cold()",
        "lambda1 1"
    )]
    [TestCase(
        "an exception",
        "public static string Cold() { Func<int> f = [Instrument] () => { Make(1); throw new InvalidOperationException(\"no\"); }; try { return f().ToString(); } catch (InvalidOperationException e) when (e.Message == \"no\") { return e.Message; } }",
        "Cold()",
        "lambda1 1 failed 1"
    )]
    [TestCase(
        "lambdas in a constructor",
        "class C { readonly int _n; [Instrument] public C() { Func<int, byte[]> f = x => { return Make(x); }; Func<int> g = delegate { foreach (var b in f(3)) { Seen += b; } return f(4).Length; }; _n = g() + Local(); int Local() => Make(5).Length; } public int N => _n; }",
        "new C().N + \"\"",
        "#ctor 1,Local 1,lambda1 2,lambda2 1"
    )]
    [TestCase(
        "a lambda within a lambda",
        "public static string Cold() { Func<int, Func<byte[]>> f = [Instrument] (x) => { return () => { return Make(x); }; }; return f(2)().Length + \"\"; }",
        "Cold()",
        "lambda1 1,lambda2 1"
    )]
    [TestCase(
        "a parameter of the primary constructor",
        "[Instrument] class C(int n) { public Func<byte[]> F = () => { return Make(n); }; }",
        "new C(3).F().Length + \"\"",
        "#ctor 1,lambda1 1"
    )]
    [TestCase(
        "expressions in a constructor",
        "class C { readonly int _n; [Instrument] public C(int n) { Func<int, byte[]> f = x => Make(x + n); Action<int> g = x => Seen += Make(x).Length; Func<object?> h = () => null ?? (object)Make(n); Func<long> w = () => Make(n).Length; g(2); _n = f(3).Length + h()!.GetHashCode() * 0 + (int)w(); } public int N => _n; }",
        "new C(1).N + \"\"",
        "#ctor 1,lambda1 1,lambda2 1,lambda3 1,lambda4 1"
    )]
    [TestCase(
        "statements that are expressions",
        "public static string Cold() { int n = 0; int[] a = [1]; Action inc = [Instrument] () => a[n]++; Func<int> value = [Instrument] () => a[n]++; Action made = [Instrument] () => new List<int>(3); Action? none = null; Action maybe = [Instrument] () => none?.Invoke(); inc(); made(); maybe(); return value() + \" \" + a[0]; }",
        "Cold()",
        "lambda1 1,lambda2 1,lambda3 1,lambda4 1"
    )]
    [TestCase(
        "natural types and parameters of every kind",
        "public delegate void R(ref int x); public static string Cold() { var f = [Instrument] (int x = 3, params int[] rest) => Make(x + rest.Length).Length; R r = [Instrument] (ref x) => x += Make(x).Length; int n = 2; r(ref n); return $\"{f()} {f(1, 2, 3)} {n}\"; }",
        "Cold()",
        "lambda1 2,lambda2 1"
    )]
    [TestCase(
        "references",
        "public delegate ref int R(int[] all); public delegate ref readonly int Q(int[] all); static ref int Get(int[] all) => ref all[0]; public static string Cold() { R r = [Instrument] (all) => ref Get(all); Q q = [Instrument] (all) => ref Get(all); int[] n = [1]; r(n) = 5; return n[0] + \" \" + q(n); }",
        "Cold()",
        "lambda1 1,lambda2 1"
    )]
    [TestCase(
        "spans",
        "public delegate ReadOnlySpan<char> Cut(ReadOnlySpan<char> text); public static string Cold() { Cut cut = [Instrument] static (text) => text.Slice(1); return cut(\"abc\").ToString(); }",
        "Cold()",
        "lambda1 1"
    )]
    [TestCase(
        "types without a name",
        "public static string Cold() => string.Concat(new[] { 1, 2 }.Select([Instrument] (i) => new { I = i, S = Make(i) }).Select([Instrument] (p) => p.S.Length + p.I));",
        "Cold()",
        "lambda1 2,lambda2 2"
    )]
    [TestCase(
        "a throw expression",
        "public static string Cold() { Func<int> f = [Instrument] () => throw new InvalidOperationException(\"no\"); Action g = [Instrument] () => throw new InvalidOperationException(\"no\"); try { g(); } catch (InvalidOperationException) { } try { return f().ToString(); } catch (InvalidOperationException e) when (e.Message == \"no\") { return e.Message; } }",
        "Cold()",
        "lambda1 1 failed 1,lambda2 1 failed 1"
    )]
    [TestCase(
        "an exception of an expression",
        "static int Fail() => throw new InvalidOperationException(\"no\"); public static string Cold() { Func<int> f = [Instrument] () => Fail(); Action g = [Instrument] () => Fail(); Func<object> h = [Instrument] () => new { F = Fail() }; int n = 0; foreach (var call in new Action[] { g, () => f(), () => h() }) { try { call(); } catch (InvalidOperationException) { n++; } } return n.ToString(); }",
        "Cold()",
        "lambda1 1 failed 1,lambda2 1 failed 1,lambda3 1 failed 1"
    )]
    [TestCase(
        "expressions in expressions",
        "public static string Cold() { Func<int, Func<int, byte[]>> f = [Instrument] (x) => y => Make(x + y); return f(2)(3).Length + \"\"; }",
        "Cold()",
        "lambda1 1,lambda2 1"
    )]
    [TestCase(
        "overloads that differ by the result of a lambda",
        "static string Take(Func<int> f) => \"int\" + f(); static string Take(Func<Task<int>> f) => \"task\" + f().Result; static string Take(Action f) { f(); return \"none\"; } public static string Cold() => Take([Instrument] () => Make(1).Length) + Take([Instrument] async () => { await Task.Yield(); return Make(2).Length; }) + Take([Instrument] () => Array.Clear(Make(3)));",
        "Cold()",
        "lambda1 1,lambda2 1,lambda3 1"
    )]
    [TestCase(
        "expression trees",
        "class C { readonly string _n; [Instrument] public C() { System.Linq.Expressions.Expression<Func<int, object>> e = x => Make(x); var q = new[] { 1 }.AsQueryable().Where(x => new[] { x }.Any(y => Make(y).Length > 0)); var r = from x in new[] { 1 }.AsQueryable() where new[] { x }.Any(y => Make(y).Length > 0) select x; _n = e + q.Expression.ToString() + r.Count(); } public string N => _n; }",
        "new C().N",
        "#ctor 1"
    )]
    [TestCase(
        "lambdas in a query",
        "class C { readonly int _n; [Instrument] public C() { _n = (from i in new[] { 1, 2 } where new[] { i }.Any(x => Make(x).Length > 0) select i).Count(); } public int N => _n; }",
        "new C().N + \"\"",
        "#ctor 1,lambda1 2"
    )]
    [TestCase(
        "async lambdas in a constructor",
        "class C { readonly int _n; [Instrument] public C(int n) { Func<int, Task<int>> f = async x => { await Task.Yield(); return Make(x + n).Length; }; Func<Task<int>> g = async () => await f(4); Func<int, int, ValueTask> h = async (_, _) => await Task.Yield(); Func<int, Task<int>> old = async delegate (int x) { await Task.Yield(); return Make(x).Length; }; Func<int, Task> bare = async delegate { await Task.Yield(); Seen += n; }; h(1, 2).AsTask().Wait(); bare(1).Wait(); _n = f(3).Result + g().Result + old(2).Result; } public int N => _n; }",
        "new C(1).N + \"\"",
        "#ctor 1,lambda1 2,lambda2 1,lambda3 1,lambda4 1,lambda5 1"
    )]
    [TestCase(
        "async lambdas that fail",
        "public static string Cold() { Func<Task<int>> f = [Instrument] async () => { await Task.Yield(); throw new InvalidOperationException(); }; Func<Task> g = [Instrument] async () => throw new InvalidOperationException(); int n = 0; foreach (var call in new Func<Task>[] { f, g }) { try { call().Wait(); } catch (AggregateException) { n++; } } return n.ToString(); }",
        "Cold()",
        "lambda1 1 failed 1,lambda2 1 failed 1"
    )]
    [TestCase(
        "async lambdas with other builders",
        "public static string Cold() { Func<ValueTask<int>> f = [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] async ValueTask<int> () => { await Task.Yield(); return 3; }; Action g = [Instrument] async () => Seen += Make(2).Length; g(); return f().AsTask().Result.ToString(); }",
        "Cold()",
        "lambda1 1,lambda2 1"
    )]
    [TestCase(
        "generic code",
        "public static string Cold() => Of(3) + Of(\"a\"); static string Of<T>(T value) { Func<T, List<T>> f = [Instrument] (x) => [x, value]; Func<T, Task<T>> g = [Instrument] async (x) => { await Task.Yield(); return x; }; return f(value).Count + \"\" + g(value).Result; }",
        "Cold()",
        "lambda1 2,lambda2 2"
    )]
    [TestCase(
        "expressions in the initializer of a parameter",
        "[Instrument] class C(int n) { public Func<byte[]> F = () => Make(n); public Func<Task<int>> G = async () => { await Task.Yield(); return Make(n).Length; }; }",
        "new C(3).F().Length + \"\" + new C(4).G().Result",
        "#ctor 2,lambda1 2"
    )]
    public void A_function_outside_pairs_is_measured_in_place(string form, string members, string value, string rows)
    {
        string source = $$"""
            public class Sample
            {
            {{Members}}
                {{members}}
                public static string Run() => {{value}};
            }
            """;
        using var plain = Build.Of(new([source]) { Name = Project.UniqueName() }).MustCompile().Load();
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo(plain.Run()), form);
        Assert.That(
            string.Join(
                ',',
                Recording
                    .Of(measured.Name)
                    .OrderBy(static row => row.Key, StringComparer.Ordinal)
                    .Select(static row => $"{row.Key} {row.Value.Calls}{(row.Value.Failures > 0 ? $" failed {row.Value.Failures}" : "")}")
            ),
            Is.EqualTo(rows)
        );
    }

    [Test]
    public void What_a_function_allocates_is_not_the_methods_own()
    {
        const string source = """
            public class Sample
            {
                [Instrument] static int Hot() { int n = 100; Func<int> f = () => new byte[n].Length; return f() + f(); }
                public static string Run() => Hot().ToString();
            }
            """;
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        measured.Run();

        var function = Recording.SitesOf(measured.Name, "lambda1");
        Assert.That(
            function.Sites.Where(static site => site.Bytes > 0).Select(static site => (site.Kind, site.Hits, site.Bytes)),
            Is.EqualTo([("array", 2L, 256L)])
        );
        Assert.That(function.SelfBytes, Is.EqualTo(256));
        Assert.That(Recording.SitesOf(measured.Name, "Hot").Sites.Sum(static site => site.Bytes), Is.LessThan(256));
        Assert.That(function.Contexts, Is.EqualTo(["Hot>lambda1"]));
    }

    [Test]
    public void The_object_for_a_captured_parameter_belongs_to_the_function()
    {
        const string source = """
            public class Sample
            {
                [Instrument] static int Hot() { Func<int, Func<int>> f = x => () => x; return f(1)(); }
                public static string Run() => Hot().ToString();
            }
            """;
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        measured.Run();

        Assert.That(
            Recording.SitesOf(measured.Name, "lambda1").Sites.Where(static site => site.Bytes > 0).Select(static site => site.Kind),
            Is.EquivalentTo(["closure", "delegate"])
        );
    }

    [TestCase("an expression", "int", "x => Make(x).Length", "f(128)")]
    [TestCase("an async lambda", "Task<int>", "async x => { await Task.Yield(); return Make(x).Length; }", "f(128).Result")]
    public void What_a_function_outside_pairs_allocates_is_its_own(string form, string type, string lambda, string call)
    {
        string source = $$"""
            public class Sample
            {
            {{Members}}
                sealed class C { readonly int _n; [Instrument] public C() { Func<int, {{type}}> f = {{lambda}}; _n = {{call}}; } public int N => _n; }
                public static string Run() => new C().N.ToString();
            }
            """;
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo("128"), form);
        Assert.That(Recording.BytesOf(measured.Name, "lambda1"), Is.GreaterThanOrEqualTo(152));
    }

    [Test]
    public void A_lambda_that_cannot_be_measured_is_named_with_the_reason()
    {
        var build = Build.Measured(
            """
            public class Sample
            {
                static T Of<T>(Func<Task<T>> f) => f().Result;
                readonly int _n;
                [Instrument] public Sample()
                {
                    _n = Of(async () => { await Task.Yield(); return new { A = 1 }; }).A;
                }
            }
            """
        );

        Assert.That(
            build.MustCompile().AdditionalTexts[0].GetText()!.ToString(),
            Is.EqualTo(
                "/src/Sample.cs\t7\tSample.lambda\tit takes or returns values of a type that cannot be named; let it call a method that does the work\n"
            )
        );
    }

    [Test]
    public void A_body_whose_functions_cannot_have_frames_keeps_its_sites()
    {
        const string source = """
            public class Sample
            {
                [Instrument] static int Hot() { Func<int> f = delegate { int __hotpath_completed = 100; return new byte[__hotpath_completed].Length; }; return f(); }
                public static string Run() => Hot().ToString();
            }
            """;
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo("100"));
        Assert.That(Recording.Of(measured.Name).Keys, Is.EqualTo(["Hot"]));
        var sites = Recording.SitesOf(measured.Name, "Hot");
        sites.MustClose();
        Assert.That(sites.Sites.Sum(static site => site.Bytes), Is.GreaterThanOrEqualTo(128));
    }

    [TestCase("int Local(int n) { Func<int> f = () => n; return f(); } return Local(1);", "int __hotpath_body")]
    [TestCase(
        "Func<int, Func<int>> f = [MethodImpl(MethodImplOptions.NoInlining)] (n) => () => n; return f(1)();",
        "global::System.Func<int> __hotpath_body"
    )]
    public void The_attributes_that_change_the_body_of_a_function_go_with_it(string body, string head)
    {
        const string attribute = "[MethodImpl(MethodImplOptions.NoInlining)]";
        if (!body.Contains(attribute, StringComparison.Ordinal))
        {
            body = $"{attribute} {body}";
        }

        var build = Build.Measured($$"""public class Sample { [Instrument] static int Hot() { {{body}} } }""");
        string copy = build.MustCompile().Print().Replace(" ", "", StringComparison.Ordinal);

        Assert.That(copy, Does.Contain((attribute + head).Replace(" ", "", StringComparison.Ordinal)));
    }

    [TestCase("Func<int, byte[]> f = static x => new byte[x];", "[Inlining] static (x) => {", "byte[] __hotpath_body(")]
    [TestCase("string Local(int n) => n + \"!\"; Func<int, string> f = Local;", "[Inlining] string Local(int n) {", "string __hotpath_body(")]
    public void The_frame_of_a_function_is_inlined_and_its_body_is_left_to_the_JIT(string body, string head, string moved)
    {
        var build = Build.Measured($$"""public class Sample { [Instrument] static void Hot() { {{body}} } }""");
        string copy = build.MustCompile().Print().Replace(PairEmitter.Inlined, "[Inlining]", StringComparison.Ordinal);

        Assert.That(copy, Does.Contain(head).And.Contain(moved));
    }

    [TestCase("app.Map(\"/orders\", () => new object());", "Hot.lambda:4 Map(\"/orders\")")]
    [TestCase("Func<object> f = () => new object();", "Hot.lambda:4 f")]
    [TestCase("app.Handler = () => new object();", "Hot.lambda:4 Handler")]
    [TestCase("app.Handler += delegate { return new object(); };", "Hot.lambda:4 Handler")]
    [TestCase("new App(() => new object());", "Hot.lambda:4 new App")]
    [TestCase("app.Map(\"/orders\", Local); object Local() => new();", "Hot().Local")]
    public void A_function_is_named_by_its_place_and_by_what_it_is_for(string statement, string name)
    {
        var build = Build.Measured(
            $$"""
            public class App { public App(Func<object>? f = null) { } public void Map(string path, Func<object> f) { } public Func<object>? Handler; }
            public class Sample
            {
                [Instrument] static void Hot() { App app = new(); {{statement}} }
            }
            """
        );

        Assert.That(build.MustCompile().Print(), Does.Contain($"\"Sample.{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
    }
}
