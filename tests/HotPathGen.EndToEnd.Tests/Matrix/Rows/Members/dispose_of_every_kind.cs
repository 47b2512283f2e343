// attribute: Dispose=5:pair DisposeAsync=1:async
using System.Text;

namespace Rows.Members.dispose_of_every_kind;

public class Resource(StringBuilder log) : IDisposable, IAsyncDisposable
{
    [Instrument] public void Dispose() { Dispose(true); GC.SuppressFinalize(this); }
    [Instrument] protected virtual void Dispose(bool disposing) { log.Append($"dispose {disposing}; "); }
    [Instrument] public async ValueTask DisposeAsync() { await Task.Yield(); log.Append("async; "); }
}

public ref struct Pattern(StringBuilder log) { readonly StringBuilder _log = log; [Instrument] public readonly void Dispose() => _log.Append("pattern; "); }

public sealed class Explicit(StringBuilder log) : IDisposable { [Instrument] void IDisposable.Dispose() { log.Append("explicit; "); } }

public static class Sample
{
    static async Task<string> All()
    {
        var log = new StringBuilder();
        using (var outer = new Resource(log)) { log.Append("in; "); }
        await using (var later = new Resource(log)) { }
        Patterned(log);
        using var last = new Explicit(log);
        using (last) { }
        return log.ToString();
    }

    static void Patterned(StringBuilder log) { using var pattern = new Pattern(log); log.Append("body; "); }

    public static string Run() => All().GetAwaiter().GetResult();
}
