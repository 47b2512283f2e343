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
    [TestCase("in a query", "return string.Concat(from i in new[] { 1, 2 } select Call(() => Make(i).Length));", "")]
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
