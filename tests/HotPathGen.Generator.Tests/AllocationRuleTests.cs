using System.Collections.Immutable;
using System.Globalization;
using HotPathGen.Causes;
using HotPathGen.Generator.Analysis;
using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Production builds report what hot methods allocate, at the expression. What optimized code does not allocate is not reported.
/// </summary>
public sealed class AllocationRuleTests
{
    private const string Before =
        "class K { public static object? Kept; [MethodImpl(MethodImplOptions.NoInlining)] public static void Keep(object? o) => Kept = o; }\n"
        + "class P(int x) { public int X = x; }\n";

    [TestCase("static void F() { K.Kept = new P(1); }", "HPG301 new P(1): A new 'P' is allocated here")]
    [TestCase("static void F() { K.Kept = new { A = 1 }; }", "HPG301 new { A = 1 }: An anonymous object is allocated here")]
    [TestCase("record R(int A); static void F(R r) { K.Kept = r with { A = 2 }; }", "HPG301 r with { A = 2 }: A copy of 'R' is allocated here")]
    [TestCase("static int[] F(int n) => new int[n];", "HPG302 new int[n]: A new 'int[]' is allocated here")]
    [TestCase("static List<int> F(int n) => [n];", "HPG302 [n]: A new 'List<int>' is allocated here")]
    [TestCase("static object F(int n) => n;", "HPG303 n: 'int' is boxed here")]
    [TestCase("static string? F(DayOfWeek d) => d.ToString();", "HPG303 d.ToString(): 'DayOfWeek' is boxed here")]
    [TestCase(
        "static void F(int n) { K.Kept = (Func<int>)(() => n); }",
        "HPG305 (Func<int>)(() => n): A delegate 'Func<int>' is allocated here\nHPG304 =>: An object is allocated for the captured 'n'"
    )]
    [TestCase("int _x = 1; int G() => _x; Func<int> F() => G;", "HPG305 G: A delegate 'Func<int>' is allocated here")]
    [TestCase("static string F(string a) => a + 1;", "HPG306 a + 1: A string is allocated by this concatenation")]
    [TestCase("static string F(int a) => $\"{a}!\";", "HPG306 $\"{a}!\": A string is allocated by this interpolation")]
    [TestCase(
        "[MethodImpl(MethodImplOptions.NoInlining)] static int G(params object[] o) => o.Length; static int F(string a) => G(a, a);",
        "HPG307 G(a, a): 'object[]' is allocated for the arguments of this call"
    )]
    [TestCase("static IEnumerable<int> F() { yield return 1; }", "HPG308 F: An object is allocated for the state of 'IEnumerable<int>'")]
    [TestCase("static async Task F() { await Task.Yield(); }", "HPG308 F: An object is allocated for the state of 'Task' at times")]
    [TestCase(
        "static int F(IEnumerable<int> e) { int n = 0; foreach (int i in e) n += i; return n; }",
        "HPG309 e: An enumerator of 'IEnumerable<int>' is allocated here"
    )]
    [TestCase("static void F(List<int> l) { l.Add(1); }", "HPG310 l.Add(1): 'List.Add' allocates when what it adds to is full")]
    [TestCase("static object F(int[] a) => a.Select(static x => x + 1);", "HPG311 a.Select(static x => x + 1): 'Enumerable.Select' allocates")]
    [TestCase("static object? F(Type t) => t.GetMethod(\"F\");", "HPG312 t.GetMethod(\"F\"): 'Type.GetMethod' allocates at times")]
    [TestCase("static string F(string a) => a.Substring(1);", "HPG313 a.Substring(1): 'string.Substring' allocates at times")]
    [TestCase("static int F(string s) => s is ['a', .. string r] ? r.Length : 0;", "HPG313 .. string r: 'string.Substring' allocates")]
    [TestCase("static int F(int[] a) => a is [1, .. var r] ? r.Length : 0;", "HPG302 .. var r: A new 'int[]' is allocated here")]
    [TestCase(
        "static readonly LinkedList<int> s_l = new([1]); static void F(int i) { s_l.RemoveLast(); s_l.AddFirst(i); }",
        "HPG310 s_l.AddFirst(i): 'LinkedList.AddFirst' allocates when what it adds to is full"
    )]
    [TestCase(
        "static object? s_o; static int G(int x) { s_o = x; return x; } static int F(int x) => G(x);",
        "HPG313 G(x): 'C.G' allocates: boxing 'int' (Sample.cs:4)",
        TestName = "a number that is boxed on the way"
    )]
    [TestCase(
        "static int G(int x) { object o = x; K.Keep(o); return x; } static int F(int x) => G(x);",
        "HPG313 G(x): 'C.G' allocates: boxing 'int' (Sample.cs:4)",
        TestName = "a number that is boxed and passed on"
    )]
    [TestCase(
        "class A { public virtual object M(int i) => new P(i); } sealed class B : A; static void F(B b) { K.Kept = b.M(1); }",
        "HPG313 b.M(1): 'A.M' allocates: object 'P' (Sample.cs:4)",
        TestName = "a sealed type runs what it inherits"
    )]
    [TestCase(
        "static int F(IEnumerable<int> e) => e.First();",
        "HPG311 e.First(): 'Enumerable.First' allocates at times",
        TestName = "the first of what may have to be enumerated"
    )]
    [TestCase(
        "static int F(IReadOnlyList<int> l) => l.First(static x => x > 1);",
        "HPG311 l.First(static x => x > 1): 'Enumerable.First' allocates at times",
        TestName = "the first that a function picks"
    )]
    [TestCase("static void F(ref int[] a, int n) => Array.Resize(ref a, n);", "HPG313 Array.Resize(ref a, n): 'Array.Resize' allocates at times")]
    [TestCase(
        "static string F(byte[] b) => System.Text.Encoding.Latin1.GetString(b, 0, 2);",
        "HPG313 System.Text.Encoding.Latin1.GetString(b, 0, 2): 'Encoding.GetString' allocates"
    )]
    [TestCase(
        "static int G(string s) { if (s.Length > 0) { return 1; } throw new ArgumentException(s); } static int F(int i) => G($\"{i}!\");",
        "HPG306 $\"{i}!\": A string is allocated by this interpolation",
        TestName = "calls that only may throw"
    )]
    [TestCase(
        "static P F(P? p) { p ??= new P(1); return p; }",
        "HPG301 new P(1): A new 'P' is allocated here",
        TestName = "what is kept in a local is made each time"
    )]
    [TestCase(
        "static P? s_p = null, s_q; static P? F() { if (s_p is null) { s_q = new P(1); } return s_q; }",
        "HPG301 new P(1): A new 'P' is allocated here",
        TestName = "another field than the one that is looked at"
    )]
    [TestCase(
        "static P? s_p = null, s_q; static P F() => s_p ?? (s_q = new P(1));",
        "HPG301 new P(1): A new 'P' is allocated here",
        TestName = "another field than the one that is null"
    )]
    [TestCase(
        "static Lazy<P> F() => new(static () => new P(1));",
        "HPG301 new(static () => new P(1)): A new 'Lazy<P>' is allocated here",
        TestName = "a lazy value is made once, its maker each time"
    )]
    [TestCase(
        "static void G(int n) {\nif (n > 0) K.Kept = new P(n); } static void F() => G(2);",
        "HPG313 G(2): 'C.G' allocates: object 'P' (Sample.cs:5)"
    )]
    [TestCase(
        "static void F() { var p = new P(2); K.Kept = p.X > 1 ? null : \"a\"; }",
        "HPG320 new P(2): A new 'P' is allocated only until the JIT has optimized this method"
    )]
    [TestCase(
        "static byte[] F(byte[] a) { Array.Resize(ref a, a.Length + 1); return a; }",
        "HPG313 Array.Resize(ref a, a.Length + 1): 'Array.Resize' allocates at times"
    )]
    [TestCase(
        "static string F(byte[] a, int n) => System.Text.Encoding.UTF8.GetString(a, 0, n);",
        "HPG313 System.Text.Encoding.UTF8.GetString(a, 0, n): 'Encoding.GetString' allocates"
    )]
    [TestCase("static string F(System.IO.StringWriter w) => w.ToString();", "HPG313 w.ToString(): 'StringWriter.ToString' allocates")]
    [TestCase(
        "static void F(List<int> l, int n) { l.Capacity = n; }",
        "HPG310 l.Capacity = n: 'List.Capacity' allocates when what it adds to is full"
    )]
    [TestCase(
        "static void F(int n) { K.Kept = new List<int> { n, n + 1 }; }",
        "HPG301 new List<int> { n, n + 1 }: A new 'List<int>' is allocated here",
        TestName = "an initializer's elements are part of what is made"
    )]
    [TestCase(
        "static int F(int n) { var s = new Stack<int>(); s.Push(n); return s.Pop(); }",
        "HPG301 new Stack<int>(): A new 'Stack<int>' is allocated here\nHPG310 s.Push(n): 'Stack.Push' allocates when what it adds to is full",
        TestName = "what is made here has no room, emptied or not"
    )]
    [TestCase(
        "static void F(LinkedList<int> l, int n) { l.RemoveFirst(); l.AddLast(n); }",
        "HPG310 l.AddLast(n): 'LinkedList.AddLast' allocates when what it adds to is full",
        TestName = "linked elements are objects"
    )]
    [TestCase("static Action? F(Action? b, Action a) { b += a; return b; }", "HPG305 b += a: A delegate 'Action' is allocated here at times")]
    [TestCase(
        "[MethodImpl(MethodImplOptions.NoInlining)] static int G(Span<int> s) => s.Length; static int F(int n) { Span<int> s = new int[4]; s[n] "
            + "= n; return G(s); }",
        "HPG302 new int[4]: A new 'int[]' is allocated here",
        TestName = "a span that goes on takes its array along"
    )]
    [TestCase(
        "static int F(int n) { Span<int> s = new int[4]; s[n] = n; foreach (int i in s) n += i; return n + s.Length; }",
        "HPG320 new int[4]: A new 'int[]' is allocated only until the JIT has optimized this method",
        TestName = "a span that ends here does not"
    )]
    [TestCase(
        "class G<T> { static bool F(T a, T b) { Predicate<T> same = x => EqualityComparer<T>.Default.Equals(x, a); return same(b); } }",
        "HPG305 x => EqualityComparer<T>.Default.Equals(x, a): A delegate 'Predicate<T>' is allocated here\nHPG304 =>: An object is allocated "
            + "for the captured 'a'",
        TestName = "delegates of code that is shared"
    )]
    [TestCase(
        "static IEnumerable<int> G() { yield return 1; } static IEnumerable<int> H(bool b) => b ? G() : []; static int F(bool b) { int n = 0; "
            + "foreach (int i in H(b)) n += i; return n; }",
        "HPG313 H(b): 'C.H' allocates: call 'C.G' (Sample.cs:4) > state machine 'IEnumerable<int>' (Sample.cs:4)",
        TestName = "an iterator is its own enumerator"
    )]
    [TestCase(
        "static int G(params object[] o) => o.Length; static int F(string a) => G(a, a);",
        "HPG320 G(a, a): 'object[]' is allocated only until the JIT has optimized this method",
        TestName = "arguments that an inlined method counts"
    )]
    [TestCase(
        "static int G(params int[] o) { int n = 0; foreach (int i in o) n += i; return n; } static int F(int a) => G(a, 2);",
        "HPG307 G(a, 2): 'int[]' is allocated for the arguments of this call at times",
        TestName = "arguments that a method with a loop adds up"
    )]
    [TestCase(
        "static int G(params int[] o) { K.Kept = o; return o.Length; } static int F(int a) => G(a, 2);",
        "HPG307 G(a, 2): 'int[]' is allocated for the arguments of this call",
        TestName = "arguments that are kept"
    )]
    [TestCase(
        "static int G(params int[] o) => o.Length; static int F(int a) { int n = 0; while (n < a) n += G(a, 2); return n; }",
        "HPG307 G(a, 2): 'int[]' is allocated for the arguments of this call",
        TestName = "arguments of a call in a loop"
    )]
    [TestCase(
        "interface I { int M(); } struct S : I { public int M() => 1; } static int F(S s) { I i = s; return i.M(); }",
        "HPG320 s: 'S' is allocated only until the JIT has optimized this method",
        TestName = "a box of a known type that is called"
    )]
    [TestCase(
        "interface I { int M(); } struct S : I { public int M() => 1; } static int G(I i) => i.M(); static int F(S s) => G(s);",
        "HPG320 s: 'S' is allocated only until the JIT has optimized this method",
        TestName = "a box of a known type that an inlined method calls"
    )]
    [TestCase(
        "interface I { int M(); } struct S : I { public int M() => 1; } static int F(S s, I o) { I i = s; if (o.M() > 1) { i = o; } return i.M(); }",
        "HPG303 s: 'S' is boxed here",
        TestName = "a box beside another object"
    )]
    [TestCase(
        "interface I { int M(); } sealed class S(int x) : I { public int M() => x; } static int F(int x) { I i = new S(x); return i.M(); }",
        "HPG320 new S(x): A new 'S' is allocated only until the JIT has optimized this method",
        TestName = "an object of a known type that is called by its interface"
    )]
    [TestCase(
        "interface I { int M(); } class S : I { public int M() { K.Kept = this; return 1; } } static int F() { I i = new S(); return i.M(); }",
        "HPG301 new S(): A new 'S' is allocated here",
        TestName = "an object that keeps itself"
    )]
    [TestCase(
        "readonly IEnumerable<int> _e = new List<int>(); int F() { int n = 0; foreach (int i in _e) n += i; return n; }",
        "HPG309 _e: An enumerator of 'IEnumerable<int>' is allocated here at times",
        TestName = "a field that always holds a list"
    )]
    [TestCase(
        "IReadOnlyList<int> _e; C(List<int> l) => _e = new List<int>(l); void Set() { _e = new List<int>(3); } int F() { int n = 0; foreach (int "
            + "i in _e) n += i; return n; }",
        "HPG309 _e: An enumerator of 'IReadOnlyList<int>' is allocated here at times",
        TestName = "a field that is assigned lists alone"
    )]
    [TestCase(
        "IReadOnlyList<int> _e = new List<int>(); void Set(IReadOnlyList<int> e) { _e = e; } int F() { int n = 0; foreach (int i in _e) n += i; "
            + "return n; }",
        "HPG309 _e: An enumerator of 'IReadOnlyList<int>' is allocated here",
        TestName = "a field that is assigned who knows what"
    )]
    [TestCase(
        "public IReadOnlyList<int> E = new List<int>(); int F() { int n = 0; foreach (int i in E) n += i; return n; }",
        "HPG309 E: An enumerator of 'IReadOnlyList<int>' is allocated here",
        TestName = "a field that others assign"
    )]
    [TestCase(
        "IReadOnlyList<int> E { get; } = new List<int>(); int F() { int n = 0; foreach (int i in E) n += i; return n; }",
        "HPG309 E: An enumerator of 'IReadOnlyList<int>' is allocated here at times",
        TestName = "a property that always holds a list"
    )]
    [TestCase(
        "static readonly IEnumerable<int> s_e = new SortedSet<int>(); static int F() { int n = 0; foreach (int i in s_e) n += i; return n; }",
        "HPG309 s_e: An enumerator of 'IEnumerable<int>' is allocated here",
        TestName = "a field that always holds a sorted set"
    )]
    [TestCase(
        "static readonly IEnumerable<int> s_e = new int[3]; static int F() { int n = 0; foreach (int i in s_e) n += i; return n; }",
        "HPG320 s_e: An enumerator of 'IEnumerable<int>' is allocated only until the JIT has optimized this method",
        TestName = "a static field that holds an array for ever"
    )]
    [TestCase(
        "static readonly IEnumerable<int> s_e = [1, 2]; static int F() { int n = 0; foreach (int i in s_e) foreach (int j in s_e) n += i * j; "
            + "return n; }",
        "HPG320 s_e: An enumerator of 'IEnumerable<int>' is allocated only until the JIT has optimized this method\nHPG309 s_e: An enumerator of "
            + "'IEnumerable<int>' is allocated here at times",
        TestName = "a loop in a loop"
    )]
    public async Task Is_said_at_the_site(string member, string expected)
    {
        Assert.That(await Report(Hot(member)), Is.EqualTo(expected));
    }

