namespace HotPathGen.Generator.Tests.Shapes;

/// <summary>
/// Methods of every make. Expected is <c>name=calls!failures:form</c>; the sample's <c>Run</c> is called once and its answer
/// compared with production's.
/// </summary>
internal static class ShapeCases
{
    public static IEnumerable<TestCaseData> All => [.. Ordinary, .. Results, .. Parameters, .. Generics, .. Containers, .. Deferred, .. WrittenPairs, .. InPlace, .. Names];

    private static TestCaseData Case(string name, string expected, string source) => new TestCaseData(source, expected).SetName($"shape: {name}");

    private static IEnumerable<TestCaseData> Ordinary =>
    [
        Case("static expression body", "F=1:pair", "public static class Sample { [Instrument] static int F(int x) => x + 1; public static string Run() => F(3).ToString(); }"),
        Case("void", "F=2:pair", "public static class Sample { static int s_sum; [Instrument] static void F(int x) { s_sum += x; if (x > 5) return; s_sum += 100; } public static string Run() { F(3); F(7); return s_sum.ToString(); } }"),
        Case("recursion", "Fib=15:pair", "public static class Sample { [Instrument] static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); public static string Run() => Fib(5).ToString(); }"),
        Case("exception", "F=2!1:pair", """
            public static class Sample
            {
                [Instrument] static int F(int x) => x < 0 ? throw new InvalidOperationException("no") : x;
                public static string Run() { try { F(1); F(-1); return "?"; } catch (InvalidOperationException e) { return e.Message; } }
            }
            """),
        Case("no accessibility, private, protected internal, private protected", "A=1:pair B=1:pair C=1:pair D=1:pair", """
            public class Sample
            {
                [Instrument] int A() => 1;
                [Instrument] private void B() { }
                [Instrument] protected internal int C() => 3;
                [Instrument] private protected static int D() => 4;
                public static string Run() { var s = new Sample(); s.B(); return $"{s.A()}{s.C()}{D()}"; }
            }
            """),
        Case("virtual, override, sealed, new, abstract", "F=3:pair G=2:pair", """
            public abstract class Base { [Instrument] public virtual string F(int x = 1) => "b" + x; [Instrument] public string G() => "g"; public abstract string H(); }
            public class Middle : Base { [Instrument] public override string F(int x = 2) => "m" + base.F(x); public override string H() => "h"; }
            public class Sample : Middle
            {
                [Instrument] public sealed override string F(int x) => "s" + base.F(x);
                [Instrument] public new string G() => "n" + base.G();
                public static string Run() { Base b = new Sample(); return b.F() + ((Sample)b).G() + b.H(); }
            }
            """),
        Case("covariant override", "Clone=1:pair", """
            public class Base { public virtual Base Clone() => new(); }
            public class Sample : Base { [Instrument] public override Sample Clone() => new(); public static string Run() => ((Base)new Sample()).Clone().GetType().Name; }
            """),
        Case("interface, delegate, reflection, query syntax", "F=3:pair Where=1:pair Select=1:pair", """
            public interface IF { int F(int x); }
            public sealed class Bag { [Instrument] public Bag Where(Func<int, bool> f) => this; [Instrument] public IEnumerable<int> Select(Func<int, int> f) => new[] { f(4) }; }
            public sealed class Sample : IF
            {
                [Instrument] public int F(int x) => x * 2;
                public static string Run()
                {
                    IF i = new Sample();
                    Func<int, int> d = i.F;
                    object? r = typeof(Sample).GetMethod("F")!.Invoke(i, [5]);
                    var q = from x in new Bag() where x > 0 select x + 1;
                    return $"{i.F(1)} {d(2)} {r} {q.Single()}";
                }
            }
            """),
        Case("overloads and dynamic argument", "F=4:pair", """
            public static class Sample
            {
                [Instrument] static string F(int x) => "int";
                [Instrument] static string F(string x) => "string";
                [Instrument] static string F(object x) => "object";
                [Instrument] static string F<T>(T x, int y) => typeof(T).Name;
                public static string Run() { dynamic d = "x"; dynamic n = 1; return (string)F(d) + (string)F(n) + F(new object()) + F(2.0, 1); }
            }
            """),
        Case("head over several lines with comments and directives", "F=1:pair", """
            public static class Sample
            {
                /// <summary>Doc.</summary>
                /// <param name="a">A.</param>
                /// <param name="b">B.</param>
                [Instrument, Obsolete] // trailing
                [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(b))]
                public static
                    string? // result
                    F(
                        int a, // first
            #if SOMETHING
                        int skipped,
            #endif
                        string? b = "x" /* second */)
                    // before the body
                {
                    return a + b;
                }

            #pragma warning disable CS0612
                public static string Run() => F(1)!.Length.ToString();
            #pragma warning restore CS0612
            }
            """),
        Case("obsolete as error, experimental, suppressions", "F=1:pair G=1:pair H=1:pair", """
            public static class Sample
            {
                [Instrument, Obsolete("no", error: true)] public static int F() => 1;
                [Instrument, System.Diagnostics.CodeAnalysis.Experimental("X001")] public static int G() => 1;
                [Instrument, System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("x"), System.Diagnostics.DebuggerStepThrough] public static int H() => 1;
                public static string Run() => "" + typeof(Sample).GetMethod("F")!.Invoke(null, null) + typeof(Sample).GetMethod("G")!.Invoke(null, null) + H();
            }
            """),
        Case("locals, lambdas, local functions, goto, switch", "F=1:pair", """
            public static class Sample
            {
                [Instrument]
                static int F(int n)
                {
                    int total = 0;
                    Func<int, int> twice = x => { if (x == 1) return 1; return x * 2; };
                    int Local(int x) { return x + n; }
                again:
                    total += Local(twice(n));
                    if (total < 10) goto again;
                    switch (total) { case 1: return 1; default: return total; }
                }
                public static string Run() => F(2).ToString();
            }
            """),
        Case("caller information", "F=1:pair G=1:in-place", """
            public static class Sample
            {
                static string Here([CallerLineNumber] int line = 0, [CallerFilePath] string file = "") => $"{file}:{line}";
                static string Name([CallerMemberName] string name = "") => name;
                [Instrument] static string F([CallerMemberName] string name = "", [CallerLineNumber] int line = 0, [CallerArgumentExpression(nameof(line))] string text = "") => name + line + text + Here();
                [Instrument] static string G() => Name();
                public static string Run() => F() + G();
            }
            """),
        Case("MethodImpl", "A=1:pair B=1:pair C=1:pair", """
            public static class Sample
            {
                [Instrument, MethodImpl(MethodImplOptions.NoInlining)] static int A() => 1;
                [Instrument] [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)] static int B() => 2;
                [Instrument] [method: MethodImpl(256)] static int C() => 3;
                public static string Run() => $"{A()}{B()}{C()}";
            }
            """),
        Case("measure blocks", "F=1:pair", """
            public static class Sample
            {
                [Instrument] static int F() { using (HotPath.Measure("block")) { return 1; } }
                public static string Run() { using var block = HotPathGen.HotPath.Measure("outer"); return F().ToString(); }
            }
            """),
        Case("preprocessor symbol of the user", "F=1:pair", """
            #define MINE
            using System.Text;
            #nullable disable
            public static class Sample
            {
            #if MINE
                [Instrument] static string F(string s)
            #else
                static string F(string s)
            #endif
                    => new StringBuilder(s).Append(1).ToString();
            #nullable restore
                public static string Run() => F("a");
            }
            """),
        Case("checked, unchecked, lock, fixed, stackalloc", "F=1:pair G=1:pair", """
            public static unsafe class Sample
            {
                static readonly object s_gate = new();
                [Instrument] static int F(int x) { lock (s_gate) { Span<int> b = stackalloc int[4]; b[1] = x; fixed (int* p = b) { return checked(p[1] + 1); } } }
                [Instrument] static int* G(int* p, delegate*<int, int> f, int*[]? all, List<int*[]>? deep) { *p = f(*p); return p; }
                static int Inc(int x) => x + 1;
                public static string Run() { int x = 3; return F(1) + ":" + *G(&x, &Inc, null, null); }
            }
            """),
    ];

