// attribute: U=1!1:async

namespace Rows.Deferred.async_that_fails;

public static class Sample
{
    [Instrument] static async Task<int> U() { await Task.Yield(); throw new InvalidOperationException("late"); }
    static async Task<string> All() { try { return "" + await U(); } catch (InvalidOperationException e) { return e.Message; } }
    public static string Run() => All().GetAwaiter().GetResult();
}
