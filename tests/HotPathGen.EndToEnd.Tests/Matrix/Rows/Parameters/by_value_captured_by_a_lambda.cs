// attribute: F=1:pair

namespace Rows.Parameters.by_value_captured_by_a_lambda;

public static class Sample { [Instrument] static Func<int> F(int x) { x++; return () => x++; } public static string Run() { var f = F(1); f(); return f().ToString(); } }