    [TestCase("const string S = \"a\"; static string F() => S + \"b\" + $\"{S}c\";", TestName = "constants")]
    [TestCase("static int F(int[] a) => Array.FindIndex(a, x => x > 1);", TestName = "cached delegates")]
    [TestCase("static bool G(int x) => x > 1; static int F(int[] a) => Array.FindIndex(a, G);", TestName = "cached method groups")]
    [TestCase("static int F(int[] a) => Array.FindIndex(a, static x => x > 1);", TestName = "static lambdas")]
    [TestCase(
        "static int F(int i) { ReadOnlySpan<int> s = [1, 2, 3]; ReadOnlySpan<byte> b = new byte[] { 1, 2 }; return s[i] + b[i] + \"abc\"u8[i]; }",
        TestName = "constant spans"
    )]
    [TestCase("static int F(int i) { Span<int> s = [i, 2, 3]; return s[i]; }", TestName = "collection expressions on the stack")]
    [TestCase("static bool F(AttributeTargets t) => t.HasFlag(AttributeTargets.Class);", TestName = "HasFlag")]
    [TestCase(
        "static int F(int i) { Span<char> s = stackalloc char[32]; return s.TryWrite($\"{i} and {i:x}\", out int n) ? n : 0; }",
        TestName = "TryWrite"
    )]
    [TestCase(
        "static int F(int i) { if (i < 0) throw new ArgumentException($\"{i} is less than \" + i, nameof(i)); if (i > 9) { string text = \"n\" + "
            + "i; throw new ArgumentException(text); } return i == 5 ? throw new InvalidOperationException(i.ToString()) : i; }",
        TestName = "cold throws"
    )]
    [TestCase(
        "static void Throw(string text) => throw new ArgumentException(text); static int F(int i) { if (i < 0) Throw($\"{i}\"); return i; }",
        TestName = "calls that only throw"
    )]
    [TestCase("static int G(string s, params object[] o) => o.Length; static int F() => G(\"a\");", TestName = "an empty params array")]
    [TestCase("static int G(params ReadOnlySpan<int> o) => o.Length; static int F(int i) => G(i, 2);", TestName = "a params span")]
    [TestCase(
        "static int F(List<int> l, Dictionary<int, int> d, System.Collections.Immutable.ImmutableArray<int> m) { int n = 0; foreach (int i in l) "
            + "n += i; foreach (var (k, v) in d) n += k + v; foreach (int i in m) n += i; return n; }",
        TestName = "struct enumerators"
    )]
    [TestCase(
        "static P? s_p; static P F() => s_p ??= new P(1); static P G() { if (s_p is null) { s_p = new P(2); } return s_p; }",
        TestName = "what is made once"
    )]
    [TestCase(
        "static bool F(System.Reflection.MethodInfo m, System.Reflection.FieldInfo f) => m != null && m.IsVirtual && f.IsInitOnly;",
        TestName = "reflected flags and comparisons"
    )]
    [TestCase(
        "static Type F(Type t) => t.IsGenericType ? t.GetGenericTypeDefinition() : t.GetElementType()!;",
        TestName = "types that a type has at hand"
    )]
    [TestCase(
        "static int F(System.Runtime.Serialization.DataMemberAttribute d) => d.Name!.Length + (Enumerable.Empty<int>() is int[] ? 1 : 0) + "
            + "Environment.NewLine.Length;",
        TestName = "properties of the base library that give what they have"
    )]
    [TestCase(
        "[ThreadStatic] static P? s_p; static P F() { P? p = s_p; if (p == null) { p = s_p = new P(1); } return p; } static P G() { var p = s_p; "
            + "if (p is null) { s_p = p = new P(2); } return p; }",
        TestName = "what is made once, by way of a local"
    )]
    [TestCase("static int F(int i) { int j = Add(1); return Add(j); int Add(int x) => x + i; }", TestName = "local functions that are only called")]
    [TestCase("struct S(int x) { public int X = x; } static int F(int i) => new S(i).X + (1, i).Item2;", TestName = "structs")]
    [TestCase(
        "static int G(int i) => H(i) + 1; static int H(int i) => i > 5 ? G(i - 1) : i; static int F(int i) => G(i);",
        TestName = "clean methods of one's own, in a circle too"
    )]
    [TestCase(
        "static int F(int[] a, string s, ReadOnlySpan<char> t) => a is [1, ..] && s is [.. _, 'a'] && t is ['b', .. var u] ? u.Length : 0;",
        TestName = "list patterns that copy nothing"
    )]
    [TestCase(
        "static int F(int i) { try { return 9 / i; } catch (DivideByZeroException) { K.Kept = new P(1); return 0; } }",
        TestName = "what is caught"
    )]
    [TestCase(
        "static int F(int i) { switch (i) { case 1: string t = \"n\" + i; throw new ArgumentException(t); default: return i; } }",
        TestName = "a case that throws"
    )]
    [TestCase(
        "static int F(int i) { if (i < 0) { { string t = \"n\" + i; throw new ArgumentException(t); } } return i; }",
        TestName = "a block in a block that throws"
    )]
    [TestCase(
        "static int F(int i) { if (i < 0) { string t = \"n\" + i; Throw(t); } return i; } static void Throw(string text) { string all = text + "
            + "text; throw new ArgumentException(all); }",
        TestName = "a block that ends in a call that only throws"
    )]
    [TestCase(
        "static int F(int i) { if (i < 0) { Fail($\"{i}\"); } if (i > 9) { Die($\"{i}\"); } return i; static void Fail(string s) => throw new "
            + "ArgumentException(s); static void Die(string s) { throw new ArgumentException(s); } }",
        TestName = "local functions that only throw"
    )]
    [TestCase("static int F(int i) { if (i < 0) Environment.FailFast($\"{i} is less\"); return i; }", TestName = "calls that are said not to return")]
    [TestCase(
        "static readonly System.Collections.Concurrent.ConcurrentDictionary<int, P> s_d = new(); static int F(int i) => s_d.GetOrAdd(i, static k "
            + "=> new P(k)).X + s_d.AddOrUpdate(i, static k => new P(k), static (k, old) => old).X;",
        TestName = "what makes the missing value"
    )]
    [TestCase(
        "static P? s_p; static P F() { if (s_p == null) { s_p = new P(2); } return s_p; }",
        TestName = "what is made where a field equals null"
    )]
    [TestCase("static P? s_p; static P F() { if (s_p is null) { s_p = new P(2); } return s_p; }", TestName = "what is made where a field is null")]
    [TestCase("static P? s_p; static P F() => s_p ?? (s_p = new P(1));", TestName = "what is made and kept behind ??")]
    [TestCase("static object Q => new P(1); static string F() => nameof(Q);", TestName = "what is only named")]
    [TestCase("static string F(string a) => $\"{a}\";", TestName = "one text in an interpolation")]
    [TestCase(
        "static int F(int i) => ((IComparable<int>)i).CompareTo(3) + (((object)i) is int k ? k : 0);",
        TestName = "boxes that are only looked into"
    )]
    [TestCase(
        "static readonly List<int> s_l = []; static int F(int i) { s_l.Clear(); s_l.Add(i); return s_l.Count; }",
        TestName = "collections that are emptied again"
    )]
    [TestCase(
        "static int F(int i) { int[] a = System.Buffers.ArrayPool<int>.Shared.Rent(i); int n = a.Length; "
            + "System.Buffers.ArrayPool<int>.Shared.Return(a); return n; }",
        TestName = "what is rented and given back"
    )]
    [TestCase(
        "static int F(List<int> l, int[] a) => l.Count() + a.First() + (a.Contains(2) ? 1 : 0) + l.IndexOf(3);",
        TestName = "LINQ that asks arrays and lists directly"
    )]
    [TestCase("static T Make<T>() where T : new() => new(); static int F() => Make<int>();", TestName = "a new T that is a struct")]
    [TestCase("static int F(IReadOnlyList<int> l) => l.First() + l.Count();")]
    [TestCase("static bool F(ICollection<int> c, IReadOnlyCollection<int> r, IList<int> l) => c.Any() && r.Any() && l.Any();")]
    [TestCase(
        "const int Scale = 3; static int s_n; static int G(int x) { var y = x * Scale; s_n += y; return (int)(y + 1L); } static int F(int x) => G(x);"
    )]
    public async Task Is_not_said(string member)
    {
        Assert.That(
            string.Join('\n', (await Report(Hot(member))).Split('\n').Where(static line => !line.StartsWith("HPG320", StringComparison.Ordinal))),
            Is.Empty
        );
    }

