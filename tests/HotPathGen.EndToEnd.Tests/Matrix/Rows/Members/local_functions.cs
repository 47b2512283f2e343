// attribute: Static=1:function Captures=2:function Recurses=4:function Generic=1:function Later=1:async Items=1:iterator Throws=1!1:function ByRef=1:function Inner=1:function Outer=1:pair Nests=1:function lambda1=1:function

namespace Rows.Members.local_functions;

public sealed class Sample
{
    int _field = 7;

    [Instrument]
    string Outer(int parameter, in int last)
    {
        int captured = 1;
        int[] all = [1, 2];
        ByRef(1) = 9;
        string log = $"{Static(2)} {Captures(3)} {Captures(4)} {Recurses(3)} {Generic("g")} {Later(5).Result} {string.Join(',', Items(2))} {all[1]} {captured}";
        try { Throws(); } catch (NotSupportedException exception) { log += " " + exception.Message; }
        return log + Nests() + last;

        [Instrument] static int Static(int x) => x * 2;
        [Instrument] int Captures(int x) { captured += x; if (x > 3) return captured; return _field + parameter; }
        [Instrument] static int Recurses(int n) => n == 0 ? 0 : n + Recurses(n - 1);
        [Instrument] static string Generic<T>(T x) where T : class { return typeof(T).Name + x; }
        [Instrument] async Task<int> Later(int x) { await Task.Yield(); return x + captured; }
        [Instrument] IEnumerable<int> Items(int count) { for (int i = 0; i < count; i++) yield return i + parameter; }
        [Instrument] void Throws() => throw new NotSupportedException("local");
        [Instrument] ref int ByRef(int i) => ref all[i];

        string Nests()
        {
            Func<int, string> lambda = x =>
            {
                return Inner(x);
                [Instrument] string Inner(int y) => $" {y}{captured}";
            };
            return lambda(6);
        }
    }

    public static string Run() => new Sample().Outer(10, 3);
}
