// attribute: F=1:pair

namespace Rows.Written.written_pair;

public static partial class Sample { [Instrument] private static partial int F(int x, ref string s, out int y, params int[] z); private static int FCore(int x, ref string s, out int y, params int[] z) { y = z.Length; return x; } public static string Run() { string s = ""; return F(1, ref s, out int y, 1, 2).ToString() + y; } }
