// attribute: L=2:in-place S=1:in-place

namespace Rows.InPlace.local_function;

public static class Sample { public static string Run() { int n = 1; [Instrument] int L(int x) => x + n; [Instrument] static int S(int x) { return x; } return L(L(1)).ToString() + S(2); } }
