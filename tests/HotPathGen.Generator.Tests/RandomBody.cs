using System.Globalization;
using CsCheck;

namespace HotPathGen.Generator.Tests;

/// <summary>How a random body runs. This decides which statements it may contain.</summary>
internal enum RandomKind
{
    Call,
    Async,
    Iterator,
}

/// <summary>A grammar of statements and expressions. They work with the locals b (int), s (string) and list, and note what they do.</summary>
internal static class RandomBody
{
    private static readonly Gen<string> s_name = Gen.Int[0, int.MaxValue]
        .Select(static number => "v" + number.ToString(CultureInfo.InvariantCulture));

    public static Gen<string> Of(RandomKind kind, int depth) => Block(kind, depth);

    private static Gen<string> Block(RandomKind kind, int depth) =>
        Statement(kind, depth).Array[1, 4].Select(static statements => string.Join(" ", statements));

    private static Gen<string> Statement(RandomKind kind, int depth)
    {
        Gen<string> number = Number(2),
            text = Text(2);
        Gen<string>[] simple =
        [
            number.Select(static e => $"b = {e};"),
            number.Select(static e => $"b += {e};"),
            text.Select(static t => $"s += {t};"),
            text.Select(static t => $"s = {t};"),
            text.Select(static t => $"N({t});"),
            number.Select(static e => $"list.Add({e});"),
            number.Select(static e => $"G({e});"),
            Gen.Select(number, text, static (e, t) => $"if ({e} % 7 == 3) throw new InvalidOperationException({t});"),
            Gen.Select(s_name, number, text, static (v, e, t) => $"var {v} = new {{ A = {e}, B = {t} }}; N({v}.A + {v}.B);"),
            Gen.Select(s_name, number, static (v, e) => $"Func<int> {v} = () => b + {e}; b = {v}() % 1000;"),
            Gen.Select(s_name, number, static (v, e) => $"{{ int {v} = {e}; Func<int> f{v} = () => {v}++; b += f{v}() + {v}; }}"),
            Gen.Select(s_name, number, number, static (v, e, f) => $"{{ int {v}(int y) => y + b; b = {v}({e}) + {v}({f}); }}"),
            Gen.Select(s_name, number, text, static (v, e, t) => $"var ({v}, w{v}) = new P({e}); N({t} + {v} + w{v});"),
            Gen.Select(s_name, text, static (v, t) => $"object {v} = {t}; if ({v} is string {{ Length: > 2 }} x{v}) N(x{v});"),
            Gen.Select(number, text, static (e, t) => $"N(new P({e}) {{ Y = I(2), Name = {t} }}.ToString());"),
            Gen.Select(number, number, number, static (e, f, g) => $"b = new Bag {{ {{ {e}, {f} }}, {g} }}.Sum % 1000;"),
            Gen.Select(s_name, number, static (v, e) => $"{{ dynamic {v} = new[] {{ {e}, 2 }}; foreach (var x{v} in {v}) b = (b + x{v}) % 1000; }}"),
            Gen.Select(s_name, number, static (v, e) => $"foreach (var ({v}, w{v}) in new Row({e})) b = (b + {v} + w{v}) % 1000;"),
            number.Select(static e => $"N(list.Each(x => G(x + {e})));"),
            Gen.Const("N(Kept(static x => x + 1));"),
        ];
        Gen<string>[] own = kind switch
        {
            RandomKind.Async =>
            [
                number.Select(static e => $"b = await A({e});"),
                text.Select(static t => $"s += await A({t});"),
                Gen.Const("await Task.Yield();"),
                Gen.Select(number, number, static (e, f) => $"b = I(await A({e})) + await A({f});"),
                Gen.Select(number, text, static (e, t) => $"N($\"{{await A({e})}}:{{{t}}}\");"),
            ],
            RandomKind.Iterator => [text.Select(static t => $"yield return {t};"), number.Select(static e => $"yield return \"\" + {e};")],
            _ => [],
        };
        Gen<string>[] usable = [.. simple, .. own, .. own];
        if (depth == 0)
        {
            return Gen.OneOf(usable);
        }

        Gen<string> block = Block(kind, depth - 1),
            inner = Block(RandomKind.Call, depth - 1);
        // A yield may not stand in a try with a catch.
        var guarded = kind == RandomKind.Iterator ? inner : block;
        Gen<string>[] nested =
        [
            .. Functions(kind, depth - 1),
            .. Functions(kind, depth - 1),
            Gen.Select(number, block, block, static (e, x, y) => $"if ({e} % 2 == 0) {{ {x} }} else {{ {y} }}"),
            Gen.Select(number, text, static (e, t) => $"if ({e} > 2) N({t}); else G(b);"),
            Gen.Select(s_name, block, static (v, x) => $"for (int {v} = 0; {v} < 3; {v}++) {{ {x} }}"),
            Gen.Select(s_name, block, static (v, x) => $"foreach (int {v} in list.ToArray()) {{ b += {v}; {x} }}"),
            Gen.Select(s_name, block, static (v, x) => $"foreach (int {v} in Count(3)) {{ if ({v} == 1) continue; {x} }}"),
            Gen.Select(guarded, guarded, inner, static (x, y, z) => $"try {{ {x} }} catch (InvalidOperationException) {{ {y} }} finally {{ {z} }}"),
            Gen.Select(s_name, guarded, guarded, static (v, x, y) =>
                $"try {{ {x} }} catch (InvalidOperationException {v}) when ({v}.Message.Length > 1) {{ {y} }}"
            ),
            Gen.Select(number, block, block, static (e, x, y) =>
                $"switch ({e} % 3) {{ case 0: {{ {x} }} break; case 1: goto default; default: {{ {y} }} break; }}"
            ),
            Gen.Select(text, block, static (t, x) => $"using (new D({t})) {{ {x} }}"),
            Gen.Select(s_name, text, block, static (v, t, x) => $"{{ using var {v} = new D({t}); {x} }}"),
            inner.Select(static x => $"lock (list) {{ {x} }}"),
            Gen.Select(s_name, block, static (v, x) => $"{{ int {v} = 0; while ({v}++ < 2) {{ {x} }} }}"),
        ];
        return Gen.OneOf(usable.Concat(nested).ToArray());
    }

