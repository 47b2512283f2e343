// attribute: F=26:pair

namespace Rows.Calls.overloads_that_differ_by_anything;

public static unsafe class Sample
{
    [Instrument] static string F() => "none";
    [Instrument] static string F(int x) => "int";
    [Instrument] static string F(ref int x) => "ref int";
    [Instrument] static string F(long x) => "long";
    [Instrument] static string F(in long x) => "in long";
    [Instrument] static string F(string x) => "string";
    [Instrument] static string F(string x, int y = 3) => "string and optional " + y;
    [Instrument] static string F(object? x) => "object";
    [Instrument] static string F<T>(T x) => "T " + typeof(T).Name;
    [Instrument] static string F<T, U>(T x) => "T, U";
    [Instrument] static string F<T>(T[] x) => "T[]";
    [Instrument] static string F<T>(List<T> x) => "List<T>";
    [Instrument] static string F(int[] x) => "int[]";
    [Instrument] static string F(int[,] x) => "int[,]";
    [Instrument] static string F(int[][] x) => "int[][]";
    [Instrument] static string F(int* x) => "int*";
    [Instrument] static string F(void* x) => "void*";
    [Instrument] static string F(delegate*<int, void> x) => "managed pointer";
    [Instrument] static string F(delegate* unmanaged<int, void> x) => "unmanaged pointer";
    [Instrument] static string F((int, string) x) => "tuple";
    [Instrument] static string F(int? x) => "int?";
    [Instrument] static string F(Span<int> x) => "span";
    [Instrument] static string F(ReadOnlySpan<int> x) => "read-only span";
    [Instrument] static string F(Func<int> x) => "func";
    [Instrument] static string F(Action x) => "action";
    [Instrument] static string F(params object[] x) => "params " + x.Length;

    public static string Run()
    {
        int i = 1;
        long l = 1;
        return string.Join("; ", F(), F(1), F(ref i), F(l), F(in l), F("a"), F("a", 4), F(new Version(1, 0)), F<object>(1), F<int, int>(1), F(new[] { "a" }), F(new List<int>()),
            F(new int[1]), F(new int[1, 1]), F(new int[1][]), F(&i), F((void*)&i), F((delegate*<int, void>)null), F((delegate* unmanaged<int, void>)null),
            F((1, "a")), F((int?)1), F((Span<int>)[1]), F((ReadOnlySpan<int>)[1]), F(() => 1), F(() => { }), F(1, "a"));
    }
}
