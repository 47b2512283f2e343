// attribute: Task=1:async Items=1:iterator Read=1:async GetEnumerator=1:iterator
using System.Collections;

namespace Rows.Deferred.members_of_structs;

public interface ILater { Task<int> Count(); }

public struct Sample : IEnumerable<int>, ILater
{
    int _x;

    [Instrument] public async Task<int> Task(int by) { _x += by; await System.Threading.Tasks.Task.Yield(); _x += 100; return _x; }
    [Instrument] public readonly async ValueTask<int> Read() { await System.Threading.Tasks.Task.Yield(); return _x; }
    [Instrument] public IEnumerable<int> Items() { yield return _x++; yield return _x; }
    [Instrument] public readonly IEnumerator<int> GetEnumerator() { yield return _x; }
    readonly IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    [Instrument] async Task<int> ILater.Count() { await System.Threading.Tasks.Task.Yield(); _x++; return _x; }

    public static string Run()
    {
        var sample = new Sample { _x = 1 };
        return $"{sample.Task(2).Result} {sample._x} {sample.Read().AsTask().Result} {string.Join(',', sample.Items())} {string.Join(',', (IEnumerable<int>)sample)} {((ILater)sample).Count().Result}";
    }
}
