using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Tests;

/// <summary>A method that may allocate nothing: whatever could is an error with the way to it, whatever is not known a warning.</summary>
public sealed class ContractTests
{
    private const string Mark = "[Instrument(MaxBytesPerCall = 0)] ";

    [TestCase("static object F() => new object();", "HPG401 new object(): 'C.F' is allowed 0 bytes per call: object 'object' (Sample.cs:2)")]
    [TestCase("static string F(int i) => G(i); static string G(int i) =>\nH(i); static string H(int i) =>\ni + \"a\";", "HPG401 G(i): 'C.F' is allowed 0 bytes per call: call 'C.G' (Sample.cs:2) > call 'C.H' (Sample.cs:3) > concatenation 'string' (Sample.cs:4)")]
    [TestCase("static void F(List<int> l) => l.Add(1);", "HPG401 l.Add(1): 'C.F' is allowed 0 bytes per call: growth 'List.Add' (Sample.cs:2)")]
    [TestCase("static object F(dynamic d) => d + 1;", "HPG401 d + 1: 'C.F' is allowed 0 bytes per call: call of something dynamic (Sample.cs:2)")]
    [TestCase("static int F(Func<int> f) => f();", "HPG402 f(): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it")]
    [TestCase("interface I { int M(); } static int F(I i) => G(i); static int G(I i) => i.M();", "HPG402 G(i): 'C.F' is allowed 0 bytes per call, and what 'I.M' allocates is not known: it is called by 'C.G'")]
    [TestCase("class B { public virtual int M() => 1; } static int F(B b) => b.M();", "HPG402 b.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it")]
    [TestCase("class A { public virtual int M() => 1; } class B : A { public override int M() => 2; } static int F(B b) => b.M();", "HPG402 b.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it")]
    [TestCase("class B { [System.Runtime.InteropServices.DllImport(\"b\")] public static extern int M(); } static int F() => B.M();", "HPG402 B.M(): 'C.F' is allowed 0 bytes per call, and what 'B.M' allocates is not known: vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it")]
    [TestCase("static int F(object o) => o.GetHashCode();", "HPG402 o.GetHashCode(): 'C.F' is allowed 0 bytes per call, and what 'object.GetHashCode' allocates is not known: vouch for it with [DoesNotAllocate] or in a HotPathDoesNotAllocate file, or measure it")]
    [TestCase("static int F(int i) { int[] a = new int[i & 3]; return a.Length; }", "HPG401 new int[i & 3]: 'C.F' is allowed 0 bytes per call: array 'int[]' (Sample.cs:2)")]
    [TestCase("static int F(Func<int> f, int i) => G(f, i) + H(f, i); static int G(Func<int> f, int i) => H(f, i) + f(); static int H(Func<int> f, int i) => i > 0 ? G(f, i - 1) : f();", "HPG402 G(f, i): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: it is called by 'C.G'\nHPG402 H(f, i): 'C.F' is allowed 0 bytes per call, and what 'Func.Invoke' allocates is not known: it is called by 'C.H'")]
    [TestCase("interface I { int M(); } static int F(I i) => G(i, 3); static int G(I i, int n) => n > 0 ? H(i, n) : n; static int H(I i, int n) => G(i, n - 1) + i.M();", "HPG402 G(i, 3): 'C.F' is allowed 0 bytes per call, and what 'I.M' allocates is not known: it is called by 'C.G' > 'C.H'")]
    public async Task is_broken(string member, string expected)
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(member))), Is.EqualTo(expected));
    }

    [TestCase("static int F(int i) => Math.Max(G(i), 3); static int G(int i) => i > 3 ? G(i - 1) : \"abc\".AsSpan(i).Length;")]
    [TestCase("[DoesNotAllocate] static object G() => new object(); static object F() => G();")]
    [TestCase("[DoesNotAllocate] class T { public static object G() => new object(); public object P => new object(); } static bool F(T t) => T.G() == t.P;")]
    [TestCase("interface I { [DoesNotAllocate] int M(); } static int F(I i) => i.M();")]
    [TestCase("sealed class S { public override int GetHashCode() => 1; } static int F(S s) => s.GetHashCode();")]
    [TestCase("class A { public virtual int M() => 1; } class B : A { public sealed override int M() => 2; } static int F(B b) => b.M();")]
    [TestCase("class A { public virtual int M() => 1; } sealed class B : A; static int F(B b) => b.M();")]
    [TestCase("interface I { int M(); } readonly struct S : I { public int M() => 1; } static int F(S s) => G(s); static int G<T>(T t) where T : struct, I => 1;")]
    [TestCase("interface I { static int M() => 1; } static int F() => I.M();")]
    [TestCase("class T { [DoesNotAllocate] public object P => new object(); } static bool F(T t) => t.P is null;")]
    [TestCase("static int F(int i) => i >= 0 ? i : throw new ArgumentException(\"less than none: \" + i);")]
    public async Task is_kept(string member)
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(member))), Is.Empty);
    }

    [Test]
    public async Task a_file_vouches_for_what_others_wrote()
    {
        const string source = "static int F(object o, Func<int> f, IReadOnlyCollection<int> c) => o.GetHashCode() + f() + c.Count;";
        var file = new Vouching("# known to be clean\n  M:System.Object.GetHashCode \n\nT:System.Func`1\nP:System.Collections.Generic.IReadOnlyCollection`1.Count\n");

        Assert.That(await AllocationRuleTests.Report(Build.Production(Class(source)), file), Is.Empty);
        Assert.That((await AllocationRuleTests.Report(Build.Production(Class(source)))).Split('\n'), Has.Length.EqualTo(3), "without the file");
    }

    [Test]
    public async Task who_else_calls_an_attribute_so_vouches_for_nothing()
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production("namespace Other { class DoesNotAllocateAttribute : System.Attribute { } }\n" + Class("[Other.DoesNotAllocate] static object G() => new object(); static object F() => G();"))), Does.StartWith("HPG401 G()"));
    }

    [Test]
    public async Task more_than_nothing_is_for_the_gate_to_judge()
    {
        Assert.That(await AllocationRuleTests.Report(Build.Production(Class("static object F() => new object();").Replace("= 0", "= 24", StringComparison.Ordinal))), Is.EqualTo("HPG301 new object(): A new 'object' is allocated here"));
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

    /// <summary>What the package's targets say of such a file.</summary>
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
