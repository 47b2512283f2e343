namespace HotPathGen.Generator.Tests;

/// <summary>One form: a body that returns a value.</summary>
/// <param name="Name">The name of the case and its class.</param>
/// <param name="Body">The body of a hot method without parameters; empty where <paramref name="Members"/> has the method.</param>
/// <param name="Members">The other members of its class.</param>
/// <param name="UnsupportedReason">The unsupported reason, where there cannot be an instrumented body.</param>
/// <param name="Types">Further types beside its class.</param>
/// <param name="AllocatesOnLeaving">Whether something is disposed after the last probe, when a return leaves the body.</param>
internal sealed record InstrumentedBodyCase(
    string Name,
    string Body,
    string Members = "",
    string? UnsupportedReason = null,
    string Types = "",
    bool AllocatesOnLeaving = false
);

/// <summary>The bodies of <see cref="InstrumentedBodyTests"/>.</summary>
internal static class InstrumentedBodyCases
{
    public static IEnumerable<string> Names => All.Select(sample => sample.Name);

    public static readonly InstrumentedBodyCase[] All =
    [
        // Statements.
        new("if_else", """if (Make(1).Size > 0) return S("a"); else return S("b");"""),
        new("embedded_statement", """var a = Make(1); if (B(true)) a.Act(); else a.Ev += _ => { }; for (int i = 0; i < 2; i++) a.Act(); return a;"""),
        new(
            "embedded_out_variable",
            """var a = Make(1); if (B(true)) a?.TryGet(S("k"), out var v); while (B(a.N-- > 0)) a?.Act(); do a?.Act(); while (B(a.N++ < 0)); return a;"""
        ),
        new("goto_label", """int i = 0; again: i += Make(1).Size; if (i < 3) goto again; return Show(i);"""),
        new(
            "labeled_declaration",
            """var a = Make(1); int n = 0; again: a.Act(); n++; if (n < 2) goto again; text: dynamic d = a; other: a.Ev += x => n += x; a.Raise(2); if (n < 3) goto other; return Show((object)d, n);"""
        ),
        new(
            "labeled_declaration_of_a_conditional",
            """var a = Make(1); int n = 0; again: var t = a?.TryGet("k", out var v); n++; if (n < 2) goto again; return Show(t);"""
        ),
        new(
            "switch_statement",
            """switch (S("a")) { case "a.": Make(1); goto case "b"; case "b": Make(2).Act(); goto default; default: return Show(Make(3)); }"""
        ),
        new("switch_on_pair", """switch (S("a"), I(1)) { case ("a.", > 0): return Show(Make(1)); default: return null; }"""),
        new(
            "switch_pattern_guard",
            """object o = Make(2); switch (o) { case A { N: 1 }: return "one"; case A { Next: null } a when B(a.Size == 2): return Show(a.Self()); default: return null; }"""
        ),
        new(
            "switch_captures_in_section",
            """Func<int> f = () => 0; switch (I(2)) { case 1: int x = I(5); f = () => x; break; case 2: x = I(6); f = () => x + 1; break; } return Show(f());"""
        ),
        new("for_loop", """string s = ""; for (A a = Make(1), b = Make(2); a.Size < 4; a.N++, b = b.Self()) s += b; return s;"""),
        new("for_captures", """var l = new List<Func<int>>(); for (int i = I(0); i < 2; i++) l.Add(() => i); return Show(l[0](), l[1]());"""),
        new("for_incrementor_void", """int n = 0; var a = Make(1); for (; n < 2; n++, a.Act()) a.Act(); return n + S("");"""),
        new("while_with_out", """var a = Make(2); int n = 0; string r = ""; while (a.TryGet("k", out string v) && n++ < 2) { r += v; } return r;"""),
        new(
            "while_captures",
            """var a = Make(2); int n = 0; Func<string> f = () => ""; while (a.TryGet("k", out string v) && n++ < 2) f = () => v; return f();"""
        ),
        new(
            "while_pattern_captures",
            """object? o = Make(1); Func<string> f = () => ""; while (o is A { N: var n } a) { f = () => a.ToString() + n; o = a.N < 3 ? new A(n + 1) : null; } return f();"""
        ),
        new("do_while", """var a = Make(1); do { a = a.Self(); a.N++; } while (a.Size < 4); return Show(a);"""),
        new(
            "break_continue",
            """string s = ""; foreach (int i in Count(5)) { if (i == 1) continue; if (i == 3) break; s += S(i.ToString()); } return s;"""
        ),
        new("foreach_array", """string s = ""; foreach (var t in new[] { S("a"), S("b") }) s += t; return s;"""),
        new("foreach_list", """string s = ""; foreach (var t in new List<string> { S("a"), S("b") }) s += t; return s;"""),
        new("foreach_dictionary", """string s = ""; foreach (var (k, v) in new Dictionary<string, int> { [S("a")] = I(1) }) s += k + v; return s;"""),
        new("foreach_interface", """string s = ""; IEnumerable<string> l = new List<string> { "x" }; foreach (string t in l) s += t; return s;"""),
        new(
            "foreach_boxes",
            """string s = ""; foreach (object o in new[] { 1, 2 }) s += o; foreach (IShape o in new[] { new Num(1) }) s += o.Size; return s;"""
        ),
        new(
            "foreach_span",
            """string s = ""; foreach (char c in S("ab").AsSpan()) s += c; foreach (ref int i in new int[] { 1, 2 }.AsSpan()) i = I(i); return s;"""
        ),
        new("foreach_string", """string s = ""; foreach (char c in S("ab")) s = c + s; return s;"""),
        new("foreach_pattern", """string s = ""; foreach (int i in new Steps()) s += S(i + ""); return s;"""),
        new("foreach_return_inside", """foreach (int i in new Steps()) { return Show(Make(i)); } return null;"""),
        new(
            "foreach_deconstruct_captures",
            """var l = new List<Func<string>>(); foreach (var (n, t) in new[] { Make(1), Make(2) }) l.Add(() => n + t); return Show(l[0](), l[1]());"""
        ),
        new(
            "foreach_deconstruct_by_name",
            """string s = ""; foreach ((int n, _) in new[] { Make(1), Make(2) }) s += n; foreach ((int n, (string t, var u)) in new[] { (1, (S("a"), 2)) }) s += n + t + u; return s;"""
        ),
        new(
            "foreach_captures_embedded",
            """var l = new List<Func<int>>(); foreach (int i in Count(2)) l.Add(() => i); if (B(true)) for (int k = 0; k < 1; k++) foreach (int i in Count(1)) l.Add(() => i + 5); return Show(l[0](), l[1](), l[2]());"""
        ),
        new("foreach_multidimensional", """int n = 0; foreach (int i in new int[,] { { I(1), I(2) }, { I(3), I(4) } }) n += i; return Show(n);"""),
        new("foreach_legacy", """string s = ""; foreach (object o in new ArrayList { I(1), S("b") }) s += o; return s;"""),
        new(
            "foreach_explicit_conversion",
            """string s = ""; foreach (string t in new object[] { S("a") }) s += t; foreach (A a in new Num[] { new(1) }) s += a; return s;"""
        ),
        new("using_statement", """using (var a = Make(1)) { a.Act(); } using (Make(2)) Note("in"); return S("end");"""),
        new("using_declaration", """string s = ""; { using var a = Make(1); using A b = Make(2), c = Make(3); s = b.Text; } return s + S("end");"""),
        new("using_struct", """using (var n = new Num(I(1))) { return Show(n.N); }""", AllocatesOnLeaving: true),
        new("using_captures", """Func<string> f; using (A a = Make(1)) { f = () => a.ToString(); } return f();"""),
        new("lock_statement", """lock (Make(1)) { Make(2); } lock (new Lock()) Make(3); return S("end");"""),
        new(
            "fixed_statement",
            """unsafe { fixed (char* p = S("abc")) { fixed (int* q = new int[] { I(1) }, r = new int[I(2)]) return Show(p[1], q[0], r[1]); } }"""
        ),
        new(
            "pointers",
            """unsafe { int n = I(3); int* p = &n; int** q = &p; **q += I(2); *p = Make(*p).N; delegate*<int, int> f = &I; return Show(n, f(n), sizeof(Num)); }"""
        ),
        new(
            "checked_blocks",
            """checked { var a = new Num(1) + new Num(2); int x = unchecked((int)(I(int.MaxValue) + 1L)); return Show(a, x, checked((byte)I(200))); }"""
        ),
        new(
            "try_catch_finally",
            """try { Make(1); throw new InvalidOperationException(S("expected")); } catch (InvalidOperationException e) { return Show(e.Message, Make(2)); } finally { Make(3); }"""
        ),
        new(
            "exception_filter",
            """try { throw new Exception(S("expected")); } catch (Exception e) when (S(e.Message).Length > 100) { return "wrong"; } catch (Exception e) when (B(e.Message.Length > 0)) { return S("right"); }"""
        ),
        new(
            "exception_filter_over_a_hot_call",
            """try { Fail(new byte[5000]); return ""; } catch (Exception e) when (S(e.Message).Length > 0 && new List<int> { e.Message.Length }.Exists(n => n > e.Message.Length - 1)) { return S("caught"); }""",
            """[Instrument] static void Fail(byte[] b) { var more = new byte[3000]; throw new Exception(S("expected") + more.Length + b.Length); }"""
        ),
        new("catch_without_variable", """try { Make(0).None()!.Act(); return ""; } catch { return Show(Make(1)); }"""),
        new(
            "catch_captures",
            """Func<string> f = () => ""; try { throw new Exception(S("expected")); } catch (Exception e) { f = () => e.Message; } return f();"""
        ),
        new("rethrow", """try { try { throw new Exception("expected"); } catch { Make(1); throw; } } finally { Make(2); }"""),
        new("throw_expression", """A? a = Maybe(-1); return a ?? throw new ArgumentException(S("expected"));"""),
        new(
            "local_function",
            """int n = I(1); string Local(int x) { n += x; return S("l" + x); } static A Fixed() => Make(7); return Local(2) + Fixed() + n + ((Func<int, string>)Local)(3);"""
        ),
        new("local_constant", """const string c = "c"; const int n = 3; return c + n + nameof(Trace.Make) + S(nameof(c)) + $"{c}";"""),
        new("empty_statements", """; ; { } Make(1); ; return S("end");"""),
        new(
            "directives",
            "Make(1);\n#if NEVER\nnonsense here\n#else\nMake(2);\n#endif\n#pragma warning disable CS0168\n#region r\nreturn Line()\n#endregion\n "
                + "+ S(\"a\");"
        ),
        new("comments", """/* a */ Make(1) /* b */ ; // c""" + "\n" + """return /* d */ S(/* e */ "x" // f""" + "\n" + """) /* g */;"""),
        new("verbatim_names", """int @class = I(1); var @new = Make(@class); return Show(@new, @class);"""),
        // Forms of bodies and declarations.
        new("arrow", "", """[Instrument] public static object? Body() => Show(Make(1), S("x"));"""),
        new(
            "arrow_void",
            "return F();",
            """static object? F() { G(Make(1)); return Show("end"); } [Instrument] static void G(A a) => a.Ev += x => Note("e" + x);"""
        ),
        new("arrow_captures", "return F(2) + S(\"\");", """[Instrument] static string F(int n) => Twice(n, x => x + n);"""),
        new("arrow_throws", "return F(2) + S(\"\");", """[Instrument] static string F(int n) => throw new Exception(S("expected") + n);"""),
        new("arrow_ref", "return Show(F(Make(3))) ;", """[Instrument] static ref int F(A a) => ref a.Ref();"""),
        new(
            "parameters",
            """int x = I(1); int y = 2; string s = F(ref x, in y, out var z, S("a"), more: [1, 2]); return Show(s, x, z);""",
            """[Instrument] static string F(ref int a, in int b, out A c, string d, int e = 5, params int[] more) { a += Make(b).N; c = Make(e); return d + Text(more); }"""
        ),
        new(
            "parameters_captured",
            "return F(1, \"a\");",
            """[Instrument] static string F(int n, string s) { Func<string> f = () => s + n++; return f() + f() + n; }"""
        ),
        new(
            "ref_parameter_assigned",
            "int x = 1; F(ref x, out var t); return Show(x, t);",
            """[Instrument] static void F(ref int a, out string t) { a = I(a + 1); t = S("t"); if (a > 0) a.ToString(); t += a; }"""
        ),
        new(
            "generic",
            "return F<A>(Make(1), 1) + F<Num>(new Num(2), \"x\");",
            """[Instrument] static string F<T>(T t, object o) where T : IShape { var l = new List<T> { t }; return l[0].Size + t.ToString() + (t is A) + o + default(T) + typeof(T).Name + new T[I(1)].Length; }"""
        ),
        new(
            "generic_new",
            "return F<StringBuilder>();",
            """[Instrument] static string F<T>() where T : class, new() { T t = new(); T u = new T(); return t.ToString() + u + S("g"); }"""
        ),
        new(
            "generic_nullable",
            "return F<int>(null) + F<Num>(new Num(1));",
            """[Instrument] static string F<T>(T? t) where T : struct { object? o = t; return Text(o) + (t?.ToString() ?? "n") + t.GetValueOrDefault(); }"""
        ),
        new(
            "struct_method",
            "var p = new P(I(3)); return p.Grow(2) + p;",
            Types: """public partial struct P(int n) { int _n = n; [Instrument] public string Grow(int by) { _n += by; var copy = this; this = new P(_n + Make(by).N); object o = this; return S("p") + copy._n + o; } [Instrument] public readonly override string ToString() => "P" + _n + GetType().Name; }"""
        ),
        new(
            "instance_method",
            "return new Sub(3).Name();",
            Types: """public partial class Sub(int n) : A(n) { int _n = n; [Instrument] public string Name() { return base.ToString() + this + base.Self() + _n + Own + Text; } string Own => S("own"); }"""
        ),
        new(
            "ref_struct_method",
            "return new Q(S(\"abc\")).Tail();",
            Types: """public ref partial struct Q(string text) { ReadOnlySpan<char> _s = text; [Instrument] public string Tail() { var t = _s[1..].ToString(); return t + S(t) + _s.Length; } }"""
        ),
        new("recursion", "return F(3);", """[Instrument] static string F(int n) => n == 0 ? S("0") : F(n - 1) + Make(n);"""),
        new("interface_method", "return ((IShape)Make(1)).Name() + ((IShape)new Num(2)).Name();"),
        new(
            "extension",
            "return Make(1).Ext(S(\"x\")) + S(\"y\").Ext2();",
            Types: """public static partial class Extensions { [Instrument] public static string Ext(this A a, string s) => a.Self() + s.ToUpperInvariant(); public static string Ext2(this string s) => s + s; }"""
        ),
        // Names and caller info.
        new("caller_info", """return Member() + Line() + Written(Make(1)) + Written(value: I(2) + 1) + Spread("f");""", "", "asks for its own name"),
        new(
            "caller_info_in_lambda",
            """Func<string> f = () => Member() + Written(I(1)); string Local() => Member() + Line(); return f() + Local();""",
            "",
            "asks for its own name"
        ),
        new(
            "caller_expression",
            """return Written(Make(1)) + Written(value: I(2) + 1) + Written(S("a") + new A(I(3))) + Line() + new Writer(Make(4)) { X = S("x") } + new Writer(I(5));""",
            Types: """public class Writer(object value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0) { public string? X; public override string ToString() => text + value + line + X; }"""
        ),
        new(
            "caller_expression_nested",
            """Func<string> f = () => Written(I(1)) + Line(); string Local() => Written(S("l")); try { throw new Exception("expected"); } catch (Exception e) when (Written(I(3)).Length > 0) { return f() + Local() + Written(e.Message + S("m")); }"""
        ),
        new("nameof_forms", """var a = Make(1); return nameof(a.Text) + nameof(List<int>.Count) + nameof(Dictionary<,>) + S("");"""),
        new("typeof_default_sizeof", """return Show(typeof(A).Name, default(int), default(Num), sizeof(int), typeof(List<>).Name, Make(1));"""),
        // Expressions that take their type from their target.
        new(
            "target_typed_new",
            """A a = new(I(1)); List<A> l = [new(2)]; l.Add(new(3)); B2 b = new(4) { Must = S("m") }; return Show(a, l, b.Must);"""
        ),
        new(
            "target_typed_new_of_a_nullable",
            """Both? b = new(Make(1), S("x")); Own? o = B(true) ? new(I(2)) : null; b = new(Make(3), S("y")); return Show(b?.Second, o?.Made, Maker(4)?.Made); Own? Maker(int n) => new(n);""",
            Types: """public readonly record struct Both(A First, string Second); public struct Own { public A Made; public Own(int n) { Made = Make(n); } }"""
        ),
        new("target_typed_default", """string? s = default; int n = default; A? a = B(true) ? default : Make(1); return Show(s, n, a, Make(1));"""),
        new(
            "target_typed_conditional",
            """bool b = B(true); int? n = b ? 1 : null; object o = b ? I(1) : S("x"); IShape s = b ? new Num(1) : new A(2); long l = b ? I(1) : 2L; return Show(n, o, s.Size, l);"""
        ),
        new(
            "target_typed_switch",
            """object o = I(1) switch { 1 => I(5), 2 => S("x"), _ => throw new Exception() }; IShape s = I(2) switch { 2 => new Num(2), _ => Make(3) }; byte y = I(1) switch { 1 => 1, _ => 2 }; return Show(o, s.Size, y);"""
        ),
        new(
            "target_typed_lambda",
            """var f = (int x) => S("l" + x); Func<int, object> g = x => x; Delegate d = (string s) => s.Length; var h = Make; return Show(f(1), g(2), d.DynamicInvoke("abc"), h(4));"""
        ),
        new(
            "anonymous_delegate_types",
            """var f = (ref int x) => { x++; return I(x); }; var g = (int a = 3) => a + I(1); var p = (params int[] xs) => xs.Length; int n = 1; return Show(f(ref n), n, g(), p(1, 2), Make(1));"""
        ),
        new(
            "overloads",
            """return Pick(I(1)) + Pick((object)I(1)) + Pick(S("s")) + Pick(1L + I(1)) + Pick(() => I(4)) + Pick(() => { }) + Pick(() => Make(1));"""
        ),
        new(
            "method_groups",
            """Func<int, A> f = Make; var l = new[] { 1, 2 }.Select(Make).ToList(); var a = Make(1); Func<A> self = a.Self; Func<string> t = new Num(I(3)).ToString; var d = new Func<int, A>(Make); var e = (Func<int, A>)Make; return Show(f(1), l, self(), t(), d(5), e(6));"""
        ),
        new(
            "dictionary_of_lambdas",
            """var d = new Dictionary<string, Func<int, object>> { ["a"] = x => x, [S("b")] = x => Make(x) }; return Show(d["a"](1), d["b."](2));"""
        ),
        new(
            "nested_generic_inference",
            """return Twice(I(1), x => x + I(2)) + Twice(Make(1), a => a.Self()) + Twice((I(1), S("x")), t => (t.Item1 + 1, t.Item2));"""
        ),
        // Creation.
        new("nested_creation", """return Show(new R(1, new A(new A(I(3)).N)), new A(Make(2).N) { Next = new A(4) { Next = new(5) } }.Next.Next);"""),
        new(
            "object_initializer",
            """var a = new A(I(1)) { Text = S("t"), N = I(7), Next = Make(2), Tag = I(5), [I(3)] = S("i"), Numbers = { I(1), I(2) } }; return Show(a.Text, a.N, a.Next, a.Tag, a[3], a.Numbers);"""
        ),
        new(
            "nested_member_initializer",
            """var b = new Bag { I(1), { S("a"), Make(2) }, Make(3) }; var c = new Bag { Inner = { I(1), S("x") } }; return Show(b, c);""",
            """ """
        ),
        new(
            "collection_initializers",
            """return Show(new List<object> { I(1), S("b"), null! }, new Dictionary<string, A> { { S("k"), Make(1) } }, new Dictionary<int, string> { [I(1)] = S("v") }, new HashSet<int> { I(1), I(1) });"""
        ),
        new(
            "arrays",
            """int[] a = { I(1), I(2) }; A[] b = { Make(1), new(2) }; object[] c = new object[] { I(1), S("x") }; var d = new[] { S("a"), null }; int[][] e = { new[] { I(1) }, new int[I(2)] }; int[,] f = { { I(1), 2 }, { 3, I(4) } }; string[] g = [], h = { S("h") }; return Show(a, b, c, d, e, f, g, h);"""
        ),
        new(
            "arrays_of_size",
            """var a = new int[I(3)]; var b = new string[I(2), I(2)]; var c = new A[I(1)][]; a[I(1)] = I(5); a[^1] += I(6); b[I(1), I(0)] = S("x"); c[0] = [Make(1)]; return Show(a, b, c[0]);"""
        ),
        new(
            "collection_expressions",
            """int[] a = [I(1), I(2)]; List<object> b = [I(1), S("x"), Make(3)]; IEnumerable<string> c = [S("c")]; ImmutableArray<int> d = [I(1)]; Built e = [I(1), .. a, I(3)]; Span<int> f = [I(1), I(2)]; IReadOnlyList<A> g = [Make(1)]; HashSet<int> h = [I(1), .. Count(2)]; return Show(a, b, c, d, e, f.ToArray(), g, h);"""
        ),
        new(
            "collection_expression_spread",
            """int[] a = [1, 2]; int[] b = [.. a, I(3), .. Count(2), .. a[1..]]; List<long> c = [.. a, I(4)]; object[] d = [.. a, .. new[] { S("x") }]; return Show(b, c, d);"""
        ),
        new(
            "collection_expression_nested",
            """List<int[]> a = [[I(1)], [I(2), I(3)]]; Dictionary<string, List<int>> d = new() { ["a"] = [I(1)] }; return Show(a, d, B(true) ? [I(9)] : new List<int>());"""
        ),
        new(
            "anonymous_types",
            """var a = new A(1) { Text = "x" }; var x = new { a.Text, a.N, Y = I(2), a.Next, Z = Make(3) }; return Show(x.Text, x.N, x.Y, x.Next, x.Z, new { Make(4).Size, a.Tag }.Size, x);"""
        ),
        new("anonymous_type_of_conditional", """A? a = Make(1); var x = new { a?.Size, a!.Text }; return Show(x.Size, x.Text);"""),
        new(
            "anonymous_type_collections",
            """var l = new[] { 1, 2 }.Select(n => new { n, S = S("a" + n) }).ToList(); l.Add(new { n = 3, S = S("b") }); var arr = new[] { new { A = I(1) }, new { A = I(2) } }; return Show(l.Count, l[2].S, arr[1].A);"""
        ),
        new(
            "tuples",
            """var a = Make(1); var t = (a.Size, a.Text, X: I(2), Make(3)); (object, long) u = (I(1), I(2)); return Show(t.Size, t.Text, t.X, t.Item4, u, (I(1), S("a")) == (1, "a."));"""
        ),
        new("tuple_conversion", """var t = (I(1), S("a")); (object A, object B) u = t; (long, string)? v = t; return Show(u.A, u.B, v);"""),
        new(
            "records",
            """var r = new R(I(1), Make(2)); var s = r with { X = I(3), Z = S("z") }; var t = new RS(1, I(2)) with { Y = I(5) }; return Show(r.X, s.X, s.Z, s.Y, t.Y, r == s, r.Equals(r with { }));"""
        ),
        new("with_anonymous", """var x = new { A = I(1), B = S("b") }; var y = x with { A = I(2) }; return Show(y.A, y.B);"""),
        new(
            "deconstruction",
            """var (n, text) = Make(1); (int m, var more) = Make(2); string last; (n, last) = Make(3); (var p, (int q, _)) = (I(1), Make(4)); return Show(n, text, m, more, last, p, q);"""
        ),
        new(
            "deconstruction_targets",
            """var a = Make(1); (a.Text, a.N, a[I(3)]) = (S("x"), I(2), S("y")); (a.Ref(), _) = (I(8), S("z")); int i = 1, j = 2; (i, j) = (j, i); return Show(a.Text, a.N, a[3], i, j);"""
        ),
        new(
            "stackalloc_forms",
            """Span<int> a = stackalloc int[I(3)]; a[1] = I(4); Span<int> b = stackalloc[] { I(1), I(2) }; ReadOnlySpan<char> c = stackalloc char[] { 'a' }; int n = Sum(stackalloc int[] { I(1), 2 }); a = a.Slice(I(1)); b = Pass(b); return Show(a[0], b[1], c.ToString(), n);""",
            """static int Sum(ReadOnlySpan<int> s) { int n = 0; foreach (int i in s) n += I(i); return n; } static Span<int> Pass(Span<int> s) { Note("pass"); return s; }"""
        ),
        // Text.
        new(
            "concatenation",
            """string s = S("a") + I(1) + 'c' + Make(2) + null + "k" + ("l" + S("m")) + 1.5; s += I(3); s += Make(4); s = s + S("z"); return s;"""
        ),
        new("concatenation_of_property", """var a = Make(1); a.Text += S("x"); a[I(1)] += S("y"); a.Text += 1; return a.Text + a[1];"""),
        new("interpolation", """return $"{I(1)} {S("a"),5} {I(255):X4} {Make(2)} {(B(true) ? S("y") : "n")} {{}} {I(3) + I(4)} {Make(5)?.Text}";"""),
        new("interpolation_raw", "return $$\"\"\"\n  {{S(\"a\")}} {x} \"q\" {{I(1):D3}}\n  \"\"\" + $@\"c:\\{S(\"b\")}\"\"\" + \"\"\"raw\"\"\";"),
        new(
            "interpolation_without_type",
            """bool b = B(true); return $"{(b ? I(1) : null)} {b switch { true => S("a"), _ => (string?)null }} {default(A)} {null}";"""
        ),
        new(
            "interpolation_added",
            """string t = $"{I(1)}a" + $"{S("b")}" + $"c{I(2)}"; string u = $"{S("x")}" + $"{S("y")}"; return t + u + $"{I(1)}" + I(2);"""
        ),
        new("interpolation_constant", """const string c = "c"; const string d = $"{c}d"; return d + S($"{c}{d}");"""),
        new(
            "formattable",
            """FormattableString f = $"{I(1)} {S("a")}"; IFormattable g = $"{I(2):D3}"; return Formatted($"x{Make(1)}y{I(3)}") + f.ToString(CultureInfo.InvariantCulture) + g.ToString(null, null) + Formatted((FormattableString)$"{I(9)}") + FormattableString.Invariant($"{I(4)}");"""
        ),
        new(
            "handlers",
            """return Handled($"a{I(1)}b{S("c"),3:x}") + HandledFor(Make(1), $"{Make(2)}{I(3)}") + Handled($"{I(1)}" + $"{I(2)}") + new StringBuilder().Append($"{I(5)}q{S("z")}") + string.Create(CultureInfo.InvariantCulture, $"{I(6)}");"""
        ),
        // Operators and conversions.
        new(
            "user_operators",
            """Num a = new Num(I(1)) + new Num(2); a += new Num(3); a++; ++a; Num b = -a; bool e = a == b; return Show(a, b, e, a != b, a + 5, checked(a + b));"""
        ),
        new(
            "user_conversions",
            """Num n = I(1); A a = n; string s = (string)n; A b = new Num(2); Num? m = 3; A? none = (Num?)null is { } x ? x : null; return Show(n, a, s, b, m, none, (A)new Num(I(4)));"""
        ),
        new(
            "user_truth",
            """Num a = new(1), b = new(0); if (a && b) return "w"; if (a || b) Note("or"); return (a ? S("y") : "n") + (a & b) + (b ? "w" : S("no"));"""
        ),
        new(
            "boxing",
            """object a = I(1); IShape b = new Num(2); object? c = (int?)I(3); object d = (object)I(4); IComparable e = I(5) as IComparable; ValueType f = I(6); Enum g = Color.Red; object h = (I(1), S("t")); object i = 7; return Show(a, b.Size, c, d, e, f, g, h, i, I(8), Color.Blue);"""
        ),
        new(
            "boxing_calls",
            """Color c = Color.Red | Color.Blue; Num n = new(1); return Show(c.ToString(), c.HasFlag(Color.Red), c.GetHashCode(), n.GetType().Name, n.ToString(), n.Equals(new Num(1)), n.Equals((object)new Num(1)), object.Equals(I(1), I(1)), string.Format("{0}{1}", I(1), S("a")), object.ReferenceEquals(n, null));"""
        ),
        new(
            "boxing_in_is",
            """object? o = I(1); int n = I(5); return Show(o is int i && i == 1, o is IShape, n is IComparable c ? S("c") : "", (object)n is int, (o as int?) ?? 0, (IComparable)n is null);"""
        ),
        new(
            "enum_interface_conversions",
            """Color c = (Color)I(3); int i = (int)c; long l = i; double d = l + I(1); decimal m = I(2); nint p = I(4); object o = c; return Show(c, i, l, d, m, p, (Color)o, (int)o.GetHashCode());"""
        ),
        new(
            "null_forms",
            """A? a = Maybe(-1); a ??= Make(1); string? s = null; s ??= S("x"); string t = s ?? S("never"); a.Next ??= Make(2); a.Tag ??= I(5); a.Text ??= S("no"); return Show(a, s, t, a.Next, a.Tag, a!.Next!.N, a?.Next?.Next);"""
        ),
        new(
            "conditional_access",
            """A? a = Make(1); a.Next = Make(2); return Show(a?.Next?.Text, a?.None()?.Text.Length, a?.Self().Next?.Self()?.Size, a?[I(3)], a?.Next?.Numbers?[..].Count, a?.ToString()?.Length, Maybe(-1)?.Self(), a?.None()?.TryGet("k", out _), a?.Self()!.Text);"""
        ),
        new(
            "conditional_access_of_a_receiver_that_is_converted",
            """IList? l = Whole(); IEnumerable<int>? n = Whole()?.Cast<int>(); IEnumerable? m = Make(1).Numbers?.Cast<object>(); return Show(n?.Count(), l?.Cast<int>()?.Count(), m?.Cast<int>()?.Count()); IList? Whole() => new List<int> { I(1) };"""
        ),
        new("conditional_out_variable", """A? a = Make(1); if (a?.TryGet(S("k"), out string v) == true) return v + S("x"); return null;"""),
        new(
            "conditional_out_in_declaration",
            """A? a = Make(1); bool? b = a?.TryGet(S("k"), out string v); var c = a?.Self().TryGet(S("m"), out _); return Show(b, c);"""
        ),
        new(
            "conditional_void",
            """A? a = Make(1); a?.Act(); a?.None()?.Act(); if (B(true)) a?.Self().Act(); Action<int>? e = null; e?.Invoke(I(1)); e += x => Note("e" + x); e?.Invoke(I(2)); return S("end");"""
        ),
        new(
            "conditional_assignment",
            """A? a = Make(1), b = null; a?.Text = S("x"); b?.Text = S("never"); a?.N += I(2); a?.Next = Make(3); a?.Ev += x => { }; return Show(a?.Text, a?.N, a?.Next);"""
        ),
        new(
            "conditional_arguments",
            """A? a = Make(1); return Show(a?.Self().TryGet(new string('x', I(2)) + Make(3)?.Text, out _), Maybe(1)?.Numbers.Select(n => Make(n)?.Text).FirstOrDefault());"""
        ),
        new(
            "conditional_value_chain",
            """Num? n = new Num(I(1)); string? s = null; return Show(n?.Size, n?.ToString(), s?.Length, s?.Substring(1)?.Trim() ?? S("none"), (s?.Length ?? I(0)) + 1);"""
        ),
        new(
            "logic",
            """bool a = Make(1).Size > 0 && Make(2).TryGet("k", out string v) && v.Length > 0 || Make(3).N > 0; bool b = a & B(true) | B(false) ^ B(true); return Show(a, b, !B(a) ? S("n") : S("y"));"""
        ),
        new(
            "compound_assignment",
            """int n = I(1); n += I(2); n <<= I(1); n >>>= 1; n |= I(8); var a = Make(1); a.N -= I(3); a.Ref() += I(4); a.Cell *= 2; a.Numbers.Add(1); a.Numbers[0] += I(5); int[] x = [1, 2]; x[I(1)] += Make(5).N; return Show(n, a.N, a.Numbers, x);"""
        ),
        new(
            "assignment_chains",
            """A a = Make(1), b; b = a.Next = Make(2); string s = a.Text = b.Text = S("x"); int i, j; i = j = I(3); return Show(b, s, a.Text, i + j, (a = Make(9)).N);"""
        ),
        new(
            "increments",
            """var a = Make(1); a.Tag = 1; int n = a.N++ + ++a.N; a.Cell++; Num m = new(1); Num k = m++; long l = I(1); l--; return Show(n, a.N, m, k, l--);"""
        ),
        new(
            "ranges_and_indexers",
            """string s = S("abcdef"); int[] a = [1, 2, 3]; Range r = 1..^1; Index x = ^I(1); var w = new Window(); var l = new List<int> { 1, 2 }; return Show(s[1..3], s[^1], a[1..], a[r], a[x], w[^1], w[1..3], l[^1], s.AsSpan()[2..].ToString(), a.AsSpan(I(1)..).Length, s[..^1][..2]);"""
        ),
        new("params_indexer", """var a = Make(1); a[I(1), I(2)] = S("x"); a[1, 2, I(3)] += S("y"); return a[4, I(5)] + Show();"""),
        new(
            "params_forms",
            """return Spread("a") + Spread("b", I(1), S("x"), null) + Spread("c", new object[] { I(2) }) + Spread("d", values: Make(3)) + SpreadSpan() + SpreadSpan(S("a"), "b") + SpreadList(I(1), S("z")) + string.Concat(S("a"), S("b"), S("c"), S("d"), S("e")) + Spread(values: [I(7)], format: S("f"));"""
        ),
        new(
            "named_arguments",
            """return F(c: S("c"), a: I(1), b: Make(2)) + F(I(3), c: S("d"));""",
            """static string F(int a, A? b = null, string c = "") => a + Text(b) + c;"""
        ),
        new(
            "delegates",
            """Combine c = (int a, ref int b, int[] m) => a + b++ + m.Length; int n = 1; int r = c(I(1), ref n, I(2), I(3)); Action<int> f = x => Note("f" + x); Action<int> g = f + (x => Note("g" + x)); g -= f; g += Act; g(I(4)); return Show(r, n, g.GetInvocationList().Length);""",
            """static void Act(int n) => Note("act" + n);"""
        ),
        new(
            "events",
            """var a = Make(1); int sum = 0; Action<int> h = x => sum += x; a.Ev += h; a.Ev += x => sum += I(x * 10); a.Raise(I(2)); a.Ev -= h; a.Raise(I(3)); if (B(true)) a.Ev += h; return Show(sum);"""
        ),
        new(
            "closures_by_scope",
            """int a = I(1); var l = new List<Func<int>>(); l.Add(() => a); { int b = I(2); l.Add(() => a + b); if (B(true)) { int c = I(3); l.Add(() => b + c); } } for (int i = 0; i < 2; i++) { int d = i; l.Add(() => d + a); } return Show(l.Select(f => f()).ToArray());"""
        ),
        new(
            "closure_in_condition",
            """if (I(1) is int n && Make(n) is { } a) { Func<string> f = () => a.ToString() + n; return f(); } return null;"""
        ),
        new(
            "lambda_without_a_type_chooses_an_overload",
            """var sub = new Chooser(); Func<string, string> typed = n => S(n); return Show(sub.With("n", n => S(n)), sub.With("n", typed), sub.On(n => I(n)), sub.With(value: n => S(n), key: "k"));""",
            Types: """public class ChooserBase { public string On(Func<int, int> value) => "function" + value(1); } public class Chooser : ChooserBase { public string On(object value) => "object"; public string With(string key, object value) => "object"; } public static class ChooserForms { public static string With(this Chooser sub, string key, Func<string, object> value) => "function" + value(key); }"""
        ),
        new(
            "lambda_forms",
            """Func<int, Func<int, int>> f = x => y => x + y + I(1); Func<int> g = static () => I(5); Func<object, string> h = delegate(object o) { return S(o + ""); }; Func<int, int, int> k = (_, _) => 3; Expression<Func<int, string>> e = x => x.ToString() + Make(1); return Show(f(1)(2), g(), h(7), k(1, 2), e.Body.NodeType, e.Compile()(4));"""
        ),
        new(
            "expression_trees",
            """int n = I(2); IQueryable<int> q = new[] { 1, 2, 3 }.AsQueryable(); var r = q.Where(x => x >= n).Select(x => new { x, T = x.ToString() }).ToList(); Expression<Func<A, object>> e = a => new { a.Size, a.Text }; return Show(r.Count, r[0].T, e.Body.NodeType);"""
        ),
        new(
            "queries",
            """int min = I(1); var q = from x in Count(4) where x > min let y = x * 2 join z in new[] { 4, 6 } on y equals z orderby y descending, x group new { x, S = S("q" + z) } by y into g select new { g.Key, Text = string.Concat(g.Select(e => e.S)) }; string s = ""; foreach (var e in q) s += e.Key + e.Text; return s + (from string t in new object[] { S("c") } from c in t select c).Count();"""
        ),
        new(
            "linq",
            """return Show(Count(3).Select(n => Make(n)).Where(a => a.N > 0).ToDictionary(a => a.N, a => a.Text), Count(2).Aggregate(S("seed"), (s, n) => s + n), new[] { 3, 1 }.OrderBy(n => n).First(), Enumerable.Range(0, I(3)).Sum());"""
        ),
        new(
            "ref_locals",
            """var a = Make(1); ref int r = ref a.Ref(); r += I(2); ref readonly int o = ref a.ReadOnly(); ref int c = ref (B(true) ? ref a.Cell : ref r); c++; a.Ref() = I(9); int[] x = [1, 2]; ref int e = ref x[I(1)]; e = I(8); r = ref e; r++; Inc(ref a.Ref()); In(in a.ReadOnly()); return Show(a.N, o, c, x);""",
            """static void Inc(ref int n) => n++; static void In(in int n) => Note("in" + n);"""
        ),
        new(
            "ref_dictionary",
            """var d = new Dictionary<string, int>(); ref int n = ref CollectionsMarshal.GetValueRefOrAddDefault(d, S("a"), out bool exists); n += I(3); CollectionsMarshal.GetValueRefOrNullRef(d, "a.") += 1; return Show(d, exists);"""
        ),
        new(
            "ref_return",
            "var a = Make(1); F(a, true) = I(5); F(a, false)++; return Show(a.N, G(a));",
            """[Instrument] static ref int F(A a, bool b) { if (B(b)) return ref a.Ref(); ref int r = ref a.Cell; return ref r; } [Instrument] static ref readonly int G(A a) { return ref a.ReadOnly(); }"""
        ),
        new(
            "span_return",
            "return F(S(\"abc\")).ToString() + G(new int[3]).Length;",
            """[Instrument] static ReadOnlySpan<char> F(string s) { ReadOnlySpan<char> t = s.Trim().AsSpan(); return t.Slice(I(1)); } [Instrument] static Span<int> G(Span<int> s) { Make(1); return Tail(s); } static Span<int> Tail(Span<int> s) { Note("tail"); return s[1..]; }"""
        ),
        new(
            "out_variables",
            """var a = Make(1); a.TryGet(S("a"), out var v); if (!int.TryParse(S("x"), out int n)) n = I(7); bool b = a.TryGet("b", out string w) && w.Length > 0; a.TryGet("d", out _); return Show(v, n, b, w);"""
        ),
        new(
            "patterns",
            """object o = Make(2); string r = o is A { Next: null, N: > 1 and < 5 } a and not null ? S("p" + a.N) : ""; r += new[] { 1, 2, 3 } is [var f, .., 3] ? S("l" + f) : ""; r += Make(3) is (3, var t) ? t : ""; r += o switch { A { Text.Length: > 100 } => "w", A x when x.Size == 2 => S("ok"), _ => "no" }; return r + (S("s") is "s." or "t");"""
        ),
        new(
            "extended_property_pattern",
            """var a = new A(1) { Next = new A(2) { Text = "x" } }; return Show(a is { Next.Text: "x", Next.N: 2 }, a is { Next: { Text.Length: 1 } n } ? n.Self() : null);"""
        ),
        new(
            "dynamic_members",
            """dynamic d = new ExpandoObject(); d.X = I(1); d.X += 2; d.F = (Func<int, string>)(n => S("f" + n)); string s = d.F(3); int n = d.X; object o = d.X + 1; return Show(s, n, o, (long)d.X, d.X.ToString());"""
        ),
        new(
            "dynamic_conversions",
            """dynamic d = Make(1); string s = d.Text; A a = d.Self(); IShape i = d; d.Text = S("y"); d[I(2)] = S("z"); string t = d[2]; long l = d.N; double? m = d.N; if (d.N == 1) s += S("one"); bool b = d.N > 0 && d.Next == null; string u = d != null ? S("q") : ""; foreach (int x in d.Numbers) s += x; return Show(s, a, i.Size, t, l, m, b, !b, d.N++, -d.N, u);"""
        ),
        new(
            "dynamic_arguments",
            """dynamic d = I(3); string p = Pick(d); object a = Make(d); dynamic e = Text(d) + S("x"); int[] x = new int[d]; int y = x.Length + d; var z = new A(d); Make(d).Act(); dynamic f = B(true) ? d : null; f += 1; string s = $"{d}{f:D2}"; object[] all = { d, S("a") }; return Show(p, a, (object)e, x, y, z, s, all, (string)e, d is int, d as string);"""
        ),
        new(
            "dynamic_conditions",
            """dynamic t = B(true), f = false; string s = ""; if (t) s += S("a"); if (!f) s += S("b"); while (f) { } s += t ? S("c") : S("d"); if (t && !f || f) s += "e"; bool r = t; return s + r + (t ?? f) + (string)(t ? "x" : "y");"""
        ),
        new(
            "constrained_calls",
            "return F(new Num(1)) + F(Make(2));",
            """[Instrument] static string F<T>(T t) where T : IShape, IDisposable { t.Dispose(); IShape s = t; return t.Size + t.Name() + s.Size + t.Equals(t) + t.GetType().Name + (t.GetHashCode() != -1) + t?.ToString(); }"""
        ),
        new(
            "property_reads_and_writes",
            """var a = Make(1); a.Text = S("x"); string t = a.Text; a.Tag = t; a.Text = a.Text + a.Size; var x = a.Text.Length + a.Self().Text.Length; return Show(t, a.Tag, x, a.Text);"""
        ),
        new(
            "discards",
            """_ = Make(1); _ = S("a"); var (_, _) = Make(2); _ = I(1) switch { _ => Make(3) }; Make(4).TryGet("k", out _); return Show(5, new A(1));"""
        ),
        new("using_alias", """Alias a = new() { [S("k")] = I(1) }; Alias b = new Alias(a); return Show(b);"""),
        new(
            "array_covariance",
            """object[] a = new string[] { S("a") }; IReadOnlyList<object> l = new List<string> { S("b") }; Array x = new[] { I(1) }; return Show(a, l, x.Length, a.Clone());"""
        ),
        new(
            "static_abstract",
            "return F<T1>() + S(\"\");",
            """public interface IMake<T> { static abstract A Make(int n); static virtual string Tag => S("tag"); } public struct T1 : IMake<T1> { public static A Make(int n) => Trace.Make(n + 10); } [Instrument] static string F<T>() where T : IMake<T> => T.Make(1).ToString() + T.Tag;"""
        ),
        new(
            "switch_expression_nested",
            """return I(1) switch { 0 => S("zero"), var n when Make(n).Size > 1 => S("big"), 1 => (I(2), I(3)) switch { (2, 3) => S("pair") + Make(5), _ => S("other") }, _ => throw new Exception() };"""
        ),
        new(
            "file_types",
            "return new Hidden().ToString() + S(\"\");",
            "",
            "file type",
            """file sealed class Hidden { public override string ToString() => "hidden"; }"""
        ),
        new(
            "file_type_constant",
            "return S(WordsInBody.Text + \"b\");",
            "",
            "file type",
            """file static class WordsInBody { public const string Text = "t"; }"""
        ),
        new(
            "file_type_in_attributes",
            "return Of<string>(S(\"a\"));",
            """[Instrument, System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(WordsInHead.Message)] static object Of<[System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(WordsInHead.Kept)] T>(T value) => Show(value, Make(1));""",
            Types: """file static class WordsInHead { public const string Message = "message"; public const System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes Kept = System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicMethods; }"""
        ),
        new("measure_block", "using (HotPath.Measure(\"m\")) { return Show(Make(1)); }", "", "HotPath.Measure"),
        new(
            "using_declarations_in_blocks",
            """string s = ""; foreach (int i in Count(2)) { using var a = Make(i); if (i == 1) continue; s += a.Text; } { using A b = Make(5); } if (B(true)) { using var c = Make(6); s += S("c"); } try { using var d = Make(7); Make(8); } finally { using var e = Make(9); } return s + S("end");"""
        ),
        new(
            "using_declaration_captures",
            """Func<string> f = () => ""; for (int i = 0; i < 2; i++) { using var a = Make(i); f = () => a.ToString(); again: if (a.N++ < 3) goto again; } return f();"""
        ),
        new(
            "labels_and_closures",
            """int n = 0; again: { int k = I(n); Func<int> f = () => k; n += f() + 1; if (n < 3) goto again; } switch (n) { case 3: again2: n++; if (n < 5) goto again2; goto default; default: return Show(n, Make(1)); }"""
        ),
        new(
            "switch_captures_in_label",
            """object o = Make(4); Func<string> f = () => ""; switch (o) { case A { N: > 100 }: break; case A { N: var n } a when B(n > 1): f = () => a.ToString() + n; break; default: break; } return f();"""
        ),
        new("while_returns", """int n = 0; while (true) { n++; var m = n; Func<int> f = () => m; if (f() > 2) return Show(f()); }"""),
        new(
            "while_negated_pattern",
            """object? o = Make(1); while (!(o is string s)) { o = S("x"); } while (I(1) is var k && k < 0) { Func<int> f = () => k; f(); } return o;"""
        ),
        new(
            "nested_catches",
            """try { try { throw new InvalidOperationException(S("expected")); } catch (ArgumentException) when (B(true)) { return "w"; } finally { Make(1); } } catch (Exception e) when (e is InvalidOperationException { Message: var m } && Make(2).Size == 2) { try { throw new Exception(S("second"), e); } catch (Exception f) { return Show(m, f.InnerException!.Message); } }"""
        ),
        new(
            "exceptions_in_sites",
            """string s = ""; for (int i = 0; i < 3; i++) { try { object[] a = [I(i), Make(10 / (i - 1)), S("t")]; s += Text(a); } catch (DivideByZeroException) { s += S("zero"); } } return s;"""
        ),
        new(
            "exception_out",
            "try { F(1); return null; } catch (Exception e) { return Show(e.Message); }",
            """[Instrument] static void F(int n) { var a = new A(n) { Tag = I(2), Next = Fail(S("expected")) }; } static A Fail(string s) => throw new Exception(s);"""
        ),
        new(
            "tuple_names_in_calls",
            """var a = Make(1); var l = new List<(int Size, string Text)> { (a.Size, a.Text), (I(2), S("x")) }; var d = l.Select(t => (t.Size, L: t.Text.Length)).First(); foreach (var (size, text) in l) Note(text + size); var t = (a.Self().Size, a?.Text, (a!.Next, a.N).N); return Show(l[0].Text, d.L, t.Size, t.Text, t.N);"""
        ),
        new(
            "tuple_generic_inference",
            """var a = Make(1); return Show(Twice((a.Size, a.Text), t => (t.Size + 1, t.Text + "x")), KeyValuePair.Create(a.Size, (a.N, a.Text)).Value.Text, ((object)(a.Text, 1)).ToString());"""
        ),
        new(
            "anonymous_keywords",
            """var o = new Odd(); var x = new { o.@class, o.@event }; var t = (o.@class, o.@event); return Show(x.@class, t.@event);""",
            Types: """public class Odd { public string @class => S("class"); public string @event => S("event"); }"""
        ),
        new(
            "dynamic_void",
            "dynamic d = Make(1); F(d); for (int i = 0; i < 2; i++, d.Act()) d.Act(); if (B(true)) d.Act(); else d.Act(); d?.Act(); return "
                + "S(\"end\");",
            """[Instrument] static void F(dynamic d) => d.Act();"""
        ),
        new(
            "dynamic_returns",
            "return Show(F(Make(1)), (object)G(Make(2)), H(Make(3)).N);",
            """[Instrument] static string F(dynamic d) => d.Text; [Instrument] static dynamic G(A a) { dynamic d = a; d.Next = Make(4); d.Tag ??= S("t"); return d.Next.Self().Next ?? d; } [Instrument] static A H(dynamic d) { string[] all = { d.Text, S("x") }; (string, int) t = (d.Text, d.N); A? b = d.N > 100 ? null : d; lock (d) { } using (d) { } return b!; }"""
        ),
        new(
            "dynamic_arguments_of_methods",
            """dynamic d = Make(1); var l = new List<string>(); l.Add(d.Text); l.AddRange(new string[] { d.Text }); string s = string.Join(",", l) + Pick(d.N) + Pick((object)d); d.Ev += (Action<int>)(x => s += x); d.Raise(I(3)); object? t = d.TryGet("k", out string v) ? v : null; return Show(s, t, Spread("f", d, I(1)), d is A { N: 1 }, $"{d.Text}{d.N:D2}");"""
        ),
        new(
            "index_from_end_writes",
            """int[] x = [1, 2, 3]; x[^I(1)] = I(9); x[^2] += Make(2).N; var l = new List<A> { Make(1) }; l[^1] = Make(5); l[^1].Text = S("t"); return Show(x, l[^1], l[0].Text);"""
        ),
        new(
            "struct_receivers",
            """var n = new Num(1); n.Add(I(2)); var arr = new[] { new Num(5) }; arr[I(0)].Add(Make(3).N); var l = new List<Num> { new(7) }; l[0].Add(1); foreach (var x in arr) x.Add(1); Num? m = n; m.Value.Add(3); m?.Add(4); return Show(n, arr[0], l[0], m);"""
        ),
        new(
            "interface_on_struct",
            """IShape s = new Num(I(1)); IEquatable<Num> e = new Num(2); IDisposable d = s as IDisposable ?? Make(1); d.Dispose(); IComparable[] c = { I(1), 2.5, S("x") }; return Show(s.Size, e.Equals(2), c, ((IShape)new Num(4)).Name());"""
        ),
        new(
            "null_coalescing_throw_return",
            "return F(null) + F(\"a\");",
            """[Instrument] static string F(string? s) { try { return (s ?? throw new ArgumentNullException(S("expected"))) + Make(1); } catch (ArgumentNullException e) { return S(e.ParamName!); } }"""
        ),
        new(
            "ref_struct_values",
            """var s = S("a,b,c").AsSpan(); int n = 0; foreach (var r in s.Split(',')) n += s[r].Length; var e = new Walk(S("xy")); while (e.MoveNext()) Note(e.Current.ToString()); return Show(n, Rest(s, ',').ToString());""",
            """static ReadOnlySpan<char> Rest(ReadOnlySpan<char> s, char c) { Note("rest"); return s[(s.IndexOf(c) + 1)..]; }""",
            Types: """public ref struct Walk(ReadOnlySpan<char> s) { ReadOnlySpan<char> _s = s; int _i = -1; public bool MoveNext() => ++_i < _s.Length; public char Current => _s[_i]; }"""
        ),
        // Members that the compiler finds by pattern, in types that are hot themselves.
        new(
            "foreach_hot",
            """int n = 0; foreach (var item in new Shelf_foreach_hot()) n += item.A.ToString().Length; foreach (var (a, b) in new Shelf_foreach_hot()) n += a; foreach (Item_foreach_hot item in new Shelf_foreach_hot()) n += item.B; return n;""",
            Types: """public readonly record struct Item_foreach_hot(int A, int B); [Instrument] public sealed class Shelf_foreach_hot { public Steps GetEnumerator() => new(); public struct Steps { private int _at; public readonly Item_foreach_hot Current => new(_at, _at); public bool MoveNext() => ++_at < 3; } }"""
        ),
        new(
            "deconstruct_hot",
            """var (a, b) = new Pair_deconstruct_hot(3); return new Pair_deconstruct_hot(4) is (var c, > 1) ? a + b + c : 0;""",
            Types: """[Instrument] public sealed class Pair_deconstruct_hot(int n) { public void Deconstruct(out int a, out int b) { a = n; b = n.ToString().Length + 1; } }"""
        ),
        new(
            "dispose_hot",
            """using (new Scope_dispose_hot()) { S("in"); } return S("out");""",
            Types: """[Instrument] public ref struct Scope_dispose_hot { public void Dispose() { Note("gone" + 1); } }"""
        ),
        new(
            "initializer_hot",
            """return Show(new Bag_initializer_hot { S("a"), S("b") }.Text, new List<int>([1, 2]).Count);""",
            Types: """[Instrument] public sealed class Bag_initializer_hot : IEnumerable { public string Text = ""; public void Add(string s) { Text += s; } public IEnumerator GetEnumerator() => throw null!; }"""
        ),
        new(
            "group_in_lambda_hot",
            """return Show(new[] { new Shelf_group_in_lambda_hot() }.Select(shelf => Map_group(shelf.Count)).Sum());""",
            "static int Map_group(Func<int> map) => map();",
            Types: """[Instrument] public sealed class Shelf_group_in_lambda_hot { public int Count() => 2.ToString().Length; }"""
        ),
        new(
            "slice_hot",
            """var s = new Row_slice_hot(); return Show(s[1..2], s[^1], s is [.., 4], s is [_, .. var rest] ? rest : 0);""",
            Types: """[Instrument] public sealed class Row_slice_hot { public int Length => 2; public int this[int i] => i.ToString().Length + 3; public int Slice(int start, int length) => (start + length).ToString().Length; }"""
        ),
        // Code whose copy once had another meaning.
        new(
            "add_takes_params",
            """return Show(new Bag_add_takes_params { { I(1), I(2) }, I(3), { I(4), I(5), I(6) } }.Sum, new Bag_add_takes_params { S("a").Length }.Sum);""",
            Types: """public sealed class Bag_add_takes_params : IEnumerable { public int Sum; public void Add(params int[] items) { foreach (int item in items) Sum += item; } public IEnumerator GetEnumerator() => throw null!; }"""
        ),
        new(
            "add_takes_params_collection",
            """return Show(new Bag_add_takes_params_collection { { I(1), I(2) } }.Sum, new List_add_takes_params_collection { { I(1), I(2) } }.Sum);""",
            Types: """public sealed class Bag_add_takes_params_collection : IEnumerable { public int Sum; public void Add(params ReadOnlySpan<int> items) { foreach (int item in items) Sum += item; } public IEnumerator GetEnumerator() => throw null!; } public sealed class List_add_takes_params_collection : IEnumerable { public int Sum; public void Add(params List<int> items) { foreach (int item in items) Sum += item; } public IEnumerator GetEnumerator() => throw null!; }"""
        ),
        new(
            "foreach_dynamic",
            """dynamic all = new[] { "a", "bc" }; int n = 0; foreach (var x in all) n += x.Length; foreach (var x in all) { string t = x; n += t.Length; } foreach (string x in all) n += x.Length; return Show(n);"""
        ),
        new(
            "this_and_parameter_in_one_closure",
            """var keeper = new Keeper(); return Show(keeper.Keep(1), keeper.Keep(I(3)), keeper.Name());""",
            """[Instrument] public sealed class Keeper { string _name = "k"; Func<string>? _kept; public string Name() => _kept!(); public string? Keep(int n) { if (n < 2) return null; return Long(); string Long() { _kept = () => _name; _name += n; return _name; } } }"""
        ),
        new(
            "lambda_in_a_local_function_captures_a_parameter",
            """return Show(Deep(1), Deep(I(3)));""",
            """static Func<int>? s_kept; [Instrument] public static string? Deep(int n) { if (n < 2) return null; Keep(); return "kept"; void Keep() { Inner(); void Inner() { s_kept = () => n; } } }"""
        ),
        new(
            "lambda_beside_overloads_that_cannot_take_it",
            """var book = new Book<string>(); book.Fill("k", I(2)); return Show(book.Count);""",
            """[Instrument] public sealed class Book<T> { public int Count; public Action<int>? Last; public void Fill(T key, int n) { Add(key, x => Note("b" + n + x), 2); Add(key: key, each: x => Note("c" + n + x), n: 3); Add(x => Note("a" + n + x), 1); } void Add(Action<int> each, int n) { each(n); Last = each; Count++; } void Add(Func<int, Task> each, int n) { } void Add(T key, Action<int> each, int n) { each(n); Last = each; Count++; } void Add(T key, Func<int, Task> each, int n) { } }"""
        ),
        new(
            "lambda_beside_state",
            """var l = new List<int> { 1 }; return Show(l.Each_lambda(x => Note("x" + x)), l.Each_lambda(Note_lambda), l.Plain_lambda(x => Note("y" + x)));""",
            "static void Note_lambda(int x) => Note(\"g\" + x);",
            Types: """public static class Steps_lambda { public static string Each_lambda<T>(this List<T> list, Action<T>? each = null, Action? end = null) { each?.Invoke(list[0]); return "function"; } public static string Each_lambda<T, TState>(this List<T> list, TState state, Action<T, TState>? each = null, Action? end = null) => "state"; public static string Plain_lambda<T>(this List<T> list, Action<T> each) { each(list[0]); return "function"; } public static string Plain_lambda<T, TState>(this List<T> list, TState state) => "state"; }"""
        ),
        // Which site has the bytes. These bodies are not optimized, because the JIT would leave out allocations.
        new(
            "object_before_its_arguments",
            "",
            """[Instrument, MethodImpl(MethodImplOptions.NoOptimization)] public static object? Body() { int n = 1; var a = new A(Quiet(2)); var b = new R(Quiet(3), Quiet(a)); int m; var c = new R(m = Quiet(n), Quiet(a)); return b.Y == c.Y ? m : a; }"""
        ),
        new(
            "box_before_its_operand",
            "",
            """[Instrument, MethodImpl(MethodImplOptions.NoOptimization)] public static object? Body() { object a = Quiet(2); object? b = Quiet((int?)3); IShape c = Quiet(new Num(4)); return ReferenceEquals(a, b) ? c : a; }"""
        ),
        new(
            "delegate_before_its_target",
            "",
            """[Instrument, MethodImpl(MethodImplOptions.NoOptimization)] public static object? Body() { var a = new object(); Func<string?> f = Quiet(a).ToString; var g = new Func<string?>(Quiet(a).ToString); return f == g; }"""
        ),
        new(
            "anonymous_object_before_its_members",
            "",
            """[Instrument, MethodImpl(MethodImplOptions.NoOptimization)] public static object? Body() { var a = new { N = Quiet(2), S = Quiet("s") }; return a.N; }"""
        ),
        new("parsed_dates", """var t = TimeSpan.Parse("1.02:03:04", CultureInfo.InvariantCulture); return t.Ticks;"""),
        new(
            "deep_nesting",
            """return S(S(S(Make(Make(Make(I(1)).N + I(2)).N).Self().Self().ToString() + new string('x', Make(2).N)) + (B(true) ? S("a") + (B(false) ? S("b") : S("c")) : S("d"))));"""
        ),
        .. AsyncInstrumentedBodyCases.All,
    ];
}
