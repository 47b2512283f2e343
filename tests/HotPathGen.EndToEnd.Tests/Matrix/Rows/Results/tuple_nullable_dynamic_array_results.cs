// attribute: A=1:pair B=1:pair C=1:pair D=1:pair

namespace Rows.Results.tuple_nullable_dynamic_array_results;

public static class Sample
{
    [Instrument] static (int First, string? Second) A((int X, (long Y, string Z) W) t) => (t.X, t.W.Z);
    [Instrument] static int? B(int? x) => x;
    [Instrument] static dynamic C(dynamic x, List<dynamic?> y) => x + y[0];
    [Instrument] static int[,][]? D(int[][,]? x) => null;
    public static string Run() => A((1, (2, "z"))).Second + B(null) + C(1, [2]) + D(null);
}
