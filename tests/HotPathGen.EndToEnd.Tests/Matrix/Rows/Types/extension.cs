// attribute: Twice=2:pair Grow=1:pair Peek=1:pair

namespace Rows.Types.extension;

public static class Extensions
{
    [Instrument] public static string Twice(this string s) => s + s;
    [Instrument] public static void Grow(this ref int x, int by) { x += by; }
    [Instrument] public static int Peek(this in DateTime d) => d.Year;
}
public static class Sample { public static string Run() { int x = 1; x.Grow(2); return "a".Twice() + Extensions.Twice("b") + x + new DateTime(2020, 1, 1).Peek(); } }
