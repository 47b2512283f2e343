// attribute: F=1:pair

namespace Rows.Types.primary_constructor_parameters;

public class Sample(int x, string y) { [Instrument] string F() => x++ + y; public static string Run() => new Sample(1, "a").F(); }