    private static IEnumerable<TestCaseData> Results =>
    [
        Case("pointers deep in the head", "A=1:pair B=1:pair C=1:pair D=1:pair", """
            public static unsafe class Sample
            {
                [Instrument] static int A(int*[][] x) => x.Length;
                [Instrument] static List<int*[]>? B() => null;
                [Instrument] static (int, Dictionary<string, delegate*<void>[]>?) C() => default;
                [Instrument] static int D<T>() where T : IEnumerable<void*[]>? => 1;
                public static string Run() => $"{A([])}{B()}{C()}{D<List<void*[]>>()}";
            }
            """),
        Case("ref return", "F=2:pair", "public static class Sample { static int[] s_a = [1, 2]; [Instrument] static ref int F(int i) => ref s_a[i]; public static string Run() { F(1) = 7; return F(1).ToString(); } }"),
        Case("ref readonly return", "F=1:pair", "public static class Sample { static int[] s_a = [1, 2]; [Instrument] public static ref readonly int F(in int i) { return ref s_a[i]; } public static string Run() => F(1).ToString(); }"),
        Case("ref return beside a ref readonly parameter", "F=1:pair", "public static class Sample { [Instrument] static ref int F(ref readonly int a, ref int b) { b += a; return ref b; } public static string Run() { int a = 1, b = 2; F(in a, ref b) = 9; return b.ToString(); } }"),
        Case("unscoped ref to a field", "F=1:pair G=1:pair", "public struct Sample { int _x; [Instrument, System.Diagnostics.CodeAnalysis.UnscopedRef] public ref int F() => ref _x; [Instrument, System.Diagnostics.CodeAnalysis.UnscopedRef] public readonly ref readonly int G() => ref _x; public static string Run() { var s = new Sample(); s.F() = 4; return s.G().ToString(); } }"),
        Case("span of a ref", "F=1:pair G=1:pair H=1:pair", """
            public static class Sample
            {
                [Instrument] static Span<int> F(ref int x) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x, 1);
                [Instrument] static ReadOnlySpan<char> G(ReadOnlySpan<char> s, scoped ReadOnlySpan<char> other) => s[other.Length..];
                [Instrument] static void H(ref int x, out Span<int> s) { s = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x, 1); }
                public static string Run() { int x = 5; F(ref x)[0]++; H(ref x, out var s); s[0]++; return x + G("abcd", "ab").ToString(); }
            }
            """),
        Case("tuple, nullable, dynamic, array results", "A=1:pair B=1:pair C=1:pair D=1:pair", """
            public static class Sample
            {
                [Instrument] static (int First, string? Second) A((int X, (long Y, string Z) W) t) => (t.X, t.W.Z);
                [Instrument] static int? B(int? x) => x;
                [Instrument] static dynamic C(dynamic x, List<dynamic?> y) => x + y[0];
                [Instrument] static int[,][]? D(int[][,]? x) => null;
                public static string Run() => A((1, (2, "z"))).Second + B(null) + C(1, [2]) + D(null);
            }
            """),
        Case("dynamic beside a ref struct", "F=1:pair G=1:pair H=1:pair J=1:pair", """
            public static class Sample
            {
                [Instrument] static void F(ref dynamic x, Span<int> y) { x = x + y.Length; }
                [Instrument] static void G(out dynamic x, Span<int> y) { x = y.Length; }
                [Instrument] static int H(in dynamic x, scoped Span<int> y) => x + y.Length;
                [Instrument] static Span<int> J(dynamic x, Span<int> y) { y[0] = x; return y; }
                public static string Run() { object d = 1; F(ref d, new int[3]); G(out object e, new int[4]); return $"{d} {e} {H(in d, new int[1])}{J(d, new int[1])[0]}"; }
            }
            """),
        Case("never returns", "F=1!1:pair", "public static class Sample { [Instrument, System.Diagnostics.CodeAnalysis.DoesNotReturn] static void F() => throw new NotSupportedException(); public static string Run() { try { F(); } catch (NotSupportedException) { } return \"thrown\"; } }"),
        Case("nullable flow attributes", "F=1:pair G=1:pair", """
            using System.Diagnostics.CodeAnalysis;
            public class Sample
            {
                string? _s;
                [Instrument, MemberNotNull(nameof(_s))] void G() { _s = "x"; }
                [Instrument] static bool F(int x, [NotNullWhen(true)] out string? s) { s = x > 0 ? "p" : null; return s is not null; }
                public static string Run() { var s = new Sample(); s.G(); return F(1, out var t) ? t.Length + s._s : ""; }
            }
            """),
    ];

