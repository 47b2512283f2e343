using System.Globalization;
using System.Text;
using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Bodies of every form. The instrumented body does the same as production's body, in the same order and with the same result. All bodies are
/// compiled once in each way, and each test looks at one of them.
/// </summary>
public sealed class InstrumentedBodyTests
{
    private static readonly Lazy<string> s_output = new(() =>
    {
        using var sample = Build.Of(Everything()).Load();
        return sample.Run();
    });

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_production = new(() => Results(s_output.Value));
    private static readonly Lazy<(IReadOnlyDictionary<string, string> Results, ILookup<string, Instrumented> InstrumentedBodies)> s_measured = new(
        () =>
        {
            var results = Run(out string name);
            return (results, InstrumentedBodies(name));
        }
    );

    /// <summary>The code that the bodies use. It notes everything that happens, in order.</summary>
    private const string Common = """
        #pragma warning disable
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.ComponentModel;
        using System.Dynamic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Reflection;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using HotPathGen;
        using static Trace;
        using Alias = System.Collections.Generic.Dictionary<string, int>;

        public static class Trace
        {
            public static readonly StringBuilder Notes = new();
            public static void Note(string text) => Notes.Append(text).Append(' ');
            public static T V<T>(T value) { Notes.Append(value).Append(' '); return value; }
            public static T? Null<T>(T? value) where T : class { Note("null"); return null; }
            public static string S(string value) { Note(value); return value + "."; }
            public static int I(int value) { Note(value.ToString()); return value; }
            public static T Quiet<T>(T value) => value;
            public static bool B(bool value) { Note(value ? "t" : "f"); return value; }
            public static A Make(int n) { Note("make" + n); return new A(n); }
            public static A? Maybe(int n) { Note("maybe" + n); return n < 0 ? null : new A(n); }
            public static IEnumerable<int> Count(int n) { for (int i = 0; i < n; i++) { Note("next" + i); yield return i; } }
            public static object Show(params object?[] values) => string.Join(",", values.Select(Text));
            public static string Text(object? value) => value switch
            {
                null => "null",
                string text => text,
                IDictionary map => "{" + string.Join(";", map.Keys.Cast<object?>().Zip(map.Values.Cast<object?>(), (k, v) => Text(k) + "=" + Text(v))) + "}",
                IEnumerable list => "[" + string.Join(";", list.Cast<object?>().Select(Text)) + "]",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            };
            public static string Member([CallerMemberName] string name = "") => name + ".";
            public static string Line([CallerLineNumber] int line = 0, [CallerFilePath] string file = "") => line + Path.GetFileName(file);
            public static string Written(object? value, [CallerArgumentExpression(nameof(value))] string text = "") => text + "=" + Text(value);
            public static string Spread(string format, params object?[] values) { Note(format); return format + Text(values); }
            public static string SpreadSpan(params ReadOnlySpan<string> values) => string.Join("/", values.ToArray());
            public static string SpreadList(params List<object> values) => Text(values);
            public static string Pick(object value) => "object";
            public static string Pick(int value) => "int";
            public static string Pick(long value) => "long";
            public static string Pick(Func<int> value) => "func" + value();
            public static string Pick(Action value) => "action";
            public static string Twice<T>(T value, Func<T, T> f) => Text(f(f(value)));
            public static string Formatted(FormattableString text) => text.Format + Text(text.GetArguments());
            public static string Handled(ref Handler text) => text.ToString();
            public static string HandledFor(A a, [InterpolatedStringHandlerArgument(nameof(a))] ref Handler text) => text.ToString();
        }

        public interface IShape { int Size { get; } string Name() => "shape" + Size; }
        public class A(int n) : IShape, IDisposable
        {
            private readonly Dictionary<int, string> _map = [];
            private string? _text;
            public int N = n;
            public A? Next;
            public event Action<int>? Ev;
            public int Size { get { Note("size"); return N; } }
            public string Text { get { Note("get"); return _text ?? "none" + N; } set { Note("set" + value); _text = value + ""; } }
            public object? Tag { get; set; }
            public List<int> Numbers { get; } = [];
            public string this[int i] { get { Note("get" + i); return _map.GetValueOrDefault(i) + i; } set { Note("set" + i); _map[i] = value; } }
            public string this[params int[] i] { get { Note("many" + i.Length); return "m"; } set => Note("many" + i.Length + value); }
            public ref int Ref() { Note("ref"); return ref N; }
            public ref readonly int ReadOnly() { Note("readonly"); return ref N; }
            public ref int Cell { get { Note("cell"); _ = new object(); return ref N; } }
            public A Self() { Note("self"); return new A(N) { Next = Next }; }
            public A? None() { Note("none"); return null; }
            public bool TryGet(string key, out string value) { Note("try"); value = key + N; return N > 0; }
            public void Act() { Note("act"); _ = new object(); }
            public void Raise(int value) => Ev?.Invoke(value);
            public void Deconstruct(out int n, out string text) { Note("deconstruct"); n = N; text = "d" + N; }
            public override string ToString() => "A" + N;
            public void Dispose() => Note("dispose" + N);
        }
        public class B2(int n) : A(n) { public required string Must { get; init; } }
        public record R(int X, A Y) { public string Z { get; init; } = "z"; }
        public record struct RS(int X, object Y);
        public struct Num(int n) : IShape, IEquatable<Num>, IDisposable
        {
            public int N = n;
            public int Size => N;
            public void Add(int n) { Note("add"); N += n; }
            public void Dispose() => Note("drop" + N);
            public override string ToString() => "num" + N;
            public bool Equals(Num other) => N == other.N;
            public override bool Equals(object? o) => o is Num n && Equals(n);
            public override int GetHashCode() => N;
            public static Num operator +(Num a, Num b) { Note("+"); return new(a.N + b.N); }
            public static Num operator checked +(Num a, Num b) { Note("checked+"); return new(a.N + b.N); }
            public static Num operator -(Num a) { Note("-"); return new(-a.N); }
            public static Num operator ++(Num a) { Note("++"); return new(a.N + 1); }
            public static bool operator ==(Num a, Num b) { Note("=="); return a.N == b.N; }
            public static bool operator !=(Num a, Num b) { Note("!="); return a.N != b.N; }
            public static bool operator true(Num a) { Note("true"); return a.N != 0; }
            public static bool operator false(Num a) { Note("false"); return a.N == 0; }
            public static Num operator &(Num a, Num b) { Note("&"); return new(a.N & b.N); }
            public static Num operator |(Num a, Num b) { Note("|"); return new(a.N | b.N); }
            public static implicit operator Num(int n) { Note("implicit"); return new(n); }
            public static implicit operator A(Num n) { Note("toA"); return new(n.N); }
            public static explicit operator string(Num n) { Note("explicit"); return "s" + n.N; }
        }
        public class Bag : IEnumerable<object>
        {
            private readonly List<object> _list = [];
            public void Add(object o) { Note("add"); _list.Add(o); }
            public void Add(object a, object b) { Note("add2"); _list.Add(a); _list.Add(b); }
            public Bag Inner => _inner ??= new();
            private Bag? _inner;
            public IEnumerator<object> GetEnumerator() => _list.Concat(_inner ?? Enumerable.Empty<object>()).GetEnumerator();
            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public class Steps { public StepsEnumerator GetEnumerator() { Note("enumerator"); return new(); } }
        public class StepsEnumerator : IDisposable { int _i; public bool MoveNext() { Note("move"); return ++_i < 3; } public int Current => _i; public void Dispose() => Note("end"); }
        public delegate int Combine(int a, ref int b, params int[] more);
        [Flags] public enum Color { Red = 1, Green = 2, Blue = 4 }
        [InterpolatedStringHandler]
        public ref struct Handler
        {
            private StringBuilder _text = new();
            public Handler(int literals, int holes) { Note("handler"); }
            public Handler(int literals, int holes, A a) { Note("handlerFor" + a); }
            public void AppendLiteral(string text) => _text.Append('<').Append(text).Append('>');
            public void AppendFormatted<T>(T value, int alignment = 0, string? format = null) => _text.Append(Trace.Text(value)).Append(':').Append(alignment).Append(format);
            public override string ToString() => _text.ToString();
        }
        [CollectionBuilder(typeof(Built), nameof(Built.Create))]
        public class Built : IEnumerable<int>
        {
            private readonly int[] _items;
            private Built(int[] items) => _items = items;
            public static Built Create(ReadOnlySpan<int> items) { Note("create"); return new(items.ToArray()); }
            public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_items).GetEnumerator();
            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public class Window { public int Length => 5; public int this[int i] { get { Note("at" + i); return i; } } public string Slice(int start, int length) { Note("slice"); return start + "+" + length; } }

        """;

