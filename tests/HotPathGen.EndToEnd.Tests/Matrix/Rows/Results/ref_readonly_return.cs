// attribute: F=1:pair

namespace Rows.Results.ref_readonly_return;

public static class Sample { static int[] s_a = [1, 2]; [Instrument] public static ref readonly int F(in int i) { return ref s_a[i]; } public static string Run() => F(1).ToString(); }