    /// <summary>A list made by hand names methods that need no probe, whatever their arguments. No method on it was measured to allocate.</summary>
    [Test]
    public void What_needs_no_site_was_never_measured_to_allocate()
    {
        Compilation compilation = Build.Production("class C { }").Output;
        IMethodSymbol[] measured =
        [
            .. compilation
                .References.Select(compilation.GetAssemblyOrModuleSymbol)
                .OfType<IAssemblySymbol>()
                .SelectMany(static assembly => Types(assembly.GlobalNamespace))
                .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
                .Where(static method => CallTable.Verdict(method) is not null),
        ];

        Assert.That(measured, Has.Length.GreaterThan(4000));
        Assert.That(
            measured
                .Where(static method =>
                    CallTable.Verdict(method) is not 'n' && method.MethodKind != MethodKind.Constructor && KnownCalls.KindOf(method) is null
                )
                .Select(static method => method.ToDisplayString()),
            Is.Empty
        );

        static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
            space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
    }

    [Test]
    public void Every_kind_of_site_has_a_remedy()
    {
        Assert.That(Enum.GetValues<SiteKind>().Select(static kind => Cause.Of(kind).Remedy), Has.All.Not.Empty);
    }

    [Test]
    public async Task Only_hot_methods_are_looked_into()
    {
        Assert.That(
            await Report(Before + "class C { public static object F() => new P(1); [DoNotInstrument] public static object G() => new P(1); }"),
            Is.Empty
        );
        Assert.That(
            await Report(
                Before + "[Instrument] class C { public static object F() => new P(1); [DoNotInstrument] public static object G() => new P(1); }"
            ),
            Is.EqualTo("HPG301 new P(1): A new 'P' is allocated here")
        );
    }

