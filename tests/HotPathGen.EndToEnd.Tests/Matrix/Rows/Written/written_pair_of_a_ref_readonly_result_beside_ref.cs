// attribute: F=1:pair G=1:pair

namespace Rows.Written.written_pair_of_a_ref_readonly_result_beside_ref;

public static partial class Sample { static int s_x = 3; [Instrument] internal static partial ref readonly int F(); static ref readonly int FCore() => ref s_x; [Instrument] internal static partial ref int G(ref readonly int a); static ref int GCore(ref readonly int a) => ref s_x; public static string Run() { G(in s_x)++; return F().ToString(); } }
