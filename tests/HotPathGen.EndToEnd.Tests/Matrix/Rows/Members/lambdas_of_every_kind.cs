// attribute: F=1:pair lambda1=1:function lambda2=2:function lambda3=1:function lambda4=1:function lambda5=1:function lambda6=2:function lambda7=1:function lambda8=1:function lambda9=1:function lambda10=1:function lambda11=1:async lambda12=1:async lambda13=1:async lambda14=3:function lambda15=1!1:function

namespace Rows.Members.lambdas_of_every_kind;

public static class Sample
{
    delegate void ByRef(ref int x);
    delegate ref int Place(int[] all);

    [Instrument]
    static string F(int n)
    {
        Func<int, int[]> expression = x => new int[x];
        Func<int, int[]> braces = x => { if (x > 1) return new int[1]; return new int[x]; };
        Func<int, int[]> isStatic = static x => new int[x];
        Func<int[]> captures = () => new int[n];
        Action action = () => n += new int[2].Length;
        var natural = (int x = 3, params int[] rest) => new int[x + rest.Length].Length;
        ByRef byRef = (ref int x) => x += new int[x].Length;
        Place place = all => ref all[Math.Abs(all.Length - 1)];
        Func<int, int[]> old = delegate (int x) { return new int[x]; };
        Func<int[]> bare = delegate { return new int[n]; };
        Func<int, Task<int>> later = async x => { await Task.Yield(); return new int[x].Length; };
        Func<Task> none = async () => await Task.Yield();
        Func<int, ValueTask<int>> oldLater = async delegate (int x) { await Task.Yield(); return new int[x].Length; };
        var query = from i in new[] { 1, 2, 3 } where new[] { i }.Any(x => new int[x].Length > 1) select i;
        Func<object> fails = () => throw new InvalidOperationException("no");
        action();
        none().Wait();
        int m = n;
        byRef(ref m);
        int[] all = [1, 2];
        place(all) = 7;
        try { fails(); } catch (InvalidOperationException e) { all[0] = e.Message.Length; }
        return $"{expression(1).Length} {braces(2).Length}{braces(0).Length} {isStatic(3).Length} {captures().Length} {natural()} {natural(1, 2, 3)} {m} "
            + $"{all[0]}{all[1]} {old(4).Length} {bare().Length} {later(5).Result} {oldLater(6).Result} {query.Count()}";
    }

    public static string Run() => F(1);
}
