namespace HotPathGen.Generator.Tests;

/// <summary>Members that cannot be pairs have sites all the same, and do what they do in production.</summary>
public sealed class MemberTests
{
    private const string Types = """
        public interface IShape { int Edges(int n); int Size { get; } event Action Moved; string Name() => ""; }
        public interface IOne<TSelf> where TSelf : IOne<TSelf> { static abstract TSelf One(int n); static abstract TSelf operator *(TSelf a, TSelf b); }
        public sealed class OrderAttribute([CallerLineNumber] int line = 0) : Attribute { public int Line => line; }
        public abstract class Base { public int Length; public readonly int Fixed = 1; protected Base() { } protected Base(out int n) => n = 7; }
        """;

    [TestCase("an arrow", "public static int P => Use(new byte[100]);", "P + P", "get_P 2")]
    [TestCase("a getter", "public static int P { [Instrument] get { return Use(new byte[100]); } }", "P", "get_P 1")]
    [TestCase("a setter", "int _p; public int P { get => _p; set { _p = value + Use(new byte[100]); } }", "(new Sample().P = 3)", "set_P 1")]
    [TestCase("both", "public static int P { get { return Use(new byte[100]); } set => Seen = Use(new byte[100]); }", "(P += 2)", "get_P 1,set_P 1")]
    [TestCase(
        "a getter before a plain setter",
        "public int P { get { return Use(new byte[100]) + Seen; } set { Seen = value; } }",
        "(new Sample().P += 2)",
        "get_P 1"
    )]
    [TestCase("an indexer", "public int this[int a, int b] { get { return a + Use(new byte[100]); } }", "new Sample()[1, 2]", "get_Item 1")]
    [TestCase(
        "an event",
        "static event Action E { add { Use(new byte[100]); value(); } remove { } } [DoNotInstrument] static int Add() { E += () => Seen = 3; return Seen; }",
        "Add()",
        "add_E 1"
    )]
    [TestCase("a ref", "static ref int P { get { Use(new byte[100]); return ref Seen; } }", "(P += 2)", "get_P 1")]
    [TestCase("a readonly ref", "static ref readonly int P { get { Use(new byte[100]); return ref Seen; } }", "P", "get_P 1")]
    [TestCase(
        "an operator",
        "public static Sample operator +(Sample a, in int b) { Use(new byte[100]); return a; }",
        "new Sample() + 2",
        "op_Addition 1"
    )]
    [TestCase("a conversion", "public static implicit operator int(Sample a) => Use(new byte[100]);", "(int)new Sample()", "op_Implicit 1")]
    [TestCase(
        "a += ",
        "public void operator +=(int b) { Seen = Use(new byte[100]); } [DoNotInstrument] static int Add() { var s = new Sample(); s += 2; return Seen; }",
        "Add()",
        "op_AdditionAssignment 1"
    )]
    [TestCase("a constructor", "public Sample(int n) { Seen = n + Use(new byte[100]); }", "new Sample(2).GetHashCode() * 0 + Seen", "#ctor 1")]
    [TestCase("a static constructor", "static class S { public static int N; static S() { N = Use(new byte[100]); } }", "S.N", "#cctor 1")]
    [TestCase(
        "a constructor with an out parameter",
        "class D : Base { public D(out int n) { n = Use(new byte[100]); } }",
        "new D(out var n).Fixed + n",
        "#ctor 1"
    )]
    [TestCase(
        "a method of an interface",
        "interface I { int F(int n) { return Use(new byte[100]) + n; } } class C : I { }",
        "((I)new C()).F(2)",
        "F 1"
    )]
    [TestCase(
        "a method of a generic interface",
        "interface I<in T> { int F(T n) { return Use(new byte[100]); } } class C : I<int> { }",
        "((I<int>)new C()).F(2)",
        "F 1"
    )]
    [TestCase(
        "a partial method",
        "private static partial int F(int n); private static partial int F(int n) { return n + Use(new byte[100]); }",
        "F(1)",
        "F 1"
    )]
    [TestCase(
        "a generic member of an interface",
        "interface I { T F<T>(T n) where T : new() { Use(new byte[100]); return new T(); } } class C : I { }",
        "((I)new C()).F(2)",
        "F 1"
    )]
    [TestCase(
        "dynamic parameters",
        "public int this[dynamic a, object b] => Use(new byte[100]) + (a is int ? 1 : 2);",
        "new Sample()[1, 2]",
        "get_Item 1"
    )]
    [TestCase(
        "a dynamic value",
        "public dynamic? P { set { Seen = Use(new byte[100]) + (value is string ? 1 : 2); } }",
        "(new Sample().P = \"a\")",
        "set_P 1"
    )]
    [TestCase(
        "a ref to a field",
        "struct S { int _n; [System.Diagnostics.CodeAnalysis.UnscopedRef] public ref int P { get { Use(new byte[100]); return ref _n; } } } [DoNotInstrument] static int Set() { var s = new S(); s.P = 3; return s.P; }",
        "Set()",
        "get_P 2"
    )]
    [TestCase("a record", "record R(int N) { public int Twice => N + Use(new byte[100]); }", "new R(3).Twice", "get_Twice 1")]
    [TestCase(
        "an async implementation",
        "class C : IAsyncDisposable { async ValueTask IAsyncDisposable.DisposeAsync() { await Task.Yield(); Use(new byte[100]); } }",
        "Await(((IAsyncDisposable)new C()).DisposeAsync())",
        "DisposeAsync 1"
    )]
    [TestCase(
        "an iterator of a struct",
        "struct S { public IEnumerable<int> All { get { yield return Use(new byte[100]); } } }",
        "new S().All.Sum()",
        "get_All 1"
    )]
    [TestCase("a readonly struct", "readonly struct S(int n) { public int P { get { return n + Use(new byte[100]); } } }", "new S(4).P", "get_P 1")]
    [TestCase(
        "a readonly getter",
        "struct S { int _n; public int P { readonly get { return _n + Use(new byte[100]); } set { _n = value; } } }",
        "new S { P = 4 }.P",
        "get_P 1"
    )]
    [TestCase(
        "a static abstract",
        "struct S : IOne<S> { static S IOne<S>.One(int n) { Use(new byte[100]); return default; } static S IOne<S>.operator *(S a, S b) { Use(new byte[100]); return a; } }",
        "Generic<S>()",
        "One 2,op_Multiply 1"
    )]
    [TestCase(
        "implementations",
        "class C : IShape { int IShape.Edges(int n) => n + Use(new byte[100]); int IShape.Size { get { return Use(new byte[100]); } } event Action IShape.Moved { add { Use(new byte[100]); } remove { } } }",
        "Shape(new C())",
        "Edges 1,add_Moved 1,get_Size 1"
    )]
    [TestCase(
        "an exception",
        "static int P { get { Use(new byte[100]); throw new InvalidOperationException(\"no\"); } }",
        "Thrown(() => P)",
        "get_P 1 failed"
    )]
    public void A_member_has_sites(string form, string member, string call, string rows)
    {
        string source = $$"""
            using System.Runtime.CompilerServices;
            {{Types}}
            [Instrument] public partial class Sample
            {
                [DoNotInstrument] public Sample() { }
                public static int Seen;
                static byte[]? s_kept;
                [DoNotInstrument] public static int Use(byte[] all) => (s_kept = all).Length;
                {{member}}
                [DoNotInstrument] static int Nothing(Action a) { a(); return 0; }
                [DoNotInstrument] static int Await(ValueTask t) { t.AsTask().Wait(); return 0; }
                [DoNotInstrument] static int Thrown(Func<int> f) { try { return f(); } catch (InvalidOperationException e) { return e.Message.Length; } }
                [DoNotInstrument] static int Shape(IShape s) { s.Moved += () => { }; return s.Edges(1) + s.Size; }
                [DoNotInstrument] static int Generic<T>() where T : IOne<T> => (T.One(1) * T.One(1 - 1)).GetHashCode() * 0;
                [DoNotInstrument] public static string Run() => $"{{{call}}}";
            }
            """;
        using var plain = Build.Of(new([source]) { Name = Project.UniqueName() }).MustCompile().Load();
        using var measured = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo(plain.Run()), form);