    /// <summary>Lambdas and local functions. Their parameters have the names of the method's, so that any block can be their body.</summary>
    private static Gen<string>[] Functions(RandomKind kind, int depth)
    {
        const string u = "[MethodImpl(MethodImplOptions.NoOptimization)]";
        const string parameters = "(int b, string s, List<int> list)";
        const string delegateType = "Func<int, string, List<int>, ";
        Gen<string> number = Number(1),
            text = Text(1),
            call = Block(RandomKind.Call, depth),
            later = Block(RandomKind.Async, depth),
            steps = Block(RandomKind.Iterator, depth);
        Gen<string>[] all =
        [
            Gen.Select(s_name, number, call, static (v, e, x) => $"{{ {u} string {v}{parameters} {{ {x} return s + b; }} s = {v}({e}, s, list); }}"),
            Gen.Select(s_name, text, call, static (v, t, x) =>
                $"{{ {u} static int {v}{parameters} {{ {x} return b; }} b = {v}(b, {t}, list) % 100; }}"
            ),
            Gen.Select(s_name, number, call, static (v, e, x) =>
                $"{{ {delegateType}string> {v} = {u} {parameters} => {{ {x} return s + b; }}; s = {v}({e}, s, list); }}"
            ),
            Gen.Select(s_name, text, call, static (v, t, x) => $"{{ Action {v} = {u} () => {{ {x} N({t}); }}; {v}(); {v}(); }}"),
            Gen.Select(s_name, number, static (v, e) =>
                $"{{ Func<int, string> {v} = delegate (int b) {{ if (b > 100) return \"\"; G(b); return s; }}; N({v}({e})); }}"
            ),
            Gen.Select(s_name, number, steps, static (v, e, x) =>
                $"{{ IEnumerable<string> {v}{parameters} {{ {x} yield return s + b; }} foreach (string x{v} in {v}({e}, s, list)) N(x{v}); }}"
            ),
            Gen.Select(s_name, number, text, static (v, e, t) =>
                $"{{ {u} T {v}<T>(T x, params string[] all) {{ N(all[0] + x); return x; }} b = {v}({e}, {t}, s); s = {v}({t}, s); }}"
            ),
        ];
        return kind != RandomKind.Async
            ? all
            :
            [
                .. all,
                Gen.Select(s_name, number, later, static (v, e, x) =>
                    $"{{ {u} async Task<string> {v}{parameters} {{ {x} await Task.Yield(); return s + b; }} s = await {v}({e}, s, list); }}"
                ),
                Gen.Select(s_name, number, later, static (v, e, x) =>
                    $"{{ {delegateType}Task<string>> {v} = {u} async {parameters} => {{ {x} return s + b; }}; s = await {v}({e}, s, list); }}"
                ),
                Gen.Select(s_name, later, static (v, x) =>
                    $"{{ async IAsyncEnumerable<int> {v}() {{ {x} yield return b; }} await foreach (int x{v} in {v}()) b = (b + x{v}) % 100; }}"
                ),
            ];
    }

