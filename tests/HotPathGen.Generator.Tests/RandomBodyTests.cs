using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Random bodies, for cases that nobody thought of. Each combines statements and expressions, and runs as original and as instrumented body.
/// </summary>
public sealed class RandomBodyTests
{
    private const int Bodies = 32;

    /// <summary>Makes the bytes those of the source. Optimized code keeps some objects off the heap, depending on the code around them.</summary>
    private const string Unoptimized = "[MethodImpl(MethodImplOptions.NoOptimization)]";

    /// <summary>The code that the bodies call. It notes each call, so that a trace shows the order.</summary>
    private const string Common = """
        using System.Text;
        [System.Runtime.CompilerServices.InterpolatedStringHandler]
        public struct Handler
        {
            readonly StringBuilder _text;
            public Handler(int literalLength, int formattedCount) { _text = new(); }
            public void AppendLiteral(string s) => _text.Append(s);
            public void AppendFormatted<T>(T t) => _text.Append('<').Append(t).Append('>');
            public override string ToString() => _text.ToString();
        }
        public sealed class P(int x)
        {
            public int X = x; public int Y { get; set; } public string Name { get => _name; set { Sample.N("set" + value); _name = value; } } string _name = "";
            public static P Maybe(int x) => x % 2 == 0 ? null : new P(x);
            public P Next(int n) => new P(X + n);
            public void Deconstruct(out int a, out string b) { a = X; b = "d" + X; }
            public override string ToString() => $"P{X}{Y}{_name}";
        }
        public sealed record R(int A, string B);
        public readonly struct V(int x) { public readonly int X = x; public static V operator +(V a, V b) => new(Sample.I(a.X) + b.X); public static explicit operator V(int x) => new(Sample.I(x)); }
        public sealed class Bag : System.Collections.IEnumerable { public int Sum; public void Add(params int[] items) { foreach (int item in items) Sum = (Sum + item) % 1000; } public System.Collections.IEnumerator GetEnumerator() => null; }
        [Instrument] public sealed class Row(int n) { public Steps GetEnumerator() => new(n); public struct Steps(int n) { int _at; public (int, int) Current => (n % 100, _at); public bool MoveNext() => ++_at < 3; } }
        public static class More
        {
            public static string Each<T>(this List<T> list, Action<T> each = null, Action end = null) { each?.Invoke(list[0]); return "function"; }
            public static string Each<T, TState>(this List<T> list, TState state, Action<T, TState> each = null, Action end = null) => "state";
        }
        public sealed class D(string name) : IDisposable { public void Dispose() => Sample.N("bye" + name); }
        """;

    private const string Members = """
            public static readonly StringBuilder Notes = new(1 << 16);
            internal static int s_field = 5;
            public static void N(string text) => Notes.Append(text).Append(' ');
            public static int I(int value) { N("i" + value); return value; }
            internal static string S(string value) { N("s" + value); return value + "."; }
            internal static void G(int value) => N("g" + value);
            internal static string Null(string value) => value.Length > 3 ? null : value;
            internal static int Sum(params int[] values) => values.Sum();
            internal static int Length(params object[] values) => values.Length + string.Concat(values).Length;
            internal static bool Try(int x, out int y) { y = x + 1; return x % 2 == 0; }
            internal static ref int Ref() => ref s_field;
            internal static readonly HashSet<Delegate> s_kept = [];
            internal static string Kept(Func<int, int> f) { s_kept.Add(f); return "kept" + f(1); }
            internal static string Handled(Handler h) => h.ToString();
            internal static string Named(int x, [CallerArgumentExpression(nameof(x))] string text = "") { N(text); return text; }
            internal static IEnumerable<int> Count(int n) { for (int i = 0; i < n; i++) { N("next" + i); yield return i; } }
            internal static async Task<T> A<T>(T value) { N("a" + value); if (Notes.Length % 2 == 0) await Task.Yield(); return value; }
            [Instrument] internal static int Hot(int x) { object o = new byte[x & 7]; N("hot"); return ((byte[])o).Length * 0 + x; }
        """;

    [Test]
    public void An_instrumented_body_of_any_form_does_what_the_original_does([Values(1u, 2u)] uint seed)
    {
        string[] bodies = [.. Enumerable.Range(0, Bodies).Select(i => RandomBody.Of(KindOf(i), 3).Generate(new PCG(seed, (ulong)i), null, out _))];
        string source = Source(bodies);
        string[] plain = Run(source, measured: false, out _),
            probing = Run(source, measured: true, out string name);

        Assert.That(probing, Has.Length.EqualTo(plain.Length).And.Length.EqualTo(Bodies));
        for (int i = 0; i < Bodies; i++)
        {
            Assert.That(probing[i], Is.EqualTo(plain[i]), bodies[i]);
            var sites = Recording.SitesOf(name, "F" + i);
            sites.MustClose();
            Assert.That(sites.Sites.Select(static site => site.Bytes), Is.Not.Empty.And.All.GreaterThanOrEqualTo(0), bodies[i]);
        }
    }