    private static IEnumerable<TestCaseData> Parameters =>
    [
        Case("ref, out, in, ref readonly", "F=1:pair", "public static class Sample { [Instrument] static int F(ref int a, out int b, in int c, ref readonly int d) { a++; b = c + d; return a; } public static string Run() { int a = 1, d = 4; return $\"{F(ref a, out int b, 3, in d)}{a}{b}\"; } }"),
        Case("params", "A=2:pair B=1:pair C=1:pair D=1:pair", """
            public static class Sample
            {
                [Instrument] static int A(params int[] xs) => xs.Length;
                [Instrument] static int B(params ReadOnlySpan<int> xs) => xs.Length;
                [Instrument] static int C(string f, params IEnumerable<object?> xs) => xs.Count();
                [Instrument] static int D(params object[] xs) => xs.Length;
                public static string Run() => $"{A()}{A(1, 2)}{B(1, 2, 3)}{C("", 1, null)}{D(new object[] { 1, 2 })}";
            }
            """),
        Case("scoped", "F=1:pair", "public static class Sample { [Instrument] static Span<int> F(scoped ref int a, scoped in Span<int> b, Span<int> c, scoped Span<int> scoped) { c[0] = a + b[0] + scoped[0]; return c; } public static string Run() { int a = 1; Span<int> s = [1]; return F(ref a, in s, [3], s)[0].ToString(); } }"),
        Case("defaults", "F=1:pair", "public static class Sample { public enum E { A, B } [Instrument] static string F(int a = 1 + 2, string b = \"x\\n\", E e = E.B, DateTime d = default, decimal m = 1.5m, char c = '\\'', double n = double.NaN, int? i = null, System.Threading.CancellationToken t = default) => $\"{a}{b}{e}{d.Ticks}{m}{c}{n}{i}{t.CanBeCanceled}\"; public static string Run() => System.FormattableString.Invariant($\"{F()}\"); }"),
        Case("attributed parameters", "F=1:pair G=1:pair", """
            [InterpolatedStringHandler]
            public ref struct Handler(int literals, int holes, bool on) { public string Text = ""; public void AppendLiteral(string s) { Text += s; } public void AppendFormatted<T>(T t) { Text += t; } public override string ToString() => Text + on + literals + holes; }
            public static class Sample
            {
                [Instrument] static string F(bool on, [InterpolatedStringHandlerArgument(nameof(on))] Handler h) => h.ToString();
                [Instrument] static string G([System.Diagnostics.CodeAnalysis.StringSyntax("Regex")] string a, [System.Diagnostics.CodeAnalysis.AllowNull] string b) => a + b;
                public static string Run() => F(true, $"a{1}b") + G("x", null);
            }
            """),
        Case("arglist", "F=*:in-place", "public static class Sample { [Instrument] static int F(int a, __arglist) { return new ArgIterator(__arglist).GetRemainingCount(); } public static string Run() => OperatingSystem.IsWindows() ? Call() : \"2\"; static string Call() => F(1, __arglist(1, 2)).ToString(); }"),
        Case("by value captured by a lambda", "F=1:pair", "public static class Sample { [Instrument] static Func<int> F(int x) { x++; return () => x++; } public static string Run() { var f = F(1); f(); return f().ToString(); } }"),
    ];

