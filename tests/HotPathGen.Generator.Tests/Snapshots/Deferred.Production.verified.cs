//// /src/Sample.cs
using System.Threading;
public class Loader
{
    [Instrument] public async Task Load(CancellationToken token) => await Task.Delay(0, token);
    [Instrument] public static async ValueTask<int> Count() { await Task.Yield(); return 1; }
    [Instrument] private async void Fire() => await Task.Yield();
    [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] public async ValueTask Pooled() => await Task.Yield();
    [Instrument] public IEnumerable<int> Numbers() { yield return 1; }
    [Instrument] public async IAsyncEnumerable<int> Stream([EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return 1; }
}