        var recorded = Recording.Of(measured.Name).Where(static row => row.Value.Calls > 0).OrderBy(static row => row.Key, StringComparer.Ordinal);
        Assert.That(
            string.Join(',', recorded.Select(static row => $"{row.Key} {row.Value.Calls}{(row.Value.Failures > 0 ? " failed" : "")}")),
            Is.EqualTo(rows)
        );
        string[] lines = source.Split('\n');
        foreach (var (name, row) in recorded)
        {
            var sites = Recording.SitesOf(measured.Name, name);
            sites.MustClose();
            var array = sites.Sites.Single(static site => site.Kind == "array");
            Assert.That((array.Hits, array.Bytes), Is.EqualTo((row.Calls, 128 * row.Calls)), name);
            Assert.That(lines[array.Line - 1][(array.Column - 1)..], Does.StartWith("new byte[100]"), "the column is that of the user's text");
        }
    }

    [TestCase(
        "a local function",
        "[DoNotInstrument] static int F() { return L(); [Instrument] static int L() => Use(new byte[100]); }",
        "F()",
        "it is a function in a method"
    )]
    [TestCase("an extension block", "", "3.Twice", "it is in an extension block")]
    [TestCase("a file type", "", "new Hidden().P", "no other file can name its type")]
    [TestCase(
        "a constructor of a struct",
        "struct S { public int N; public S(int n) { N = Use(new byte[n]); } }",
        "new S(2).N",
        "it is the constructor of a struct"
    )]
    [TestCase(
        "a readonly field",
        "class C { readonly int _n; public C(int n) { (_n, Seen) = (1, Use(new byte[n])); } }",
        "new C(2).GetType().Name",
        "it may assign"
    )]
    [TestCase("an init property", "class C { public int N { get; init; } public C(int n) { N = Use(new byte[n]); } }", "new C(2).N", "it may assign")]
    [TestCase(
        "a property of a base class",
        "class B { public int N { get; init; } } class C : B { public C(int n) { N = Use(new byte[n]); } }",
        "new C(2).N",
        "it may assign"
    )]
    [TestCase(
        "a ref to a readonly field",
        "class C { readonly int _n; public C(int n) { Set(out _n); } static void Set(out int n) => n = Use(new byte[3]); }",
        "new C(2).GetType().Name",
        "it may assign"
    )]
    [TestCase(
        "a readonly struct field",
        "struct M { public int N; public void Add() { N++; } } class C { readonly M _m; public C(int n) { Use(new byte[n]); _m.Add(); } public int N => _m.N; }",
        "new C(2).N",
        "it may assign"
    )]
    [TestCase(
        "a variable of the initializer",
        "class C : Base { public C(int n) : base(out int m) { Length = m + Use(new byte[n]); } }",
        "new C(2).Length",
        "its body shares variables"
    )]
    [TestCase(
        "an out parameter that the initializer assigns",
        "class D : Base { public D(out int n) : base(out n) { n += Use(new byte[100]); } }",
        "new D(out var n).Fixed + n",
        "its body shares variables"
    )]
    [TestCase(
        "an init accessor",
        "readonly int _n; public int N { get => _n; init { _n = Use(new byte[value]); } }",
        "new Sample { N = 3 }.N",
        "it may assign"
    )]
    [TestCase(
        "the keyword field",
        "public int P { get { return field + Use(new byte[100]); } }",
        "new Sample().P",
        "it uses the field of its property"
    )]
    [TestCase(
        "an attribute that takes its line",
        "[Order] public static int P { get { return Use(new byte[100]); } set { } }",
        "P + typeof(Sample).GetProperty(\"P\")!.GetCustomAttributesData()[^1].ConstructorArguments.Count",
        "the attributes of its property"
    )]
    [TestCase(
        "inherited constraints that cannot be written",
        "abstract class B<U> { public abstract T F<T>(T n) where T : U; } class C : B<string> { public override T F<T>(T n) { Use(new byte[100]); return n; } }",
        "new C().F(\"a\")",
        "it inherits the constraints"
    )]
    [TestCase(
        "its own name",
        "public static string P { get { return Own() + Use(new byte[100]); } } static string Own([CallerMemberName] string n = \"\") => n;",
        "P",
        "it passes on or asks for its own name"
    )]
    [TestCase(
        "its own frame",
        "public static string P { get { return MethodBase.GetCurrentMethod()!.Name + Use(new byte[100]); } }",
        "P",
        "it passes on or asks for its own name"
    )]
    public void A_member_without_sites_says_why(string form, string member, string call, string reason)
    {
        string source = $$"""
            using System.Reflection;
            using System.Runtime.CompilerServices;
            {{Types}}
            file class Hidden { [Instrument] public int P { get { return Sample.Use(new byte[100]); } } }
            static class Extensions { extension(int n) { [Instrument] public int Twice { get { return n + Sample.Use(new byte[100]); } } } }
            [Instrument] public class Sample
            {
                public static int Seen;
                static byte[]? s_kept;
                [DoNotInstrument] public static int Use(byte[] all) => (s_kept = all).Length;
                {{member}}
                [DoNotInstrument] public static string Run() => $"{{{call}}}";
            }
            """;
        using var plain = Build.Of(new([source]) { Name = Project.UniqueName() }).MustCompile().Load();
        var built = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() });
        using var measured = built.MustCompile().Load();

        Assert.That(measured.Run(), Is.EqualTo(plain.Run()), form);
        Assert.That(string.Concat(built.Files.Select(static file => file.Text)), Does.Contain(reason));
    }
}