    private static IEnumerable<TestCaseData> Generics =>
    [
        Case("constraints", "A=1:pair B=1:pair C=1:pair D=1:pair E=1:pair G=1:pair", """
            public interface IShape<TSelf> where TSelf : IShape<TSelf> { static abstract int Area { get; } }
            public struct Square : IShape<Square> { public static int Area => 4; }
            public static class Sample
            {
                [Instrument] static string A<T>(T x) where T : class?, IEnumerable<char>? => x?.Count().ToString() ?? "";
                [Instrument] static int B<T>() where T : unmanaged, IShape<T> => T.Area;
                [Instrument] static T C<T, U>(U u) where T : notnull, new() where U : struct, Enum => new();
                [Instrument] static int D<T>(T x, scoped in T y) where T : IDisposable, allows ref struct => 1;
                [Instrument] static T? E<T>(T? x, Func<T?, T?> f) => f(x);
                [Instrument] static TDelegate G<TDelegate, T2>(TDelegate d) where TDelegate : Delegate where T2 : List<TDelegate>, IComparable<T2>? => d;
                ref struct R : IDisposable { public void Dispose() { } }
                sealed class L : List<Action>, IComparable<L> { public int CompareTo(L? o) => 0; }
                public static string Run() => A("abc") + B<Square>() + C<List<int>, DayOfWeek>(default).Count + D(new R(), new R()) + E("x", s => s + "y") + G<Action, L>(() => { }).Method.IsStatic;
            }
            """),
        Case("generic containers", "F=2:pair", """
            public class Outer<T> where T : notnull
            {
                public partial record struct Inner<U>(T A, U B) where U : allows_nothing { [Instrument] public readonly string F<V>(T t, U u, V v) => $"{t}{u}{v}{typeof(V).Name}{A}"; }
            }
            public class allows_nothing { public override string ToString() => "!"; }
            public static class Sample { public static string Run() => new Outer<int>.Inner<allows_nothing>(1, new()).F(2, new(), 'c') + new Outer<string>.Inner<allows_nothing>("a", new()).F("b", new(), 1L); }
            """),
        Case("generic override in place", "F=1:in-place", """
            public abstract class Base { public abstract T F<T>(T x) where T : struct; }
            public sealed class Sample : Base { [Instrument] public override T F<T>(T x) => x; public static string Run() => new Sample().F(3).ToString(); }
            """),
        Case("variance and nested in interface", "F=1:pair", """
            public interface IHolder { public sealed class Sum { [Instrument] public int F(int x) => x; } }
            public static class Sample { public static string Run() => new IHolder.Sum().F(1).ToString(); }
            """),
    ];

    private static IEnumerable<TestCaseData> Containers =>
    [
        Case("extension", "Twice=2:pair Grow=1:pair Peek=1:pair", """
            public static class Extensions
            {
                [Instrument] public static string Twice(this string s) => s + s;
                [Instrument] public static void Grow(this ref int x, int by) { x += by; }
                [Instrument] public static int Peek(this in DateTime d) => d.Year;
            }
            public static class Sample { public static string Run() { int x = 1; x.Grow(2); return "a".Twice() + Extensions.Twice("b") + x + new DateTime(2020, 1, 1).Peek(); } }
            """),
        Case("extension block", "Half=1:in-place Make=1:in-place", """
            public static class Extensions
            {
                extension(int x) { [Instrument] public int Half() => x / 2; }
                extension<T>(List<T>) { [Instrument] public static List<T> Make() => []; }
            }
            public static class Sample { public static string Run() => 4.Half().ToString() + List<int>.Make().Count; }
            """),
        Case("struct, readonly struct, ref struct, record, record struct", "F=6:pair", """
            public struct A { int _n; [Instrument] public int F() => ++_n; [Instrument] public readonly int G() => _n; }
            public readonly struct B(int n) { [Instrument] public int F() => n; }
            public readonly ref struct C { public readonly Span<int> S; public C(Span<int> s) { S = s; } [Instrument] public Span<int> F() => S; }
            public record D(int N) { [Instrument] public int F() => N; }
            public sealed record class E(int N) : D(N) { [Instrument] public new int F() => base.F() + 1; }
            public static class Sample { public static string Run() { A a = default; a.F(); return $"{a.F()}{a.G()}{new B(3).F()}{new C([1, 2]).F().Length}{new E(4).F()}"; } }
            """),
        Case("nested private types in the head", "F=1:pair", """
            namespace Some.Where
            {
                public abstract class Base<T> { protected sealed class Inner { public T? Value; } }
                public class Derived : Base<int> { private enum Mode { On } [Instrument] private Inner F(Inner i, Mode mode) => i; public string Go() => F(new() { Value = 3 }, Mode.On).Value.ToString(); }
            }
            public static class Sample { public static string Run() => new Some.Where.Derived().Go(); }
            """),
        Case("interface with bodies", "F=1:in-place G=1:in-place H=1:in-place", """
            public interface I<out T> { [Instrument] string F() => "f" + G(); [Instrument] private string G() => "g"; [Instrument] static string H() => "h"; }
            public sealed class Sample : I<string> { public static string Run() => ((I<object>)new Sample()).F() + I<int>.H(); }
            """),
        Case("explicit implementation", "Dispose=1:in-place", "public sealed class Sample : IDisposable { static int s_n; [Instrument] void IDisposable.Dispose() { s_n++; } public static string Run() { using (new Sample()) { } return s_n.ToString(); } }"),
        Case("file type in place", "F=1:in-place", "file static class Hidden { [Instrument] public static int F() => 1; } public static class Sample { public static string Run() => Hidden.F().ToString(); }"),
        Case("type attribute", "F=1:pair G=1:pair Inner=1:pair", """
            [Instrument]
            public static class Sample
            {
                static int F() => 1; static int G() => 2; [DoNotInstrument] static int Off() => 3;
                static class Deep { public static int Inner() => 4; [DoNotInstrument] public static class Colder { public static int Not() => 5; } }
                [DoNotInstrument] public static string Run() => $"{F()}{G()}{Off()}{Deep.Inner()}{Deep.Colder.Not()}";
            }
            """),
        Case("assembly attribute", "F=1:pair", "[assembly: Instrument] public static class Sample { static int F() => 1; [DoNotInstrument] public static string Run() => F().ToString(); }"),
        Case("primary constructor parameters", "F=1:pair", "public class Sample(int x, string y) { [Instrument] string F() => x++ + y; public static string Run() => new Sample(1, \"a\").F(); }"),
    ];

