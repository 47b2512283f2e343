namespace HotPathGen.Generator.Tests;

/// <summary>
/// The bodies of <see cref="InstrumentedBodyTests"/> that run in segments: with awaits that the compiler adds, and async iterators.
/// </summary>
internal static class AsyncInstrumentedBodyCases
{
    /// <summary>The members that every class here has beside its body.</summary>
    private const string Members = """
        static async Task<T> L<T>(T value) { await Task.Yield(); Note("late" + value); return value; }
        static async IAsyncEnumerable<int> Cold(int n, [EnumeratorCancellation] CancellationToken token = default)
        {
            try { for (int i = 0; i < n; i++) { token.ThrowIfCancellationRequested(); if (i % 2 == 1) await Task.Yield(); Note("cold" + i); yield return i; } }
            finally { Note("end"); await Task.Yield(); Note("ended"); }
        }
        sealed class D(int n, bool late = true) : IAsyncDisposable
        {
            public int N = n;
            public async ValueTask DisposeAsync() { Note("dispose" + N); if (late) await Task.Yield(); if (N > 90) throw new InvalidOperationException("expected"); Note("disposed" + N); }
        }
        sealed class Explicit(int n) : IAsyncDisposable, IAsyncEnumerable<string>
        {
            ValueTask IAsyncDisposable.DisposeAsync() { Note("explicit" + n); return default; }
            async IAsyncEnumerator<string> IAsyncEnumerable<string>.GetAsyncEnumerator(CancellationToken token) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return "e" + i; } }
        }
        struct Quick(int n) : IAsyncDisposable { public ValueTask DisposeAsync() { Note("quick" + n); return default; } }
        struct Hidden(int n) : IAsyncDisposable { ValueTask IAsyncDisposable.DisposeAsync() { Note("hidden" + n); return default; } }
        sealed class Pattern
        {
            public PatternSteps GetAsyncEnumerator() { Note("pattern"); return new(); }
            public struct PatternSteps
            {
                int _i;
                public int Current => _i;
                public ValueTask<bool> MoveNextAsync() { Note("step"); return new(++_i < 3); }
            }
        }
        sealed class Disposing
        {
            public Steps GetAsyncEnumerator(int unused = 3, params int[] more) => new();
            public sealed class Steps
            {
                int _i;
                public object Current => "d" + _i;
                public async Task<bool> MoveNextAsync() { await Task.Yield(); return ++_i < 3; }
                public async Task DisposeAsync() { await Task.Yield(); Note("gone"); }
            }
        }

        """;

    private static InstrumentedBodyCase Async(string name, string body) =>
        new(
            name,
            "",
            Members
                + $$"""
                public static object? Body() => F().GetAwaiter().GetResult();
                [Instrument] static async Task<object?> F()
                {
                {{body}}
                }
                """
        );

    private static InstrumentedBodyCase Iterator(
        string name,
        string body,
        string consumer = """string s = ""; await foreach (object? o in F()) s += Text(o); return s;""",
        string head = "[Instrument] static async IAsyncEnumerable<object?> F()"
    ) =>
        new(
            name,
            "",
            Members
                + $$"""
                public static object? Body() => Consume().GetAwaiter().GetResult();
                static async Task<object?> Consume() { {{consumer}} }
                {{head}}
                {
                {{body}}
                }
                """
        );

