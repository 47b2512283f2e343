// attribute: F=1:async G=1:iterator H=1:async

namespace Rows.Written.written_async_and_iterator_pairs;

public static partial class Sample
{
    [Instrument] private static partial Task<int> F(int x);
    private static async Task<int> FCore(int x) { await Task.Yield(); return x; }
    [Instrument] private static partial IEnumerable<T> G<T>(T x) where T : class, new();
    private static IEnumerable<T> GCore<T>(T x) where T : class, new() { yield return x; }
    [Instrument] private static partial ValueTask H();
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] private static async ValueTask HCore() { await Task.Yield(); }
    public static string Run() { H().AsTask().Wait(); return F(1).Result.ToString() + G(new object()).Count(); }
}
