// attribute: F=1:pair G=1:pair

namespace Rows.Results.unscoped_ref_to_a_field;

public struct Sample { int _x; [Instrument, System.Diagnostics.CodeAnalysis.UnscopedRef] public ref int F() => ref _x; [Instrument, System.Diagnostics.CodeAnalysis.UnscopedRef] public readonly ref readonly int G() => ref _x; public static string Run() { var s = new Sample(); s.F() = 4; return s.G().ToString(); } }
