// attribute: F=1:pair
using S = System.Collections.Generic.List<(int A, string? B)>;
using static System.Math;
using unsafe P = int*;

namespace Rows.Names.namespace_alias_and_static_using;

public static unsafe class Sample { [Instrument] static S F(S s, P p) { s.Add((Max(1, *p), null)); return s; } public static string Run() { int x = 2; return F([], &x)[0].A.ToString(); } }