    private static Gen<string> Number(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Const("b"),
            Gen.Const("list.Count"),
            Gen.Const("s.Length"),
            Gen.Int[0, 9].Select(static n => n.ToString(CultureInfo.InvariantCulture))
        );
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> e = Number(depth - 1),
            t = Text(depth - 1);
        return Gen.OneOf(
            leaf,
            e.Select(static x => $"I({x})"),
            Gen.Select(e, e, static (x, y) => $"({x} + {y})"),
            Gen.Select(e, e, e, static (x, y, z) => $"({x} > {y} ? {z} : b)"),
            e.Select(static x => $"new P({x}).X"),
            Gen.Select(e, e, static (x, y) => $"new[] {{ {x}, {y} }}.Sum()"),
            e.Select(static x => $"$\"{{{x}}}\".Length"),
            e.Select(static x => $"((int)(object)({x}))"),
            e.Select(static x => $"checked({x} % 100 * 3)"),
            e.Select(static x => $"list.Select(x => x + {x}).Sum() % 100"),
            Gen.Select(e, e, static (x, y) => $"Sum({x}, {y})"),
            Gen.Select(e, t, static (x, y) => $"Length({x}, {y}, null)"),
            Gen.Select(e, e, static (x, y) => $"({x} switch {{ 0 => b, > 5 => I({y}), _ => 1 }})"),
            Gen.Select(e, e, static (x, y) => $"(P.Maybe({x})?.Next(I({y})).X ?? I(b))"),
            e.Select(static x => $"Hot({x})"),
            Gen.Select(s_name, e, static (v, x) => $"(Try({x}, out int {v}) ? {v} : -{v})"),
            Gen.Select(e, e, static (x, y) => $"((Func<int, int>)(x => x + {x}))({y})"),
            Gen.Select(e, e, static (x, y) => $"({x}, I({y})).Item2"),
            Gen.Select(e, t, static (x, y) => $"new Dictionary<string, int> {{ [\"k\"] = {x}, [{y} + \"k2\"] = 1 }}[\"k\"]"),
            Gen.Select(e, e, static (x, y) => $"new List<int> {{ {x}, {y} }}.Count"),
            Gen.Select(e, e, static (x, y) => $"((int[])[{x}, .. list, {y}]).Length"),
            e.Select(static x => $"(new R({x}, \"r\") with {{ A = I(4) }}).A"),
            e.Select(static x => $"(new V({x}) + new V(1)).X"),
            e.Select(static x => $"((V)({x})).X"),
            e.Select(static x => $"Ref()"),
            t.Select(static x => $"{x}.Length"),
            Gen.Const("nameof(list).Length")
        );
    }

    private static Gen<string> Text(int depth)
    {
        var leaf = Gen.OneOf(Gen.Const("s"), Gen.Const("\"abc\""), Gen.Const("\"\""));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<string> e = Number(depth - 1),
            t = Text(depth - 1);
        return Gen.OneOf(
            leaf,
            t.Select(static x => $"S({x})"),
            Gen.Select(t, t, static (x, y) => $"({x} + {y})"),
            Gen.Select(t, e, static (x, y) => $"({x} + {y} + 'c')"),
            Gen.Select(e, t, static (x, y) => $"$\"{{{x}}}-{{{y}}}\""),
            e.Select(static x => $"({x}).ToString()"),
            t.Select(static x => $"(\"x\" + {x}).Substring(1)"),
            t.Select(static x => $"(\"xy\" + {x})[1..]"),
            Gen.Select(e, t, t, static (x, y, z) => $"({x} > 2 ? {y} : {z})"),
            e.Select(static x => $"new P({x}).ToString()"),
            Gen.Select(e, t, static (x, y) => $"string.Join(\",\", new object[] {{ {x}, {y} }})"),
            Gen.Select(e, t, static (x, y) => $"string.Format(\"{{0}}/{{1}}\", {x}, {y})"),
            t.Select(static x => $"(Null({x}) ?? S(\"n\"))"),
            Gen.Select(e, e, static (x, y) => $"Handled($\"{{{x}}}:{{I({y})}}\")"),
            e.Select(static x => $"Named({x})")
        );
    }
}
