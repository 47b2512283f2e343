// attribute: F=8000:pair G=4000:async Add=4000:pair

namespace Rows.Calls.several_threads;

public static class Sample
{
    static int s_sum;

    [Instrument] static int F(int x) => x + 1;

    [Instrument] static async Task<int> G(int x) { await Task.Yield(); return F(x); }

    [Instrument] static void Add(int x) => Interlocked.Add(ref s_sum, x);

    public static string Run()
    {
        Parallel.For(0, 4000, x => Add(F(x)));
        int[] all = Task.WhenAll(Enumerable.Range(0, 4000).Select(G)).GetAwaiter().GetResult();
        return $"{s_sum} {all.Sum()}";
    }
}
