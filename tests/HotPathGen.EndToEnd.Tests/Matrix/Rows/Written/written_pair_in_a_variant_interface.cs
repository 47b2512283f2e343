// attribute: F=1:pair

namespace Rows.Written.written_pair_in_a_variant_interface;

public partial interface I<out T> { [Instrument] internal static partial int F(); static int FCore() => 1; } public static class Sample { public static string Run() => I<string>.F().ToString(); }