    [Test]
    public async Task Accessors_constructors_and_cores_are_bodies_of_hot_methods()
    {
        Assert.That(
            await Report(
                Before
                    + "partial class C { [Instrument] public C() { K.Kept = new P(1); } [Instrument] public object Q => new P(2); public object "
                    + "R { [Instrument] get { return new P(3); } } [Instrument] internal partial object F(); object FCore() => new P(4); }"
            ),
            Is.EqualTo(string.Join('\n', Enumerable.Range(1, 4).Select(static i => $"HPG301 new P({i}): A new 'P' is allocated here")))
        );
    }

    [Test]
    public async Task Measured_builds_hear_it_from_the_snapshot()
    {
        Assert.That(
            await Report(Build.Measured(Before + "partial class C { [Instrument] internal partial object F(); object FCore() => new P(4); }")),
            Is.Empty
        );
    }

    [Test]
    public async Task A_pragma_silences_it()
    {
        Assert.That(
            await Report(
                Before
                    + "class C { [Instrument] static void F() {\n#pragma warning disable HPG301\nK.Kept = new P(1);\n#pragma warning restore "
                    + "HPG301\nK.Kept = new P(2);\n} }"
            ),
            Is.EqualTo("HPG301 new P(2): A new 'P' is allocated here")
        );
    }

