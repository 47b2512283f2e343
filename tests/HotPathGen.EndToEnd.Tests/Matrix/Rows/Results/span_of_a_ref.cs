// attribute: F=1:pair G=1:pair H=1:pair

namespace Rows.Results.span_of_a_ref;

public static class Sample
{
    [Instrument] static Span<int> F(ref int x) => System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x, 1);
    [Instrument] static ReadOnlySpan<char> G(ReadOnlySpan<char> s, scoped ReadOnlySpan<char> other) => s[other.Length..];
    [Instrument] static void H(ref int x, out Span<int> s) { s = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x, 1); }
    public static string Run() { int x = 5; F(ref x)[0]++; H(ref x, out var s); s[0]++; return x + G("abcd", "ab").ToString(); }
}