    private static IEnumerable<TestCaseData> Deferred =>
    [
        Case("async", "T=1:async U=1:async V=1:async W=1:async", """
            public static class Sample
            {
                [Instrument] static async Task T() => await Task.Yield();
                [Instrument] public static async Task<int> U(int x) { await Task.Yield(); return x; }
                [Instrument] static async ValueTask V() { await Task.Yield(); }
                [Instrument] async static ValueTask<string> W(string s, System.Threading.CancellationToken token = default) { await Task.CompletedTask; return s; }
                static async Task<string> All() { await T(); await V(); return await U(1) + await W("a"); }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("async that fails", "U=1!1:async", """
            public static class Sample
            {
                [Instrument] static async Task<int> U() { await Task.Yield(); throw new InvalidOperationException("late"); }
                static async Task<string> All() { try { return "" + await U(); } catch (InvalidOperationException e) { return e.Message; } }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("async void, pooled, own task-like", "A=1:async-first-stretch B=1:async-first-stretch C=1:async-first-stretch", """
            [AsyncMethodBuilder(typeof(Builder))] public sealed class Mine { public int Value; }
            public struct Builder
            {
                Mine _task;
                public static Builder Create() => new() { _task = new() };
                public Mine Task => _task;
                public void SetResult() => _task.Value = 7;
                public void SetException(Exception e) { }
                public void SetStateMachine(IAsyncStateMachine m) { }
                public void Start<T>(ref T m) where T : IAsyncStateMachine => m.MoveNext();
                public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine { }
                public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine { }
            }
            public static class Sample
            {
                static int s_n;
                [Instrument] static async void A() { s_n++; await Task.CompletedTask; }
                [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] static async ValueTask<int> B() { await Task.Yield(); return 2; }
                [Instrument] static async Mine C(int x) { await Task.CompletedTask; s_n += x; }
                static async Task<string> All() { A(); return $"{await B()}{C(3).Value}{s_n}"; }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("task without async", "F=1:pair", "public static class Sample { [Instrument] static Task<int> F() => Task.FromResult(1); public static string Run() => F().Result.ToString(); }"),
        Case("nullable tasks", "F=1:async", "public static class Sample { [Instrument] static async Task<string?> F(string? s) { await Task.Yield(); return s; } public static string Run() => F(\"a\").Result!; }"),
        Case("iterators", "A=1:iterator B=1:iterator C=1:iterator D=1:iterator E=1:iterator", """
            public static class Sample
            {
                [Instrument] static IEnumerable<int> A(int n) { for (int i = 0; i < n; i++) yield return i; }
                [Instrument] static IEnumerator<string> B() { try { yield return "b"; } finally { s_log += "!"; } }
                [Instrument] static System.Collections.IEnumerable C() { yield return 1; }
                [Instrument] static System.Collections.IEnumerator D() { yield return 2; }
                [Instrument] static IEnumerable<dynamic> E(dynamic x) { yield return x; yield break; }
                static string s_log = "";
                public static string Run()
                {
                    foreach (int i in A(3)) s_log += i;
                    using (var b = B()) { b.MoveNext(); s_log += b.Current; }
                    foreach (object o in C()) s_log += o;
                    for (var d = D(); d.MoveNext();) s_log += d.Current;
                    return s_log + E(5).Single();
                }
            }
            """),
        Case("async iterators", "A=1!1:async-iterator B=1:async-iterator", """
            using System.Threading;
            public static class Sample
            {
                [Instrument] static async IAsyncEnumerable<int> A(int n, [EnumeratorCancellation] CancellationToken token = default) { for (int i = 0; i < n; i++) { await Task.Yield(); token.ThrowIfCancellationRequested(); yield return i; } }
                [Instrument] static async IAsyncEnumerator<int> B() { await Task.Yield(); yield return 1; }
                static async Task<string> All()
                {
                    string s = "";
                    using var source = new CancellationTokenSource();
                    try { await foreach (int i in A(5).WithCancellation(source.Token)) { s += i; if (i == 2) source.Cancel(); } } catch (OperationCanceledException) { s += "c"; }
                    var b = B();
                    while (await b.MoveNextAsync()) s += b.Current;
                    await b.DisposeAsync();
                    return s;
                }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("async in place", "F=1:async G=1!1:async H=1:async-first-stretch L=1:async M=1:async-first-stretch", """
            [AsyncMethodBuilder(typeof(Builder))] public sealed class Mine { public int Value; }
            public struct Builder
            {
                Mine _task;
                public static Builder Create() => new() { _task = new() };
                public Mine Task => _task;
                public void SetResult() => _task.Value = 7;
                public void SetException(Exception e) { }
                public void SetStateMachine(IAsyncStateMachine m) { }
                public void Start<T>(ref T m) where T : IAsyncStateMachine => m.MoveNext();
                public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine { }
                public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine { }
            }
            public interface IF { Task<string> F<T>(T x, dynamic @class, params int[] all) where T : struct; ValueTask<int> G(); ValueTask<int> H(int x = 3); Mine M(); }
            public class Sample : IF
            {
                int _n = 1;
                [Instrument] async Task<string> IF.F<T>(T x, dynamic @class, params int[] all) { await Task.Yield(); return x.ToString() + @class + all.Length + _n++ + typeof(T).Name; }
                [Instrument] async ValueTask<int> IF.G() { await Task.Yield(); throw new InvalidOperationException("late"); }
                [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] async ValueTask<int> IF.H(int x) { await Task.Yield(); return x; }
                [Instrument] async Mine IF.M() => await Task.CompletedTask;
                static async Task<string> All()
                {
                    [Instrument] static async Task<int> L(int x) { await Task.Yield(); return x; }
                    IF f = new Sample();
                    string s = await f.F(1.5, "d", 1, 2) + await f.H() + f.M().Value + await L(4);
                    try { await f.G(); } catch (InvalidOperationException e) { s += e.Message; }
                    return s;
                }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("iterators in place", "F=1:iterator G=1:async-iterator get_P=1:iterator op_Addition=1:iterator H=1:iterator L=1:iterator", """
            using System.Threading;
            public interface IF { IEnumerable<int> F(int n); IAsyncEnumerable<int> G(CancellationToken t = default); static IEnumerable<T> H<T>(T x) { yield return x; } }
            public class Sample : IF
            {
                [Instrument] IEnumerable<int> IF.F(int n) { while (n-- > 0) yield return n; }
                [Instrument] async IAsyncEnumerable<int> IF.G([EnumeratorCancellation] CancellationToken t) { await Task.Yield(); t.ThrowIfCancellationRequested(); yield return 1; }
                public IEnumerable<string> P { [Instrument] get { yield return GetType().Name; yield break; } }
                [Instrument] public static IEnumerable<Sample> operator +(Sample a, Sample b) { yield return a; yield return b; }
                static string Sync()
                {
                    [Instrument] IEnumerable<int> L(int x) { yield return x; }
                    IF f = new Sample();
                    var twice = f.F(3);
                    return string.Join(",", twice) + string.Join(",", twice) + string.Concat(new Sample().P) + (new Sample() + new Sample()).Count() + I.H(5).Single() + L(3).Single();
                }
                interface I { [Instrument] public static IEnumerable<T> H<T>(T x) { yield return x; } }
                static async Task<string> All() { string s = Sync(); await foreach (int i in ((IF)new Sample()).G()) s += i; return s; }
                public static string Run() => All().GetAwaiter().GetResult();
            }
            """),
        Case("parameters of an iterator pair start anew with every enumeration", "F=1:iterator", "public static class Sample { [Instrument] static IEnumerable<int> F(int n) { while (n-- > 0) yield return n; } public static string Run() { var f = F(3); return string.Join(\",\", f) + string.Join(\",\", f); } }"),
        Case("arguments are checked when they were", "F=2!1:pair G=1!1:iterator", """
            public static class Sample
            {
                [Instrument] static IEnumerable<int> F(string s) { ArgumentNullException.ThrowIfNull(s); return s.Select(c => (int)c); }
                [Instrument] static IEnumerable<int> G(string s) { ArgumentNullException.ThrowIfNull(s); yield return 1; }
                public static string Run()
                {
                    string log = string.Concat(F("a"));
                    try { F(null!); log += "late"; } catch (ArgumentNullException) { log += "early"; }
                    var g = G(null!); log += "made";
                    try { g.Count(); } catch (ArgumentNullException) { log += "late"; }
                    return log;
                }
            }
            """),
        Case("async in struct and generic", "F=1:async", "public readonly struct Sample(int x) { readonly int _x = x; [Instrument] public async Task<string> F<T>(T t) where T : struct { var copy = _x; await Task.Yield(); return $\"{t}{copy}\"; } public static string Run() => new Sample(1).F(2).Result; }"),
    ];

    private static IEnumerable<TestCaseData> WrittenPairs =>
    [
        Case("written pair", "F=1:pair", "public static partial class Sample { [Instrument] private static partial int F(int x, ref string s, out int y, params int[] z); private static int FCore(int x, ref string s, out int y, params int[] z) { y = z.Length; return x; } public static string Run() { string s = \"\"; return F(1, ref s, out int y, 1, 2).ToString() + y; } }"),
        Case("written pair of a ref readonly result beside ref", "F=1:pair G=1:pair", "public static partial class Sample { static int s_x = 3; [Instrument] internal static partial ref readonly int F(); static ref readonly int FCore() => ref s_x; [Instrument] internal static partial ref int G(ref readonly int a); static ref int GCore(ref readonly int a) => ref s_x; public static string Run() { G(in s_x)++; return F().ToString(); } }"),
        Case("written async and iterator pairs", "F=1:async G=1:iterator H=1:async-first-stretch", """
            public static partial class Sample
            {
                [Instrument] private static partial Task<int> F(int x);
                private static async Task<int> FCore(int x) { await Task.Yield(); return x; }
                [Instrument] private static partial IEnumerable<T> G<T>(T x) where T : class, new();
                private static IEnumerable<T> GCore<T>(T x) where T : class, new() { yield return x; }
                [Instrument] private static partial ValueTask H();
                [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] private static async ValueTask HCore() { await Task.Yield(); }
                public static string Run() { H().AsTask().Wait(); return F(1).Result.ToString() + G(new object()).Count(); }
            }
            """),
        Case("written pairs of a type", "F=1:pair G=1:pair", """
            [Instrument]
            public partial class Sample
            {
                public virtual partial int F(int x);
                private int FCore(int x) => x;
                partial class Inner<T> { internal partial T G(T x); private T GCore(T x) => x; internal T Both(T x) => G(x); }
                [DoNotInstrument] public static string Run() => new Sample().F(1).ToString() + new Inner<string>().Both("a");
            }
            """),
        Case("written void pair of the old kind", "F=1:pair", "public static partial class Sample { static string s_log = \"\"; [Instrument] static partial void F(string x); static void FCore(string x) { s_log += x; } public static string Run() { F(\"a\"); return s_log; } }"),
        Case("written pair in a variant interface", "F=1:pair", "public partial interface I<out T> { [Instrument] internal static partial int F(); static int FCore() => 1; } public static class Sample { public static string Run() => I<string>.F().ToString(); }"),
        Case("written pair with overloads", "F=2:pair", "public static partial class Sample { [Instrument] private static partial string F(int x); [Instrument] private static partial string F(string x); static string FCore(int x) => \"i\"; static string FCore(string x) => \"s\"; public static string Run() => F(1) + F(\"\"); }"),
        Case("written pair with dynamic", "F=1:pair", "public static partial class Sample { [Instrument] private static partial string F(dynamic x, ref dynamic y); static string FCore(dynamic x, ref dynamic y) { y = 5; return x; } public static string Run() { dynamic d = 1; return F(\"a\", ref d) + d; } }"),
    ];

    private static IEnumerable<TestCaseData> InPlace =>
    [
        Case("constructors", "#ctor=2:in-place #cctor=1:in-place", """
            public class Base { public Base(int x) { } }
            public class Sample : Base
            {
                static readonly string s_log;
                readonly int _x;
                [Instrument] static Sample() { s_log = "s"; }
                [Instrument] public Sample(int x) : base(x) { _x = x; if (x > 1) return; _x = 9; }
                [Instrument] public Sample() : this(3) => _x++;
                public static string Run() => s_log + new Sample()._x;
            }
            """),
        Case("accessors", "get_P=1:in-place set_P=1:in-place get_Q=1:in-place get_Item=1:in-place add_E=1:in-place get_R=1:in-place", """
            public class Sample
            {
                int _p; static int[] s_r = [1];
                public int P { [Instrument] get { return _p; } [Instrument] set { if (value < 0) return; _p = value; } }
                [Instrument] public string Q => "q" + _p;
                [Instrument] public int this[int i] => i + 1;
                public event Action E { [Instrument] add { _p++; } remove { } }
                [Instrument] public static ref int R => ref s_r[0];
                public static string Run() { var s = new Sample { P = 2 }; s.E += () => { }; R = 5; return $"{s.P}{s.Q}{s[1]}{s_r[0]}"; }
            }
            """),
        Case("init, field keyword, required", "set_P=1:in-place set_Q=1:in-place", """
            public class Sample
            {
                public required string P { get; [Instrument] init => field = value + "!"; }
                public int Q { get; [Instrument] set { field = value * 2; } }
                public static string Run() { var s = new Sample { P = "a" }; s.Q = 2; return s.P + s.Q; }
            }
            """),
        Case("operators", "op_Addition=1:in-place op_Implicit=1:in-place op_CheckedExplicit=1:in-place op_Explicit=1:in-place", """
            public readonly struct Sample(int x)
            {
                readonly int _x = x;
                [Instrument] public static Sample operator +(Sample a, Sample b) => new(a._x + b._x);
                [Instrument] public static implicit operator Sample(int x) { return new(x); }
                [Instrument] public static explicit operator byte(Sample a) => (byte)a._x;
                [Instrument] public static explicit operator checked byte(Sample a) => checked((byte)a._x);
                public static string Run() { Sample s = 1; byte b = unchecked((byte)s); byte c = checked((byte)s); return ((s + s)._x + b + c).ToString(); }
            }
            """),
        Case("compound assignment operator", "op_AdditionAssignment=1:in-place", "public class Sample { int _x; [Instrument] public void operator +=(int y) { _x += y; } public static string Run() { var s = new Sample(); s += 3; return s._x.ToString(); } }"),
        Case("local function", "L=2:in-place", "public static class Sample { public static string Run() { int n = 1; [Instrument] int L(int x) => x + n; [Instrument] static int S(int x) { return x; } return L(L(1)).ToString() + S(2); } }"),
        Case("ref locals and returns", "F=1:in-place", "public class Sample : Sample.IRef { interface IRef { ref int F(int[] a); ref readonly int G(int[] a); } [Instrument] ref int IRef.F(int[] a) { if (a.Length > 1) return ref a[1]; return ref a[0]; } [Instrument] ref readonly int IRef.G(int[] a) => ref a[0]; public static string Run() { IRef r = new Sample(); int[] a = [1, 2]; r.F(a)++; return a[1].ToString() + r.G(a); } }"),
        Case("returns everywhere", "F=5:in-place", """
            public interface IF { string F(int x); }
            public class Sample : IF
            {
                [Instrument]
                string IF.F(int x)
                {
                    if (x == 0) return "zero";
                    else if (x == 1) { return x switch { 1 => "one", _ => throw new Exception() }; }
                    foreach (int y in new[] { x }) if (y == 2) return "two"; else break;
                    switch (x) { case 3: return "three"; case 4: { return string.Concat(new[] { 1 }.Select(z => { return z.ToString(); })); } }
                    try { return "five"; } finally { x++; }
                }
                public static string Run() { IF f = new Sample(); return string.Join(",", Enumerable.Range(0, 5).Select(f.F)); }
            }
            """),
        Case("target-typed returns", "A=1:in-place B=1:in-place C=1:in-place D=1:in-place G=1:in-place", """
            public interface IX { List<int> A(); Func<int, int> B(); (int X, string? Y) C(); FormattableString D(); ReadOnlySpan<char> G(string s); }
            public class Sample : IX
            {
                [Instrument] List<int> IX.A() => [1, 2];
                [Instrument] Func<int, int> IX.B() => x => x + 1;
                [Instrument] (int X, string? Y) IX.C() => (1, null);
                [Instrument] FormattableString IX.D() => $"a{1}";
                [Instrument] ReadOnlySpan<char> IX.G(string s) => s;
                public static string Run() { IX x = new Sample(); return $"{x.A().Count}{x.B()(1)}{x.C()}{x.D().Format}{x.G("a").ToString()}"; }
            }
            """),
        Case("throwing in place", "Dispose=1!1:in-place", "public class Sample : IDisposable { [Instrument] void IDisposable.Dispose() => throw new NotSupportedException(\"x\"); public static string Run() { try { ((IDisposable)new Sample()).Dispose(); return \"\"; } catch (NotSupportedException e) { return e.Message; } } }"),
        Case("reads its own frame", "F=1:in-place", "public static class Sample { [Instrument] static string F() => System.Reflection.MethodBase.GetCurrentMethod()!.Name; public static string Run() => F(); }"),
    ];

    private static IEnumerable<TestCaseData> Names =>
    [
        Case("keywords as names", "class=1:pair", """
            namespace @namespace.@event
            {
                public class @new<@in> { public @in? @value; }
                public static partial class @static { [Instrument] public static @new<@params> @class<@params>(@new<@params> @int, ref int @ref, string @record, int @scoped, int await, int @partial) where @params : struct { @ref = @record.Length + @scoped; return @int; } }
            }
            public static class Sample { public static string Run() { int x = 1; return @namespace.@event.@static.@class(new @namespace.@event.@new<int> { @value = 2 }, ref x, "abc", 1, 2, 3).@value.ToString() + x; } }
            """),
        Case("unicode names", "größe=1:pair", "public static class Sample { [Instrument] static int größe(int \\u0061b, int ı) => ab + ı; public static string Run() => größe(1, 2).ToString(); }"),
        Case("names that hide ours", "F=1:pair", """
            namespace Mine
            {
                using HotPathGen;
                namespace System { class Own { } }
                namespace HotPathGenLike { class Frame { } }
                public class Runtime { }
                public static class T { public class Frame { } [global::HotPathGen.Instrument] public static Frame F(Frame frame, int completed, int result) => frame; }
            }
            public static class Sample { public static string Run() => Mine.T.F(new(), 1, 2).GetType().Name; }
            """),
        Case("qualified and suffixed attribute", "A=1:pair B=1:pair C=1:pair", "public static class Sample { [HotPathGen.Instrument] static int A() => 1; [global::HotPathGen.InstrumentAttribute()] static int B() => 2; [InstrumentAttribute, Obsolete] static int C() => 3; [Obsolete] public static string Run() => $\"{A()}{B()}{C()}\"; }"),
        Case("namespace alias and static using", "F=1:pair", """
            using S = System.Collections.Generic.List<(int A, string? B)>;
            using static System.Math;
            using unsafe P = int*;
            public static unsafe class Sample { [Instrument] static S F(S s, P p) { s.Add((Max(1, *p), null)); return s; } public static string Run() { int x = 2; return F([], &x)[0].A.ToString(); } }
            """),
    ];
}