    [Test]
    public async Task Methods_that_call_each_other_in_a_circle_allocate_together()
    {
        Assert.That(
            await Report(
                Before
                    + Class(
                        "static void A(int i) { if (i > 0) B(i); }\nstatic void B(int i) { C1(i); D(i); }\nstatic void C1(int i) { A(i - 1); "
                            + "K.Kept = new P(i); }\nstatic void D(int i) { A(i - 1); D(i - 1); }"
                    )
            ),
            Is.EqualTo(
                string.Join(
                    '\n',
                    "HPG313 B(i): 'C.B' allocates: call 'C.C1' (Sample.cs:5) > object 'P' (Sample.cs:6)",
                    "HPG313 C1(i): 'C.C1' allocates: object 'P' (Sample.cs:6)",
                    "HPG301 new P(i): A new 'P' is allocated here",
                    "HPG313 A(i - 1): 'C.A' allocates: call 'C.B' (Sample.cs:4) > call 'C.C1' (Sample.cs:5) > object 'P' (Sample.cs:6)"
                )
            )
        );
    }

    [Test]
    public async Task What_is_certain_of_a_circle_comes_before_what_depends_on_values()
    {
        Assert.That(
            await Report(
                Before
                    + Class(
                        "static void A(List<int> l) { B(l); }\nstatic void B(List<int> l) { C1(l); D(l); }\nstatic void C1(List<int> l) { A(l); "
                            + "l.Add(1); }\nstatic void D(List<int> l) { A(l); K.Kept = new P(1); }"
                    )
            ),
            Does.StartWith("HPG313 B(l): 'C.B' allocates: call 'C.D' (Sample.cs:5) > object 'P' (Sample.cs:7)")
        );
    }

