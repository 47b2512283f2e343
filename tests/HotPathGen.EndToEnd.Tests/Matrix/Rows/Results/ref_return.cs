// attribute: F=2:pair

namespace Rows.Results.ref_return;

public static class Sample { static int[] s_a = [1, 2]; [Instrument] static ref int F(int i) => ref s_a[i]; public static string Run() { F(1) = 7; return F(1).ToString(); } }
