// attribute: A=2:pair B=1:pair C=1:pair D=1:pair

namespace Rows.Parameters.params_of_every_kind;

public static class Sample
{
    [Instrument] static int A(params int[] xs) => xs.Length;
    [Instrument] static int B(params ReadOnlySpan<int> xs) => xs.Length;
    [Instrument] static int C(string f, params IEnumerable<object?> xs) => xs.Count();
    [Instrument] static int D(params object[] xs) => xs.Length;
    public static string Run() => $"{A()}{A(1, 2)}{B(1, 2, 3)}{C("", 1, null)}{D(new object[] { 1, 2 })}";
}
