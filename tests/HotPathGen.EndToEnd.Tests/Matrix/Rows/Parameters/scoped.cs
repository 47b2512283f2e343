// attribute: F=1:pair

namespace Rows.Parameters.scoped;

public static class Sample { [Instrument] static Span<int> F(scoped ref int a, scoped in Span<int> b, Span<int> c, scoped Span<int> scoped) { c[0] = a + b[0] + scoped[0]; return c; } public static string Run() { int a = 1; Span<int> s = [1]; return F(ref a, in s, [3], s)[0].ToString(); } }
