// attribute: F=1:in-place

namespace Rows.Types.file_type_in_place;

file static class Hidden { [Instrument] public static int F() => 1; } public static class Sample { public static string Run() => Hidden.F().ToString(); }