    /// <summary>The calls are deeper than any stack, or there are more ways through them than the rules could walk.</summary>
    [TestCase(4000, 1)]
    [TestCase(60, 59)]
    public async Task Calls_may_be_deep_and_many(int methods, int calls)
    {
        string others = string.Concat(
            Enumerable
                .Range(0, methods)
                .Select(i =>
                    (
                        $"static int M{i}(int n) => "
                        + $"{string.Join(" + ", Enumerable.Range(i + 1, calls).Where(k => calls > 1 || k < methods).Select(k => $"M{k % methods}(n)").DefaultIfEmpty("n.ToString().Length"))};\n"
                    )
                )
        );

        Assert.That(
            (await Report("class C { [Instrument(MaxBytesPerCall = 0)] static int F(int n) => M0(n);\n" + others + "}")).Split('\n'),
            calls > 1 ? Is.EqualTo([""]) : Has.One.StartsWith("HPG401 M0(n)")
        );
    }

    private static string Class(string member) => "[Instrument] class C {\n" + member + "\n}";

    private static string Hot(string member) => Before + "class C {\n" + Mark(member) + "\n}";

    /// <summary>Adds the attribute to the method F.</summary>
    private static string Mark(string member)
    {
        int name = member.IndexOf(" F(", StringComparison.Ordinal);
        int start = member.LastIndexOfAny(['}', ';'], name) + 1;
        return member.Insert(start, " [Instrument] ");
    }

    private static Task<string> Report(string source) => Report(Build.Production(source));

    internal static async Task<string> Report(Build build, params AdditionalText[] additional) =>
        string.Join(
            '\n',
            (await Find(build, additional)).Select(static diagnostic =>
                (
                    $"{diagnostic.Id} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}: "
                    + $"{diagnostic.GetMessage(CultureInfo.InvariantCulture)}"
                )
            )
        );

    internal static async Task<Diagnostic[]> Find(Build build, AdditionalText[] additional)
    {
        build.MustCompile();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. additional, .. build.AdditionalTexts], new ContractTests.Options()),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false
        );
        var found = await build.Output.WithAnalyzers([new AllocationAnalyzer(), new ContractAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. found
                .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }
}
