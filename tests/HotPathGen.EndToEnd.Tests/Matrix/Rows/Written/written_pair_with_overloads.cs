// attribute: F=2:pair

namespace Rows.Written.written_pair_with_overloads;

public static partial class Sample { [Instrument] private static partial string F(int x); [Instrument] private static partial string F(string x); static string FCore(int x) => "i"; static string FCore(string x) => "s"; public static string Run() => F(1) + F(""); }
