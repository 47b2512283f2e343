// attribute: F=3:async G=1:async lambda1=1:async lambda2=1:function

namespace Rows.Deferred.async_lambdas_and_delegates;

public static class Sample
{
    [Instrument] static async Task<int> F(int x) { await Task.Yield(); return x; }

    [Instrument]
    static async Task<int> G()
    {
        Func<int, Task<int>> lambda = async x => { await Task.Yield(); return await F(x) + 1; };
        Func<int, Task<int>> group = F;
        return await lambda(1) + await group(2) + await Task.Run(() => F(3));
    }

    public static string Run() => G().GetAwaiter().GetResult().ToString();
}
