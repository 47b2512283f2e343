using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// A method that must not allocate. Whatever could allocate is an error, with the calls that lead to it. Whatever is not known is a warning.
/// </summary>
public sealed class ContractTests
{
    private const string Mark = "[Instrument(MaxBytesPerCall = 0)] ";

    [TestCase("static object F() => new object();", "HPG401 new object(): 'C.F' is allowed 0 bytes per call: object 'object' (Sample.cs:2)")]
    [TestCase(
        "static string F(int i) => G(i); static string G(int i) =>\nH(i); static string H(int i) =>\ni + \"a\";",
        "HPG401 G(i): 'C.F' is allowed 0 bytes per call: call 'C.G' (Sample.cs:2) > call 'C.H' (Sample.cs:3) > concatenation 'string' (Sample.cs:4)"
    )]
    [TestCase("static void F(List<int> l) => l.Add(1);", "HPG401 l.Add(1): 'C.F' is allowed 0 bytes per call: growth 'List.Add' (Sample.cs:2)")]
    [TestCase("static object F(dynamic d) => d + 1;", "HPG401 d + 1: 'C.F' is allowed 0 bytes per call: call of something dynamic (Sample.cs:2)")]
    [TestCase(
        "static int F(Func<int> f) => f();",
        "HPG402 f(): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: allow it with [DoesNotAllocate] or in "
            + "a HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "interface I { int M(); } static int F(I i) => G(i); static int G(I i) => i.M();",
        "HPG402 G(i): 'C.F' is allowed 0 bytes per call, and what 'I.M' allocates is not known: it is called by 'C.G'"
    )]
    [TestCase(
        "class B { public virtual int M() => 1; } static int F(B b) => b.M();",
        "HPG402 b.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: allow it with [DoesNotAllocate] or in a "
            + "HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "class A { public virtual int M() => 1; } class B : A { public override int M() => 2; } static int F(B b) => b.M();",
        "HPG402 b.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: allow it with [DoesNotAllocate] or in a "
            + "HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "class B { [System.Runtime.InteropServices.DllImport(\"b\")] public static extern int M(); } static int F() => B.M();",
        "HPG402 B.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: allow it with [DoesNotAllocate] or in a "
            + "HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "static int F(object o) => o.GetHashCode();",
        "HPG402 o.GetHashCode(): 'C.F' is allowed 0 bytes per call, and what 'object.GetHashCode' allocates is not known: allow it with "
            + "[DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "static int F(int i) { int[] a = new int[i & 3]; return a.Length; }",
        "HPG401 new int[i & 3]: 'C.F' is allowed 0 bytes per call: array 'int[]' (Sample.cs:2)"
    )]
    [TestCase(
        "static int F(Func<int> f, int i) => G(f, i) + H(f, i); static int G(Func<int> f, int i) => H(f, i) + f(); static int H(Func<int> f, int "
            + "i) => i > 0 ? G(f, i - 1) : f();",
        "HPG402 G(f, i): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: it is called by 'C.G'\nHPG402 H(f, "
            + "i): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: it is called by 'C.H'"
    )]
    [TestCase(
        "interface I { int M(); } static int F(I i) => G(i, 3); static int G(I i, int n) => n > 0 ? H(i, n) : n; static int H(I i, int n) => "
            + "G(i, n - 1) + i.M();",
        "HPG402 G(i, 3): 'C.F' is allowed 0 bytes per call, and what 'I.M' allocates is not known: it is called by 'C.G' > 'C.H'"
    )]
    [TestCase(
        "readonly record struct S(int X); static string F(S s) => s.ToString();",
        "HPG401 s.ToString(): 'C.F' is allowed 0 bytes per call: call 'S.ToString' (Sample.cs:2)"
    )]
    [TestCase(
        "struct Bare; record struct S(Bare B); static bool F(S a, S b) => a == b;",
        "HPG401 a == b: 'C.F' is allowed 0 bytes per call: boxing 'Bare' (Sample.cs:2)"
    )]
    [TestCase(
        "record struct S(object O); static bool F(S a, S b) => a == b;",
        "HPG402 a == b: 'C.F' is allowed 0 bytes per call, and what 'object.Equals' allocates is not known: allow it with [DoesNotAllocate] "
            + "or in a HotPathDoesNotAllocate file, or measure it"
    )]
    [TestCase(
        "class A : IEquatable<A> { public bool Equals(A? o) => (\"a\" + o).Length > 3; } record struct S(A X); static bool F(S a, S b) => a == b;",
        "HPG401 a == b: 'C.F' is allowed 0 bytes per call: call 'A.Equals' (Sample.cs:2) > concatenation 'string' (Sample.cs:2)"
    )]
    [TestCase(
        "struct S(int x) { public int[] All = new int[x]; } static int F(int i) => new S(i).All.Length;",
        "HPG401 new S(i): 'C.F' is allowed 0 bytes per call: call 'new S' (Sample.cs:2) > array 'int[]' (Sample.cs:2)"
    )]
    [TestCase(
        "struct S { public int[] All = new int[3]; public S(int x) { } } static int F(int i) => new S(i).All.Length;",
        "HPG401 new S(i): 'C.F' is allowed 0 bytes per call: call 'new S' (Sample.cs:2) > array 'int[]' (Sample.cs:2)"
    )]
    [TestCase(
        "static int F(int i) => new { A = i, B = \"x\" }.GetHashCode();",
        "HPG401 new { A = i, B = \"x\" }: 'C.F' is allowed 0 bytes per call: anonymous object '<anonymous type: int A, string B>' (Sample.cs:2)",
        TestName = "an anonymous object is known but for itself"
    )]
    [TestCase(
        "record B(int X); record R(int X, object Y) : B(X); static bool F(B b, B c) => b == c;",
        "HPG402 b == c: 'C.F' is allowed 0 bytes per call, and what 'object.Equals' allocates is not known: allow it with [DoesNotAllocate] "
            + "or in a HotPathDoesNotAllocate file, or measure it",
        TestName = "the members of a record that derives from it may run"
    )]
    public async Task Is_broken(string member, string expected)
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(member))), Is.EqualTo(expected));
    }

    [TestCase("static int F(int i) => Math.Max(G(i), 3); static int G(int i) => i > 3 ? G(i - 1) : \"abc\".AsSpan(i).Length;")]
    [TestCase("[DoesNotAllocate] static object G() => new object(); static object F() => G();")]
    [TestCase(
        "[DoesNotAllocate] class T { public static object G() => new object(); public object P => new object(); } static bool F(T t) => T.G() == t.P;"
    )]
    [TestCase("interface I { [DoesNotAllocate] int M(); } static int F(I i) => i.M();")]
    [TestCase("sealed class S { public override int GetHashCode() => 1; } static int F(S s) => s.GetHashCode();")]
    [TestCase("class A { public virtual int M() => 1; } class B : A { public sealed override int M() => 2; } static int F(B b) => b.M();")]
    [TestCase("class A { public virtual int M() => 1; } sealed class B : A; static int F(B b) => b.M();")]
    [TestCase(
        "interface I { int M(); } readonly struct S : I { public int M() => 1; } static int F(S s) => G(s); static int G<T>(T t) where T : "
            + "struct, I => 1;"
    )]
    [TestCase("interface I { static int M() => 1; } static int F() => I.M();")]
    [TestCase("interface I { sealed int M() => N(); private int N() => 1; } static int F(I i) => i.M();")]
    [TestCase("class T { [DoesNotAllocate] public object P => new object(); } static bool F(T t) => t.P is null;")]
    [TestCase("static int F(int i) => i >= 0 ? i : throw new ArgumentException(\"less than none: \" + i);")]
    // Members that the compiler writes.
    [TestCase(
        "readonly record struct S(int X, string Y); static bool F(S a, S b) => a == b && a != b && a.Equals(b) && a.GetHashCode() == b.GetHashCode();"
    )]
    [TestCase(
        "readonly record struct S(int X, string Y); static int F(S s) { var (x, y) = s; s.Deconstruct(out int z, out _); return x + y.Length + z "
            + "+ (s with { X = 3 }).X; }"
    )]
    [TestCase(
        "sealed record R(int X, R? Next, DayOfWeek Day, int? Some, int[] All); static bool F(R a, R b) => a == b || a.Equals((object)b) || "
            + "a.GetHashCode() > 3 && a is { X: 3, Day: var d };"
    )]
    [TestCase(
        "record B(int X); record R(int X, long Y) : B(X); static bool F(R a, B b, B c) => a == b || b.Equals(c) || a.GetHashCode() > c.GetHashCode();"
    )]
    [TestCase(
        "readonly struct In : IEquatable<In> { public bool Equals(In o) => true; public override bool Equals(object? o) => false; public "
            + "override int GetHashCode() => 1; } record struct S(In A, (int, In) B); static bool F(S a, S b) => a == b && a.GetHashCode() > 3;"
    )]
    [TestCase(
        "record struct S(int X) { public int Twice => X * 2; public bool Equals(S other) => X == other.X; public override int GetHashCode() => "
            + "Twice; } static bool F(S a, S b) => a == b && a.GetHashCode() > 3;"
    )]
    [TestCase("record struct S<T>(T X); static bool F(S<int> a, S<string> b) => a.Equals(a) && b.Equals(b) && a.GetHashCode() == b.GetHashCode();")]
    [TestCase(
        "static bool F((int, string, long) a, (int, string, long) b) => a == b || a.Equals(b) || a.CompareTo(b) > a.GetHashCode() || new "
            + "ValueTuple<int, string, long>(1, \"a\", 2).Equals(a);"
    )]
    [TestCase("readonly struct S(int x) { private readonly int _y = x * 2; public int Y => _y + x; } static int F(int i) => new S(i).Y;")]
    [TestCase(
        "readonly ref struct S(ReadOnlySpan<char> t) { private readonly ReadOnlySpan<char> _t = t; public int Length => _t.Length; public S "
            + "this[Range r] => new(_t[r]); } static int F(string s) => new S(s)[1..].Length;"
    )]
    [TestCase("struct S { public int X = 3; public S(int y) => X += y; public S() : this(2) { } } static int F() => new S().X;")]
    [TestCase(
        "class B; class D : B { public int X = 1; public D(int x) : base() => X = x; } [DoesNotAllocate] static D Make() => new(2); static int "
            + "F() => Make().X;"
    )]
    [TestCase("interface I { int M(); } sealed class S : I { public int M() => 1; } static int F(S s) => ((I)s).M();")]
    [TestCase("interface I { int M(); } readonly struct S : I { public int M() => 1; } static int F(S s) => ((I)s).M();")]
    public async Task Is_kept(string member)
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(member))), Is.Empty);
    }

    [Test]
    public async Task A_file_allows_what_others_wrote()
    {
        const string source = "static int F(object o, Func<int> f, IReadOnlyCollection<int> c) => o.GetHashCode() + f() + c.Count;";
        var file = new Vouching(
            "# known to be clean\n  M:System.Object.GetHashCode \n\nT:System.Func`1\nP:System.Collections.Generic.IReadOnlyCollection`1.Count\n"
        );

        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(source)), file), Is.Empty);
        Assert.That((await AllocationRuleTests.Report(Build.Production(Class(source)))).Split('\n'), Has.Length.EqualTo(3), "without the file");
    }

    [Test]
    public async Task Of_a_record_that_others_may_derive_from_it_is_not_known_what_runs()
    {
        const string source =
            "public record R(int X); public class C { [Instrument(MaxBytesPerCall = 0)] public static bool F(R a, R b) => a == b; }";

        Assert.That(await AllocationRuleTests.Report(Build.Production(source)), Does.StartWith("HPG402 a == b").And.Contain("'R.Equals'"));
        Assert.That(
            await AllocationRuleTests.Report(Build.Production(source.Replace("public record", "public sealed record", StringComparison.Ordinal))),
            Is.Empty
        );
        Assert.That(
            await AllocationRuleTests.Report(
                Build.Of(new([source + " class P { static void Main() { } }"]) { Output = OutputKind.ConsoleApplication })
            ),
            Is.Empty,
            "nobody can derive from the types of an application"
        );
    }

    [Test]
    public async Task Who_else_calls_an_attribute_so_allows_nothing()
    {
        Assert.That(
            await AllocationRuleTests.Report(
                Build.Production(
                    "namespace Other { class DoesNotAllocateAttribute : System.Attribute { } }\n"
                        + Class("[Other.DoesNotAllocate] static object G() => new object(); static object F() => G();")
                )
            ),
            Does.StartWith("HPG401 G()")
        );
    }

    [Test]
    public async Task More_than_nothing_is_for_the_check()
    {
        Assert.That(
            await AllocationRuleTests.Report(
                Build.Production(Class("static object F() => new object();").Replace("= 0", "= 24", StringComparison.Ordinal))
            ),
            Is.EqualTo("HPG301 new object(): A new 'object' is allocated here")
        );
    }

    private static string Class(string member)
    {
        int name = member.IndexOf(" F(", StringComparison.Ordinal);
        return "class C {\n" + member.Insert(member.LastIndexOfAny(['}', ';'], name) + 1, " " + Mark) + "\n}";
    }

    internal sealed class Vouching(string text) : AdditionalText
    {
        public override string Path => Build.Folder + "clean.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    /// <summary>The metadata that the package's targets give such a file.</summary>
    internal sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values("");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(textFile is Vouching ? "does-not-allocate" : "");

        private sealed class Values(string kind) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = string.Equals(key, "build_metadata.AdditionalFiles.HotPathFile", StringComparison.OrdinalIgnoreCase) ? kind : "";
                return value.Length > 0;
            }
        }
    }
}
