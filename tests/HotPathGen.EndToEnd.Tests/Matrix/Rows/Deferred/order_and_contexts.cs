// attribute: Outer=1:async Inner=2!1:async Quick=1:async Items=2!1:iterator Both=1:async-iterator Sync=1:pair
using System.Text;

namespace Rows.Deferred.order_and_contexts;

public static class Sample
{
    static readonly StringBuilder s_log = new();
    static readonly AsyncLocal<string> s_local = new();

    [Instrument]
    static async Task<string> Outer()
    {
        s_local.Value = "outer";
        s_log.Append("outer; ");
        Task<int> first = Inner(1), second = Inner(-1);
        s_log.Append($"started {first.IsCompleted}; ");
        int sum = await first;
        try { sum += await second; } catch (ArgumentException exception) { s_log.Append($"{exception.Message} {s_local.Value}; "); }
        return $"{sum} {await Quick()}";
    }

    [Instrument]
    static async Task<int> Inner(int x)
    {
        s_local.Value = "inner " + x;
        s_log.Append($"{s_local.Value}; ");
        await Never();
        if (x < 0) throw new ArgumentException("negative");
        return Sync(x);
    }

    static Task Never() => s_gate.Task;
    static readonly TaskCompletionSource s_gate = new();

    [Instrument] static int Sync(int x) { s_log.Append("sync; "); return x; }
    [Instrument] static async ValueTask<string> Quick() { try { await Task.CompletedTask; return "quick"; } finally { s_log.Append("finally; "); } }

    [Instrument]
    static IEnumerable<int> Items(int count)
    {
        try { for (int i = 0; i < count; i++) { if (i == 2) throw new TimeoutException("third"); yield return i; } }
        finally { s_log.Append("items done; "); }
    }

    [Instrument]
    static async IAsyncEnumerable<int> Both(int count)
    {
        try { for (int i = 0; i < count; i++) { await Task.Yield(); yield return i; } }
        finally { await Task.Yield(); s_log.Append("both done; "); }
    }

    static async Task<string> All()
    {
        Task<string> outer = Outer();
        s_log.Append($"back {s_local.Value ?? "null"}; ");
        s_gate.SetResult();
        string text = await outer;
        foreach (int x in Items(5)) { if (x == 1) break; }
        try { foreach (int x in Items(5)) s_log.Append(x).Append("; "); } catch (TimeoutException exception) { s_log.Append(exception.Message).Append("; "); }
        await foreach (int x in Both(5)) { if (x == 1) break; }
        return $"{text} {s_log}";
    }

    public static string Run() => All().GetAwaiter().GetResult();
}
