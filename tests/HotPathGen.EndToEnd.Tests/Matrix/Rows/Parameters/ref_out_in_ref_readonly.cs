// attribute: F=1:pair

namespace Rows.Parameters.ref_out_in_ref_readonly;

public static class Sample { [Instrument] static int F(ref int a, out int b, in int c, ref readonly int d) { a++; b = c + d; return a; } public static string Run() { int a = 1, d = 4; return $"{F(ref a, out int b, 3, in d)}{a}{b}"; } }