    [Test]
    public void Top_level_statements_do_what_they_do_in_production([Values(1u, 2u)] uint seed)
    {
        var kind = seed % 2 == 0 ? RandomKind.Async : RandomKind.Call;
        string body = RandomBody.Of(kind, 3).Generate(new PCG(seed), null, out _);
        string program = $"int b = 3; string s = \"xy\"; List<int> list = [1, 2]; {body} N(s + b);";
        string plain = RunMain(program, measured: false, out _),
            measured = RunMain(program, measured: true, out string name);

        Assert.That(measured, Is.EqualTo(plain).And.Not.Empty, body);
        var recorded = Recording.Of(name);
        Assert.That(recorded["{Main}$"].Calls, Is.EqualTo(1));
        foreach (string function in recorded.Where(static row => row.Value is { Form: "function", HasSites: true }).Select(static row => row.Key))
        {
            Recording.SitesOf(name, function).MustClose();
        }
    }

    /// <summary>Runs a program in which everything is hot. Gives back its trace.</summary>
    private static string RunMain(string statements, bool measured, out string name)
    {
        name = Project.UniqueName();
        using var sample = Build
            .Of(
                new([
                    $"#pragma warning disable\nusing static Sample;\n[assembly: Instrument]\n{statements}\n",
                    $"#pragma warning disable\n{Common}\npublic static class Sample {{ {Members} }}",
                ])
                {
                    IsMeasured = measured,
                    Name = name,
                    Nullable = NullableContextOptions.Disable,
                    Output = OutputKind.ConsoleApplication,
                }
            )
            .Load();
        string end = "";
        try
        {
            sample.Assembly.EntryPoint!.Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        }
        catch (InvalidOperationException e)
        {
            end = e.Message;
        }

        return sample.Assembly.GetType("Sample")!.GetField("Notes")!.GetValue(null) + end;
    }

    private static RandomKind KindOf(int i) =>
        (i % 4) switch
        {
            2 => RandomKind.Async,
            3 => RandomKind.Iterator,
            _ => RandomKind.Call,
        };

    private static string[] Run(string source, bool measured, out string name)
    {
        name = Project.UniqueName();
        using var sample = Build
            .Of(
                new([source])
                {
                    IsMeasured = measured,
                    Name = name,
                    Nullable = NullableContextOptions.Disable,
                }
            )
            .Load();
        return sample.Run().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Source(string[] bodies)
    {
        var text = new StringBuilder("#pragma warning disable\n")
            .Append(Common)
            .Append("\npublic static class Sample\n{\n")
            .Append(Members)
            .Append('\n');
        for (int i = 0; i < bodies.Length; i++)
        {
            text.Append(
                KindOf(i) switch
                {
                    RandomKind.Async =>
                        $"{Unoptimized} [Instrument] static async Task<string> F{i}(int b, string s, List<int> list) {{ {bodies[i]} await "
                            + $"Task.Yield(); return s + b; }}\n",
                    RandomKind.Iterator =>
                        $"{Unoptimized} [Instrument] static IEnumerable<string> F{i}(int b, string s, List<int> list) {{ {bodies[i]} yield "
                            + $"return s + b; }}\n",
                    _ => $"{Unoptimized} [Instrument] static string F{i}(int b, string s, List<int> list) {{ {bodies[i]} return s + b; }}\n",
                }
            );
        }

        // The bytes are those of a second call. Objects that are made only once have been made by the first call. A call that throws has no bytes
        // here, because the bytes of an exception depend on the frames that it passes. Nor has a call of an iterator: what observes its steps
        // takes memory, too.
        text.Append(
            """
            static string One(Func<string> run, bool sameThread)
            {
                string result = Once(run);
                Notes.Clear();
                long before = GC.GetAllocatedBytesForCurrentThread();
                bool completed = true;
                try { run(); } catch (Exception) { completed = false; }
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                return (result + " | " + (completed && sameThread ? bytes + " B" : "-")).Replace("\n", " ") + "\n";
            }

            static string Once(Func<string> run)
            {
                Notes.Clear();
                string result;
                try { result = run(); } catch (Exception e) { result = e.GetType().Name + e.Message; }
                return result + " | " + Notes;
            }

            """
        );
        text.Append("public static string Run()\n{\nvar all = new StringBuilder();\n");
        for (int i = 0; i < bodies.Length; i++)
        {
            string call = $"F{i}(3, \"xy\", new List<int> {{ 1, 2 }})";
            text.Append(
                CultureInfo.InvariantCulture,
                $"all.Append(One(() => {KindOf(i) switch { RandomKind.Async => call + ".GetAwaiter().GetResult()", RandomKind.Iterator => $"string.Concat({call})", _ => call }}, {(KindOf(i) == RandomKind.Call && !bodies[i].Contains("yield", StringComparison.Ordinal) ? "true" : "false")}));\n"
            );
        }

        return text.Append("return all.ToString();\n}\n}\n").ToString();
    }
}
