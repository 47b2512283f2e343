// attribute: F=2:pair

namespace Rows.Ordinary.void_result;

public static class Sample { static int s_sum; [Instrument] static void F(int x) { s_sum += x; if (x > 5) return; s_sum += 100; } public static string Run() { F(3); F(7); return s_sum.ToString(); } }
