//// /src/Sample.cs
public class Math
{
    [Instrument, MethodImpl(MethodImplOptions.NoInlining), Obsolete("old")]
    [return: System.Diagnostics.CodeAnalysis.NotNull]
    public static object Slow([System.Diagnostics.CodeAnalysis.DisallowNull] object? x) => x;
}

