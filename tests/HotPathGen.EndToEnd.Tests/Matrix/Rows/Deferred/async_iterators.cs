// attribute: A=1!1:async-iterator B=1:async-iterator
using System.Threading;

namespace Rows.Deferred.async_iterators;

public static class Sample
{
    [Instrument] static async IAsyncEnumerable<int> A(int n, [EnumeratorCancellation] CancellationToken token = default) { for (int i = 0; i < n; i++) { await Task.Yield(); token.ThrowIfCancellationRequested(); yield return i; } }
    [Instrument] static async IAsyncEnumerator<int> B() { await Task.Yield(); yield return 1; }
    static async Task<string> All()
    {
        string s = "";
        using var source = new CancellationTokenSource();
        try { await foreach (int i in A(5).WithCancellation(source.Token)) { s += i; if (i == 2) source.Cancel(); } } catch (OperationCanceledException) { s += "c"; }
        var b = B();
        while (await b.MoveNextAsync()) s += b.Current;
        await b.DisposeAsync();
        return s;
    }
    public static string Run() => All().GetAwaiter().GetResult();
}
