namespace HotPathGen.Generator.Tests;

/// <summary>
/// A pooled parameter that cannot be provided is reported at the parameter, and its pair is left alone. A buffer that escapes is reported where it
/// escapes.
/// </summary>
public sealed class PooledRuleTests
{
    private const string Pair = "internal static partial int F(int n); static int FCore(int n, ";

    [TestCase(
        "static int F([Pooled(1)] int[] b) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: its method is not the core of a pair: call its method 'FCore' and declare a partial "
            + "method 'F' with the other parameters and the same result"
    )]
    [TestCase(
        "static int FCore([Pooled(1)] int[] b) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: its method is not the core of a pair: declare a partial method 'F' with the other "
            + "parameters and the same result"
    )]
    [TestCase(
        "internal static partial int F(int n); static int FCore(int n, [Pooled(1)] int[] b, int m) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: its method is not the core of a pair: declare a partial method 'F' with the other "
            + "parameters and the same result"
    )]
    [TestCase(
        "internal static partial int F(int n); static int FCore([Pooled(1)] int[] b, int n) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: pooled parameters come last"
    )]
    [TestCase(Pair + "[Pooled(1)] ref int[] b) => 1;", "HPG201 b: Pooled parameter 'b' cannot be provided: take it by value")]
    [TestCase(Pair + "[Pooled(1)] params int[] b) => 1;", "HPG201 b: Pooled parameter 'b' cannot be provided: take it by value")]
    [TestCase(
        Pair + "[Pooled(1)] List<int> b) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: its type is none of Span<T>, Memory<T>, ArraySegment<T>, T[] and PooledList<T>; name "
            + "a Source that hands it out"
    )]
    [TestCase(
        Pair + "[Pooled(1)] int[,] b) => 1;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: its type is none of Span<T>, Memory<T>, ArraySegment<T>, T[] and PooledList<T>; name "
            + "a Source that hands it out"
    )]
    [TestCase(
        "internal static partial void F(); static async void FCore([Pooled(1)] int[] b) => await Task.Yield();",
        "HPG201 b: Pooled parameter 'b' cannot be provided: an async void core ends unseen; return a task"
    )]
    [TestCase(
        "internal static partial Task F(ReadOnlySpan<int> s); static Task FCore(ReadOnlySpan<int> s, [Pooled(1)] int[] b) => Task.CompletedTask;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: it is returned when what the core returned has ended, and 's' does not live that long"
    )]
    [TestCase(
        "internal static partial ValueTask<int> F(in int n); static ValueTask<int> FCore(in int n, [Pooled(1)] int[] b) => default;",
        "HPG201 b: Pooled parameter 'b' cannot be provided: it is returned when what the core returned has ended, and 'n' does not live that long"
    )]
    [TestCase(Pair + "[Pooled(1)] Span<int> b) => 1;", "HPG202 b: Pooled span 'b' may be on the stack and ends with the call: make it 'scoped'")]
    [TestCase(
        Pair + "[Pooled] int[] b) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: there is none; write [Pooled(256)] or [Pooled(Length = nameof(Method))]"
    )]
    [TestCase(Pair + "[Pooled(-1)] int[] b) => 1;", "HPG203 b: The length of pooled parameter 'b' cannot be used: it is negative")]
    [TestCase(
        Pair + "[Pooled(1, Length = nameof(L))] int[] b) => 1; static int L() => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: there are two"
    )]
    [TestCase(Pair + "[Pooled(Length = \"L\")] int[] b) => 1;", "HPG203 b: The length of pooled parameter 'b' cannot be used: 'C' has no method 'L'")]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; static double L(int n) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' returns 'double', neither int nor long"
    )]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; int L(int n) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' is not static, and the core is"
    )]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; static int L(int m) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' takes 'm', which the core has no parameter of its own for"
    )]
    [TestCase(
        Pair + "[Pooled(1)] int[] a, [Pooled(Length = nameof(L))] int[] b) => 1; static int L(int[] a) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' takes 'a', which the core has no parameter of its own for"
    )]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; static int L(long n) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' takes 'long n', and the core has 'int n'"
    )]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; static int L(ref int n) => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' takes 'ref int n', and the core has 'int n'"
    )]
    [TestCase(
        Pair + "[Pooled(Length = nameof(L))] int[] b) => 1; static int L<T>() => 1;",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: 'L' has other type parameters than the core"
    )]
    [TestCase(
        Pair
            + "[Pooled(1, Source = nameof(S))] object b) => 1; static Pool S = new(); class Pool { public object Get() => 1; public void "
            + "Return(object o) { } }",
        "HPG203 b: The length of pooled parameter 'b' cannot be used: what a source hands out whole has none"
    )]
    [TestCase(
        Pair + "[Pooled(1, Source = \"S\")] int[] b) => 1;",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: 'S' is no field or property of 'C' that can be read"
    )]
    [TestCase(
        Pair + "[Pooled(1, Source = nameof(S))] int[] b) => 1; System.Buffers.ArrayPool<int> S => System.Buffers.ArrayPool<int>.Shared;",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: 'S' is not static, and the core is"
    )]
    [TestCase(
        Pair + "[Pooled(1, Source = nameof(S))] int[] b) => 1; static System.Buffers.ArrayPool<long> S = System.Buffers.ArrayPool<long>.Shared;",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: 'S' has no method 'int[] Rent(int)' or 'Get(int)'"
    )]
    [TestCase(
        Pair
            + "[Pooled(Source = nameof(S))] object b) => 1; static Pool S = new(); class Pool { public object Get(int n) => n; public void "
            + "Return(object o) { } }",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: 'S' has no method 'object Get()' or 'Rent()'"
    )]
    [TestCase(
        Pair + "[Pooled(Source = nameof(S))] object b) => 1; static Pool S = new(); class Pool { public object Rent() => 1; }",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: 'S' has no method 'Return(object)'"
    )]
    [TestCase(
        Pair
            + "[Pooled(1, Source = nameof(S))] ref PooledList<int> b) => 1; static System.Buffers.ArrayPool<int> S = "
            + "System.Buffers.ArrayPool<int>.Shared;",
        "HPG204 b: The source of pooled parameter 'b' cannot be used: a PooledList rents from ArrayPool<T>.Shared"
    )]
    [TestCase(
        "internal static partial Task F(); static async Task FCore([Pooled(1)] scoped Span<int> b) => await Task.Yield();",
        "HPG205 b: Pooled parameter 'b' is a ref struct, and what its method returns goes on after the call: take Memory<T> or an array"
    )]
    [TestCase(
        "internal static partial IEnumerable<int> F(); static IEnumerable<int> FCore([Pooled(1)] scoped Span<int> b) { yield return 1; }",
        "HPG205 b: Pooled parameter 'b' is a ref struct, and what its method returns goes on after the call: take Memory<T> or an array"
    )]
    [TestCase(
        "internal static partial Task<int> F(); static Task<int> FCore([Pooled(1)] scoped Span<int> b) => Task.FromResult(1);",
        "HPG205 b: Pooled parameter 'b' is a ref struct, and what its method returns goes on after the call: take Memory<T> or an array"
    )]
    public async Task What_cannot_be_provided_is_said_and_left_alone(string members, string expected)
    {
        foreach (string mark in (string[])["", "[Instrument] "])
        {
            string source = $"partial class C {{ {members.Replace("internal static partial", mark + "internal static partial")} }}";
            foreach (bool measured in (bool[])[false, true])
            {
                var build = Build.Of(new([source]) { IsMeasured = measured });
                string said = string.Join(
                    '\n',
                    (await AnalyzerTests.Report(build)).Split('\n').Where(line => !line.StartsWith("HPG00", StringComparison.Ordinal))
                );
                Assert.That(said.Replace(" (1) ", " "), Is.EqualTo(expected), measured ? "measured" : "production");
                Assert.That(build.Files.Select(file => file.Text), Has.None.Contains("FCore("), "no code is generated that cannot compile");
                if (expected.StartsWith("HPG202", StringComparison.Ordinal) || expected.StartsWith("HPG203", StringComparison.Ordinal))
                {
                    Assert.That(
                        build.Output.GetDiagnostics().Select(found => found.Id),
                        Has.None.EqualTo("CS8795"),
                        "the rule says more than the compiler's CS8795"
                    );
                }
            }
        }
    }

    [TestCase(
        "class C { void M() { static int L([Pooled(1)] int[] b) => b.Length; L([]); } }",
        "HPG201 (1) b: Pooled parameter 'b' cannot be provided: its method is not the core of a pair: call its method 'LCore' and declare a "
            + "partial method 'L' with the other parameters and the same result"
    )]
    [TestCase(
        "class A { static int L() => 1; public static int M => L(); static System.Buffers.ArrayPool<int> S = null!; public object N => S; } "
            + "partial class C : A { internal static partial int F(); static int FCore([Pooled(Length = \"L\")] int[] b) => 1; internal static partial int "
            + "G(); static int GCore([Pooled(1, Source = \"S\")] int[] b) => 1; }",
        "HPG203 (1) b: The length of pooled parameter 'b' cannot be used: 'C' has no method 'L'\nHPG204 (1) b: The source of pooled parameter "
            + "'b' cannot be used: 'S' is no field or property of 'C' that can be read"
    )]
    [TestCase("class C { object? f; void M() { f = (int x) => { }; } int FCore(int[] b) => b.Length; }", "")]
    public async Task Only_what_carries_the_attribute_is_looked_at(string source, string expected) =>
        Assert.That(await AnalyzerTests.Report(Build.Production(source)), Is.EqualTo(expected));

    [Test]
    public async Task A_list_that_could_leave_is_said()
    {
        const string source =
            "partial class C { internal static partial ReadOnlySpan<int> F(); static ReadOnlySpan<int> FCore([Pooled(1)] ref PooledList<int> b) "
            + "=> default; internal static partial int G(ref Span<int> s); static int GCore(ref Span<int> s, [Pooled(1)] ref PooledList<int> b) => 1; "
            + "internal static partial int H(); static int HCore([Pooled(1)] PooledList<int> b) => b.Count; }";
        string said = await AnalyzerTests.Report(Build.Measured(source));

        Assert.That(said.Split('\n').Select(line => line[..6]), Is.EqualTo(["HPG201", "HPG201", "HPG201"]));
        Assert.That(said, Does.Contain("could leave through what the core returns").And.Contain("a PooledList grows: take it by ref"));
    }

    private const string Escape =
        "partial class C { internal static partial object? F(); object? f; static Memory<int> s; static Memory<int> P { get; set; } event "
        + "Action? E; ";

    [TestCase("static object? FCore([Pooled(1)] int[] b) => b;", "b: it is returned")]
    [TestCase("static object? FCore([Pooled(1)] int[] b) { var c = b; return c; }", "c: it is returned")]
    [TestCase("static object? FCore([Pooled(1)] Memory<int> b) { s = b.Slice(0, 1); return null; }", "b.Slice(0, 1): it is kept in field 's'")]
    [TestCase("static object? FCore([Pooled(1)] int[] b) { P = b; return null; }", "b: it is kept in property 'P'")]
    [TestCase("static object? FCore([Pooled(1)] int[] b) { s = b.AsMemory(); return null; }", "b.AsMemory(): it is kept in field 's'")]
    [TestCase("static object? FCore([Pooled(1)] int[] b) => new System.IO.MemoryStream(b);", "new System.IO.MemoryStream(b): it is returned")]
    [TestCase("static object? FCore([Pooled(1)] int[] b) { int[]? c = null; var d = c; c = b; d = c; return (1, d); }", "(1, d): it is returned")]
    [TestCase(
        "static object? FCore([Pooled(1)] int[] b) => new Func<int>(() => b[0]);",
        "new Func<int>(() => b[0]): a lambda that uses it is returned"
    )]
    [TestCase("static object? FCore([Pooled(1)] int[] b) { var a = new int[1][]; a[0] = b; return null; }", "b: it is kept in an array")]
    [TestCase(
        "static object? FCore([Pooled(1)] int[] b) { Task.Run(() => b[0]); return null; }",
        "() => b[0]: a lambda that uses it is run by another thread"
    )]
    [TestCase(
        "static object? FCore([Pooled(1)] int[] b) { new System.Threading.Thread(() => b[0] = 1).Start(); return null; }",
        "() => b[0] = 1: a lambda that uses it is run by another thread"
    )]
    [TestCase(
        "static object? FCore([Pooled(1)] int[] b) { new C().E += () => b[0] = 1; return null; }",
        "() => b[0] = 1: it is kept in an event|a lambda that uses it is kept in an event"
    )]
    [TestCase(
        "Action? d; object? FCore([Pooled(1)] int[] b) { void L() => b[0] = 1; d = L; L(); return null; }",
        "L: it is kept in field 'd'|a lambda that uses it is kept in field 'd'"
    )]
    [TestCase(
        "class H { public int[]? B; } object? FCore([Pooled(1)] int[] b) { f = new H { B = b }; return null; }",
        "new H { B = b }: it is kept in field 'f'"
    )]
    [TestCase("object? FCore([Pooled(1)] int[] b) { f ??= b; return null; }", "b: it is kept in field 'f'")]
    public async Task What_escapes_is_said(string core, string expected)
    {
        string head = core.Contains("static object? FCore") ? Escape : Escape.Replace("static partial", "partial");
        string source = head + core.Replace("MemoryStream(b)", "MemoryStream((byte[])(object)b)") + " }";
        string said = await AnalyzerTests.Report(Build.Production(source));
        string[] parts = expected.Replace("MemoryStream(b)", "MemoryStream((byte[])(object)b)").Split(": ", 2);

        Assert.That(
            said,
            Is.EqualTo($"HPG206 (1) {parts[0]}: Pooled parameter 'b' goes back to its pool when the call ends, and {parts[1].Split('|')[^1]}")
        );
    }

    [TestCase("static object? FCore([Pooled(4)] char[] b) { b[0] = 'x'; return new string(b, 0, 1); }")]
    [TestCase("static object? FCore([Pooled(4)] int[] b) => b.ToArray();")]
    [TestCase("static object? FCore([Pooled(4)] int[] b) => b[1..2];")]
    [TestCase("static object? FCore([Pooled(4)] int[] b) => b[0] + b.Length;")]
    [TestCase("static object? FCore([Pooled(4)] int[] b) { Array.Sort(b, (x, y) => b[0] + x - y); return null; }")]
    [TestCase(
        "static object? FCore([Pooled(4)] Memory<int> b) { var c = b; foreach (int i in c.Span) c.Span[0] = i; Action a = () => c.Span[0] = 1; "
            + "a(); return null; }"
    )]
    [TestCase("static object? FCore([Pooled(4)] scoped Span<int> b) => b.ToArray();")]
    [TestCase("static object? FCore([Pooled(4)] int[] b) { Func<int[]> a = () => b; return a()[0]; }")]
    public async Task What_stays_is_not_said(string core)
    {
        Assert.That(await AnalyzerTests.Report(Build.Production(Escape + core + " }")), Is.Empty);
    }

    [Test]
    public async Task What_an_async_core_awaits_has_ended()
    {
        const string source =
            "partial class C { internal static partial Task<int> F(); static async Task<int> FCore([Pooled(1)] int[] b) { await Task.Run(() => "
            + "b[0] = 1).ConfigureAwait(false); return await Task.Run(() => b[0]); } internal static partial IEnumerable<int[]> G(); static "
            + "IEnumerable<int[]> GCore([Pooled(1)] int[] b) { yield return b; } }";

        Assert.That(
            await AnalyzerTests.Report(Build.Production(source)),
            Is.EqualTo("HPG206 (1) b: Pooled parameter 'b' goes back to its pool when the call ends, and it is handed to whoever enumerates")
        );
    }

    [TestCase(
        "public partial struct S { int _n = 1; public S() { } internal partial int F(int n); int FCore(int n, [Pooled(Length = nameof(L))] "
            + "scoped Span<int> b) => b.Length; int L(int n) => n + _n; }"
    )]
    [TestCase(
        "public class A { protected static int L(in int n) => n; protected static System.Buffers.ArrayPool<int> S = "
            + "System.Buffers.ArrayPool<int>.Shared; } public partial class C : A { internal static partial int F(int n); static int FCore(int n, "
            + "[Pooled(Length = nameof(L), Source = nameof(S))] int[] b) => b.Length; }"
    )]
    [TestCase(
        "public partial class C<T> where T : System.Buffers.ArrayPool<byte> { T _p = null!; internal partial int F<U>(U n); int FCore<V>(V n, "
            + "[Pooled(Length = nameof(L), Source = nameof(_p))] byte[] b) => b.Length; int L<W>(W n) => 3; }"
    )]
    [TestCase(
        "public partial class C { internal partial int F(int b, int bLength, int bRented, int bPool); int FCore(int x, int y, int z, int w, "
            + "[Pooled(Length = nameof(b_), Source = nameof(P))] scoped Span<byte> b) => b.Length; int b_(int y) => y; System.Buffers.ArrayPool<byte> P => "
            + "System.Buffers.ArrayPool<byte>.Shared; }"
    )]
    [TestCase(
        "public partial class C { internal partial int @class(int @event); int classCore(int @event, [Pooled(Length = nameof(@is))] scoped "
            + "Span<byte> @new) => @new.Length; int @is(int @event) => @event; }"
    )]
    [TestCase(
        "public partial class C { internal partial ReadOnlySpan<char> F(ReadOnlySpan<char> n, ref Span<int> r, out int o); ReadOnlySpan<char> "
            + "FCore(ReadOnlySpan<char> n, ref Span<int> r, out int o, [Pooled(4)] scoped Span<char> b) { o = 1; return n; } }"
    )]
    [TestCase(
        "public partial class C { internal partial dynamic F(dynamic n); dynamic FCore(dynamic n, [Pooled(Length = nameof(L))] scoped Span<char> "
            + "b) => b.Length; int L(dynamic n) => 3; }"
    )]
    [TestCase(
        "public partial class C { internal partial int F(params int[] n); int FCore(int[] n, [Pooled(Length = nameof(L))] scoped Span<DateTime> "
            + "b) => b.Length; int L(int[] n) => 3; internal partial int F(); int FCore([Pooled(3)] scoped Span<Guid> b) => b.Length; }"
    )]
    [TestCase(
        "public partial class C { internal partial int F(); int FCore([Pooled(3)] // why\n [System.ComponentModel.Description(@\"a\n{0}\")]\n"
            + "#pragma warning restore\n scoped /* x */ Span<int>\n b) => b.Length; }"
    )]
    [TestCase(
        "public partial class C { internal partial int F<T>(T n) where T : unmanaged; int FCore<V>(V n, [Pooled(3)] V[] b, [Pooled(Length = "
            + "nameof(L))] scoped Span<V> c, [Pooled(3)] Memory<List<V>> d, [Pooled(3)] ref PooledList<V> e) where V : unmanaged => b.Length; int L<W>(W n) "
            + "=> 3; }"
    )]
    [TestCase(
        "public partial class C<T> { internal partial int F(int P, int L, int S); int FCore(int x, int y, int z, [Pooled(Length = nameof(L), "
            + "Source = nameof(P))] scoped Span<byte> b, [Pooled(Length = nameof(S))] byte[] c) => b.Length + c.Length; static int L(int x) => x; int S(int "
            + "x) => x; static System.Buffers.ArrayPool<byte> P => System.Buffers.ArrayPool<byte>.Shared; }"
    )]
    [TestCase("public partial interface I { internal partial int F(); private int FCore([Pooled(3)] scoped Span<Guid> b) => b.Length; }")]
    public async Task What_can_be_provided_compiles_in_both_builds(string source)
    {
        foreach (
            string text in (string[])
                [
                    source,
                    source
                        .Replace("internal partial", "[Instrument] internal partial")
                        .Replace("internal static partial", "[Instrument] internal static partial"),
                ]
        )
        {
            Assert.That(await AnalyzerTests.Report(Build.Production(text).MustCompile()), Is.Empty);
            Build.Measured(text).MustCompile();
        }
    }
}