    public static readonly InstrumentedBodyCase[] All =
    [
        Async("await_foreach", """string s = ""; await foreach (int i in Cold(3)) { s += S("x" + i); } return s;"""),
        Async(
            "await_foreach_over_lines",
            "string s = \"\"; await foreach (\n  int /* kept */ i // here\n  in\n  Cold(\n 3)\n )\n { s += Line(); } return s;"
        ),
        Async("await_foreach_var", """string s = ""; await foreach (var i in Cold(2)) s += S("x" + i); return s + Make(1);"""),
        Async(
            "await_foreach_converts",
            """string s = ""; await foreach (object o in Cold(2)) s += o; await foreach (short i in Cold(2)) s += i; await foreach (Num n in Cold(2)) s += n; return s;"""
        ),
        Async(
            "await_foreach_deconstructs",
            """string s = ""; await foreach (var (n, t) in Each()) s += n + t; await foreach ((int n, _) in Each()) s += n; return s; static async IAsyncEnumerable<A> Each() { await Task.Yield(); yield return new A(4); }"""
        ),
        Async(
            "await_foreach_configured",
            """string s = ""; await foreach (int i in Cold(3).WithCancellation(new CancellationToken(false)).ConfigureAwait(false)) s += S("x" + i); return s;"""
        ),
        Async(
            "await_foreach_canceled",
            """string s = ""; try { await foreach (int i in Cold(3).WithCancellation(new CancellationToken(true))) s += i; } catch (OperationCanceledException) { s += S("canceled"); } return s;"""
        ),
        Async("await_foreach_pattern", """string s = ""; await foreach (var i in new Pattern()) s += S("p" + i); return s;"""),
        Async("await_foreach_disposing", """string s = ""; await foreach (string i in new Disposing()) s += S(i); return s;"""),
        Async("await_foreach_explicit", """string s = ""; await foreach (var i in new Explicit(2)) s += S(i); return s;"""),
        Async("await_foreach_of_awaited", """string s = ""; await foreach (var i in await L(Cold(2))) s += await L(i); return s;"""),
        Async(
            "await_foreach_break_continue",
            """string s = ""; await foreach (int i in Cold(9)) { if (i == 1) continue; if (i == 4) break; s += S("x" + i); } return s + S("out");"""
        ),
        Async("await_foreach_return", """await foreach (int i in Cold(9)) { if (i == 2) return Show(Make(i)); } return null;"""),
        Async(
            "await_foreach_goto",
            """int n = 0; again: await foreach (int i in Cold(9)) { n++; if (i == 2 && n < 4) goto again; if (n > 5) goto done; } done: return n;"""
        ),
        Async(
            "await_foreach_throws",
            """string s = ""; try { await foreach (int i in Cold(9)) { s += i; if (i == 1) throw new InvalidOperationException(S("expected")); } } catch (InvalidOperationException e) { s += e.Message; } return s;"""
        ),
        Async(
            "await_foreach_embedded",
            """string s = ""; if (B(true)) await foreach (int i in Cold(1)) s += i; else s += "no"; again: await foreach (int i in Cold(1)) s += i; return s;"""
        ),
        Async(
            "await_foreach_nested",
            """string s = ""; await foreach (int i in Cold(2)) await foreach (int k in Cold(i + 1)) s += S($"{i}{k}"); return s;"""
        ),
        Async(
            "await_foreach_captures",
            """var l = new List<Func<int>>(); await foreach (int i in Cold(2)) l.Add(() => i); return Show(l[0](), l[1]());"""
        ),
        Async(
            "await_foreach_out_variable",
            """string s = ""; await foreach (int i in Cold(Instrumented(out int n))) s += i + n; return s; static int Instrumented(out int n) => n = 2;"""
        ),
        Async(
            "await_foreach_type_parameter",
            """return await Of<Explicit>(new Explicit(2)); static async Task<string> Of<T>(T t) where T : class, IAsyncEnumerable<string> { string s = ""; await foreach (var i in t) s += i; return s; }"""
        ),
        Async(
            "await_foreach_in_a_lambda",
            """Func<Task<string>> f = async () => { string s = ""; await foreach (int i in Cold(2)) s += i; await using var d = new D(1); return s; }; return await f();"""
        ),
        Async(
            "await_using_statement",
            """string s = ""; await using (var d = new D(1)) { s += S("in" + d.N); } await using (D d = new D(2), e = new D(3)) s += S("in" + d.N + e.N); return s;"""
        ),
        Async(
            "await_using_expression",
            """string s = ""; await using (new D(1)) s += S("in"); await using (await L(new D(2))) { s += S("in"); } return s;"""
        ),
        Async(
            "await_using_declaration",
            """string s = ""; await using var d = new D(1); s += S("in" + d.N); { await using D e = new D(2), f = new D(3); s += S("deep" + e.N + f.N); } await using var g = await L(new D(4)); return s + S("end");"""
        ),
        Async(
            "await_using_among_using",
            """await using var d = new D(1); using var a = Make(2); await using var e = new D(3); using var b = Make(4); return S("end");"""
        ),
        Async("await_using_null", """await using (D? d = (D?)null) Note("in"); await using var e = (D?)null; return S("end");"""),
        Async(
            "await_using_explicit",
            """await using (var d = new Explicit(1)) Note("in"); await using IAsyncDisposable e = new Explicit(2); return S("end");"""
        ),
        Async(
            "await_using_structs",
            """await using (var d = new Quick(1)) Note("in"); await using var e = new Hidden(2); await using (new Hidden(3)) Note("in"); return S("end");"""
        ),
        Async(
            "await_using_configured",
            """var d = new D(1); await using (d.ConfigureAwait(false)) Note("in"); await using var e = new D(2).ConfigureAwait(false); return S("end");"""
        ),
        Async(
            "await_using_pattern",
            """await using var d = new Disposing.Steps(); await using (new Disposing.Steps()) Note("in"); return S("end");"""
        ),
        Async(
            "await_using_throws",
            """try { await using var d = new D(1); await using var e = new D(91); throw new ArgumentException(S("lost")); } catch (InvalidOperationException e) { return S(e.Message); }"""
        ),
        Async(
            "await_using_returns",
            """await using var d = new D(1, false); if (B(true)) { await using (new D(2)) return S("early"); } return null;"""
        ),
        Async(
            "await_using_captured",
            """Func<int> f; await using (var d = new D(1)) f = () => d.N; await using var e = new D(2); Func<int> g = () => e.N + f(); return g();"""
        ),
        Async(
            "await_using_generic",
            """return await Of(new Hidden(1)) + await Of(new D(2)) + await Of((D?)null); static async Task<string> Of<T>(T t) where T : IAsyncDisposable? { await using (t) return S("in"); }"""
        ),
        Async("await_using_local_function_behind", """await using var d = new D(1); return G() + d.N; string G() => S("g");"""),
        Async(
            "await_using_in_a_loop",
            """string s = ""; for (int i = 0; i < 3; i++) { await using var d = new D(i); if (i == 1) continue; s += S("in" + i); } return s;"""
        ),
        Async(
            "await_in_finally_and_catch",
            """string s = ""; try { try { s += await L("a"); throw new InvalidOperationException("expected"); } catch (InvalidOperationException e) when (e.Message.Length > 0) { s += await L("b"); } finally { s += await L("c"); } } finally { await using var d = new D(1); } return s;"""
        ),
        new(
            "await_using_calls_behind",
            "",
            Members
                + """
                public static object? Body() => F().GetAwaiter().GetResult();
                [Instrument] static async Task<object?> F() { string s = G(); await using var d = new D(1); return s + G(); string G() => S("g"); }
                """,
            UnsupportedReason: "cannot be written out"
        ),
        Iterator(
            "async_iterator",
            """for (int i = 0; i < 3; i++) { Note("before" + i); await Task.Yield(); yield return S("x" + i); } yield return null; yield return 5; yield return await L("y");"""
        ),
        Iterator(
            "async_iterator_without_waiting",
            """yield return S("a"); await Task.CompletedTask; if (B(true)) yield break; yield return S("b");"""
        ),
        Iterator(
            "async_iterator_left_early",
            """try { for (int i = 0; ; i++) { await Task.Yield(); yield return S("x" + i); } } finally { Note("finally"); await L("z"); Note(S("done")); }""",
            """await foreach (object? o in F()) return o; return null;"""
        ),
        Iterator("async_iterator_throws", """yield return S("a"); await Task.Yield(); throw new InvalidOperationException(S("expected"));"""),
        Iterator(
            "async_iterator_throws_at_once",
            """if (B(true)) throw new InvalidOperationException(S("expected")); await Task.Yield(); yield return 1;"""
        ),
        Iterator(
            "async_iterator_twice",
            """await Task.Yield(); yield return S("a"); yield return S("b");""",
            """var e = F(); string s = ""; await foreach (var o in e) s += o; await foreach (var o in e) s += o; return s;"""
        ),
        Iterator(
            "async_iterator_nested",
            """await foreach (int i in Cold(3)) { await using var d = new D(i); yield return S("x" + i); } await using (new D(9)) yield return S("in");"""
        ),
        Iterator(
            "async_iterator_canceled",
            """for (int i = 0; i < 9; i++) { token.ThrowIfCancellationRequested(); await Task.Yield(); yield return S("x" + i); }""",
            """var source = new CancellationTokenSource(); string s = ""; try { await foreach (var o in F(2).WithCancellation(source.Token)) { s += o; source.Cancel(); } } catch (OperationCanceledException) { s += S("canceled"); } return s;""",
            "[Instrument] static async IAsyncEnumerable<object?> F(int n, [EnumeratorCancellation] CancellationToken token = default)"
        ),
        Iterator(
            "async_iterator_enumerator",
            """await Task.Yield(); yield return S("a"); yield return (Func<int>)(() => 1) is null;""",
            """var e = F(); string s = ""; while (await e.MoveNextAsync()) s += e.Current; await e.DisposeAsync(); return s + await e.MoveNextAsync();""",
            "[Instrument] static async IAsyncEnumerator<object?> F()"
        ),
        Iterator(
            "async_iterator_target_typed",
            """yield return () => 1; await Task.Yield(); yield return default!; yield return new(() => 3); yield return B(true) ? () => 4 : null!;""",
            """string s = ""; await foreach (var f in F()) s += f is null ? "null" : f().ToString(); return s;""",
            "[Instrument] static async IAsyncEnumerable<Func<int>> F()"
        ),
        Iterator(
            "async_iterator_generic",
            """await Task.Yield(); yield return t; yield return default!; Func<T> f = () => t; yield return f();""",
            """string s = ""; await foreach (var o in F("a")) s += Text(o); await foreach (var o in F(2)) s += Text(o); return s;""",
            "[Instrument] static async IAsyncEnumerable<T> F<T>(T t)"
        ),
        Iterator(
            "async_iterator_over_a_hot_one",
            """await foreach (var o in Inner()) yield return o; yield return await Hot(); } [Instrument] static async Task<string> Hot() { await Task.Yield(); return S("hot"); } [Instrument] static async IAsyncEnumerable<object?> Inner() { yield return S("i"); await Task.Yield(); yield return S("j");"""
        ),
        Iterator(
            "async_iterator_catches",
            """string s = ""; try { s = await L("a"); Make(int.Parse("x")); } catch (FormatException) { s += S("caught"); } yield return s; try { yield return 1; } finally { s += S("f"); } yield return s;"""
        ),
    ];
}
