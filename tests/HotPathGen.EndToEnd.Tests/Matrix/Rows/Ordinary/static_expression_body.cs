// attribute: F=1:pair

namespace Rows.Ordinary.static_expression_body;

public static class Sample { [Instrument] static int F(int x) => x + 1; public static string Run() => F(3).ToString(); }
