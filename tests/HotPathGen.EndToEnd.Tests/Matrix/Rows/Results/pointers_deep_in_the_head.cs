// attribute: A=1:pair B=1:pair C=1:pair D=1:pair

namespace Rows.Results.pointers_deep_in_the_head;

public static unsafe class Sample
{
    [Instrument] static int A(int*[][] x) => x.Length;
    [Instrument] static List<int*[]>? B() => null;
    [Instrument] static (int, Dictionary<string, delegate*<void>[]>?) C() => default;
    [Instrument] static int D<T>() where T : IEnumerable<void*[]>? => 1;
    public static string Run() => $"{A([])}{B()}{C()}{D<List<void*[]>>()}";
}
