// attribute: F=1:pair

namespace Rows.Results.ref_return_beside_a_ref_readonly_parameter;

public static class Sample { [Instrument] static ref int F(ref readonly int a, ref int b) { b += a; return ref b; } public static string Run() { int a = 1, b = 2; F(in a, ref b) = 9; return b.ToString(); } }