    private static string Source(StringBuilder run)
    {
        var source = new StringBuilder(Common);
        foreach (var sample in InstrumentedBodyCases.All)
        {
            source.Append(CultureInfo.InvariantCulture, $"public static partial class C_{sample.Name}\n{{\n");
            if (sample.Body.Length > 0)
            {
                source.Append(CultureInfo.InvariantCulture, $"    [Instrument] public static object? Body()\n    {{\n{sample.Body}\n    }}\n");
            }

            source.Append(CultureInfo.InvariantCulture, $"{sample.Members}\n}}\n{sample.Types}\n");
            run.Append(CultureInfo.InvariantCulture, $"        Case(\"{sample.Name}\", () => C_{sample.Name}.Body());\n");
        }

        return source.ToString();
    }

    /// <summary>A project with all bodies in one file. <c>Sample.Run()</c> runs them.</summary>
    internal static Project Everything()
    {
        var run = new StringBuilder();
        string source =
            Source(run)
            + $$"""
                public static class Sample
                {
                    static readonly StringBuilder s_text = new();
                    static void Case(string name, Func<object?> body)
                    {
                        Notes.Clear();
                        string result;
                        try { result = Trace.Text(body()); }
                        catch (Exception e) { result = e.GetType().Name + ": " + e.Message; }
                        s_text.Append(name).Append('\x1').Append(result).Append(" after ").Append(Notes).Append('\x2');
                    }
                    public static string Run()
                    {
                        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                {{run}}
                        return s_text.ToString();
                    }
                }
                """;
        return new([source])
        {
            HasGlobalUsings = false,
            Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Annotations,
            Name = Project.UniqueName(),
        };
    }

