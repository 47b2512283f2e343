// attribute: A=1:pair B=1:pair C=1:pair

namespace Rows.Ordinary.methodimpl;

public static class Sample
{
    [Instrument, MethodImpl(MethodImplOptions.NoInlining)] static int A() => 1;
    [Instrument] [MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.AggressiveOptimization)] static int B() => 2;
    [Instrument] [method: MethodImpl(256)] static int C() => 3;
    public static string Run() => $"{A()}{B()}{C()}";
}
