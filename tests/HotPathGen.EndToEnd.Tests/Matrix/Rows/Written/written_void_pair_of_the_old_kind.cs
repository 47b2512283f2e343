// attribute: F=1:pair

namespace Rows.Written.written_void_pair_of_the_old_kind;

public static partial class Sample { static string s_log = ""; [Instrument] static partial void F(string x); static void FCore(string x) { s_log += x; } public static string Run() { F("a"); return s_log; } }