    /// <summary>The results of all bodies in production.</summary>
    internal static string ProductionOutput => s_output.Value;

    private static Dictionary<string, string> Run(out string name)
    {
        var project = Everything() with { IsMeasured = true };
        name = project.Name;
        using var sample = Build.Of(project).Load();
        return Results(sample.Run());
    }

    private static Dictionary<string, string> Results(string output) =>
        output
            .Split('\x2', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\x1'))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private static ILookup<string, Instrumented> InstrumentedBodies(string assembly)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Where(method =>
                method.GetProperty("assembly").GetString() == assembly
                && method.GetProperty("id").GetString()!.Contains(":C_", StringComparison.Ordinal)
            )
            .ToLookup(method => method.GetProperty("id").GetString()!.Split("C_")[1].Split('.')[0], Instrumented.Of);
    }

    [TestCaseSource(typeof(InstrumentedBodyCases), nameof(InstrumentedBodyCases.Names))]
    public void An_instrumented_body_does_what_its_original_does(string name)
    {
        Assert.That(s_measured.Value.Results[name], Is.EqualTo(s_production.Value[name]));
        Assert.That(s_production.Value[name], Does.Not.Contain("Exception: ").Or.Contain("expected"), "the sample itself fails");
    }

    [TestCaseSource(typeof(InstrumentedBodyCases), nameof(InstrumentedBodyCases.Names))]
    public void A_body_of_any_form_has_a_copy_whose_sites_have_all_bytes(string name)
    {
        InstrumentedBodyCase sample = InstrumentedBodyCases.All.Single(sample => sample.Name == name);
        Instrumented[] bodies = [.. s_measured.Value.InstrumentedBodies[name]];
        if (sample.UnsupportedReason is not null)
        {
            Assert.That(bodies.Select(static body => body.UnsupportedReason), Has.Some.Contains(sample.UnsupportedReason));
            return;
        }

        Assert.That(bodies, Has.Some.Matches<Instrumented>(body => body.Sites.Length > 0));
        foreach (var instrumented in bodies)
        {
            Assert.That(instrumented.UnsupportedReason, Is.Null);
            Assert.That(instrumented.Sites.Sum(site => site.Bytes) + instrumented.UnattributedBytes, Is.EqualTo(instrumented.SelfBytes));
            Assert.That(instrumented.UnattributedBytes, sample.AllocatesOnLeaving ? Is.GreaterThan(0) : Is.EqualTo(0), () =>
                string.Join('\n', instrumented.Sites.AsEnumerable())
            );
            Assert.That(instrumented.Sites, Has.None.Matches<InstrumentedSite>(site => site.Bytes < 0));
        }
    }

    [TestCase("object_before_its_arguments", "object")]
    [TestCase("box_before_its_operand", "boxing")]
    [TestCase("delegate_before_its_target", "delegate")]
    [TestCase("anonymous_object_before_its_members", "anonymous object")]
    public void A_site_has_its_own_bytes_and_no_other_s(string name, string kind)
    {
        InstrumentedSite[] sites = [.. s_measured.Value.InstrumentedBodies[name].SelectMany(instrumented => instrumented.Sites)];

        Assert.That(sites.Where(site => site.Kind == kind && site.Hits > 0).Select(site => site.Bytes), Is.Not.Empty.And.All.GreaterThan(0), () =>
            string.Join('\n', sites.AsEnumerable())
        );
        Assert.That(
            sites.Where(site => site.Kind == "call" && site.Text.StartsWith("Quiet", StringComparison.Ordinal)).Select(site => site.Bytes),
            Is.Not.Empty.And.All.Zero,
            () => string.Join('\n', sites.AsEnumerable())
        );
    }

    private sealed record InstrumentedSite(int Line, string Kind, string Type, string Text, long Hits, long Bytes);

    private sealed record Instrumented(string? UnsupportedReason, InstrumentedSite[] Sites, long UnattributedBytes, long SelfBytes)
    {
        public static Instrumented Of(JsonElement method) =>
            method.TryGetProperty("sites", out var sites)
                ? new(
                    null,
                    [
                        .. sites
                            .EnumerateArray()
                            .Select(site => new InstrumentedSite(
                                site.GetProperty("line").GetInt32(),
                                site.GetProperty("kind").GetString()!,
                                site.GetProperty("type").GetString()!,
                                site.GetProperty("text").GetString()!,
                                site.GetProperty("hits").GetInt64(),
                                site.GetProperty("bytes").GetInt64()
                            )),
                    ],
                    method.GetProperty("unattributedBytes").GetInt64(),
                    method.GetProperty("control").GetProperty("probing").GetProperty("selfBytes").GetInt64()
                )
                : new(method.TryGetProperty("withoutSites", out var unsupportedReason) ? unsupportedReason.GetString() : null, [], 0, 0);
    }

    [Test]
    public void The_pairs_of_a_source_are_written_into_one_file_each_in_its_namespace_and_type()
    {
        var build = Build
            .Of(
                new([
                    """
                    namespace A
                    {
                        using Text = System.Text.StringBuilder;
                        [Instrument] public class C { public object F(int i) => new Text(i); public object G() => new Text(); public class C2 { public object F() => new Text(); } }
                    }
                    namespace B
                    {
                        using Text = System.Uri;
                        [Instrument] public class C { public object F(string s) => new Text(s); }
                        namespace A { [Instrument] public class C { public object F(string s) => new Text(s); } }
                    }
                    """,
                ])
                {
                    IsMeasured = true,
                }
            )
            .MustCompile();

        Assert.That(build.Files, Has.Exactly(2).Items, "one file for the source, and the table of methods");
        Assert.That(
            build.Files.Single(file => file.Name.StartsWith("Sample.", StringComparison.Ordinal)).Text.Split("__probing(global::").Length - 1,
            Is.EqualTo(5)
        );
    }
}
