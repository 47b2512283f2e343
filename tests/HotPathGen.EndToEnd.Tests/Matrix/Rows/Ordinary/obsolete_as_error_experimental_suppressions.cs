// attribute: F=1:pair G=1:pair H=1:pair

namespace Rows.Ordinary.obsolete_as_error_experimental_suppressions;

public static class Sample
{
    [Instrument, Obsolete("no", error: true)] public static int F() => 1;
    [Instrument, System.Diagnostics.CodeAnalysis.Experimental("X001")] public static int G() => 1;
    [Instrument, System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("x"), System.Diagnostics.DebuggerStepThrough] public static int H() => 1;
    public static string Run() => "" + typeof(Sample).GetMethod("F")!.Invoke(null, null) + typeof(Sample).GetMethod("G")!.Invoke(null, null) + H();
}
