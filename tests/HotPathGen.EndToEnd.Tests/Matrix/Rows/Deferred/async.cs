// attribute: T=1:async U=1:async V=1:async W=1:async

namespace Rows.Deferred.async;

public static class Sample
{
    [Instrument] static async Task T() => await Task.Yield();
    [Instrument] public static async Task<int> U(int x) { await Task.Yield(); return x; }
    [Instrument] static async ValueTask V() { await Task.Yield(); }
    [Instrument] async static ValueTask<string> W(string s, System.Threading.CancellationToken token = default) { await Task.CompletedTask; return s; }
    static async Task<string> All() { await T(); await V(); return await U(1) + await W("a"); }
    public static string Run() => All().GetAwaiter().GetResult();
}
