// attribute: F=1:pair G=1:pair H=1:pair J=1:pair

namespace Rows.Results.dynamic_beside_a_ref_struct;

public static class Sample
{
    [Instrument] static void F(ref dynamic x, Span<int> y) { x = x + y.Length; }
    [Instrument] static void G(out dynamic x, Span<int> y) { x = y.Length; }
    [Instrument] static int H(in dynamic x, scoped Span<int> y) => x + y.Length;
    [Instrument] static Span<int> J(dynamic x, Span<int> y) { y[0] = x; return y; }
    public static string Run() { object d = 1; F(ref d, new int[3]); G(out object e, new int[4]); return $"{d} {e} {H(in d, new int[1])}{J(d, new int[1])[0]}"; }
}
