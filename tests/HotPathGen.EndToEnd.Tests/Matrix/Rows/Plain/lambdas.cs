// attribute: Inside=1:pair lambda1=2:function lambda2=2:function lambda3=1:async s_field=1:pair

namespace Rows.Plain.lambdas;

public static class Sample
{
    static readonly Func<int, int> s_field = [Instrument] (x) => x + 1;

    [Instrument]
    static string Inside()
    {
        Func<int, int> twice = [Instrument] static (int x) => { return x * 2; };
        var natural = [Instrument] (int x = 3, params int[] rest) => x + rest.Length;
        Func<Task<int>> later = [Instrument] async () => { await Task.Yield(); return 5; };
        Func<int, int> old = delegate (int x) { return x - 1; };
        return $"{twice(2)} {natural()} {natural(1, 2, 3)} {later().Result} {old(1)}";
    }

    public static string Run() => $"{s_field(1)} {Inside()}";
}
