// attribute: F=*:in-place

namespace Rows.Parameters.arglist;

public static class Sample { [Instrument] static int F(int a, __arglist) { return new ArgIterator(__arglist).GetRemainingCount(); } public static string Run() => OperatingSystem.IsWindows() ? Call() : "2"; static string Call() => F(1, __arglist(1, 2)).ToString(); }
