// attribute: F=1:pair

namespace Rows.Written.written_pair_with_dynamic;

public static partial class Sample { [Instrument] private static partial string F(dynamic x, ref dynamic y); static string FCore(dynamic x, ref dynamic y) { y = 5; return x; } public static string Run() { dynamic d = 1; return F("a", ref d) + d; } }
