// attribute: Task=1:async Items=1:iterator Read=1:async GetEnumerator=1:iterator Count=2:async Add=2:async Each=1:iterator
using System.Collections;

namespace Rows.Deferred.members_of_structs;

public interface ILater { Task<int> Count(); }

public interface IOther { Task<int> Count(); ValueTask<string> Add(dynamic x, int @class = 4, params int[] rest); }

public partial struct Sample : IEnumerable<int>, ILater, IOther
{
    int _x;

    [Instrument] public async Task<int> Task(int by) { _x += by; await System.Threading.Tasks.Task.Yield(); _x += 100; return _x; }
    [Instrument] public readonly async ValueTask<int> Read() { await System.Threading.Tasks.Task.Yield(); return _x; }
    [Instrument] public IEnumerable<int> Items() { yield return _x++; yield return _x; }
    [Instrument] public readonly IEnumerator<int> GetEnumerator() { yield return _x; }
    readonly IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    [Instrument] async Task<int> ILater.Count() { await System.Threading.Tasks.Task.Yield(); _x++; return _x; }
    [Instrument] readonly async Task<int> IOther.Count() => await System.Threading.Tasks.Task.FromResult(_x * 10);

    public static string Run()
    {
        var sample = new Sample { _x = 1 };
        IOther other = sample;
        return $"{sample.Task(2).Result} {sample._x} {sample.Read().AsTask().Result} {string.Join(',', sample.Items())} {string.Join(',', (IEnumerable<int>)sample)} {((ILater)sample).Count().Result} "
            + $"{other.Count().Result} {other.Add("a", rest: [1, 2]).AsTask().Result} {other.Add(2, 3).AsTask().Result} {string.Join(',', Hidden.Start(3).Each(2))}";
    }
}

public partial struct Sample { [Instrument] async ValueTask<string> IOther.Add(dynamic x, int @class, params int[] rest) { await System.Threading.Tasks.Task.Yield(); return x + "" + @class + rest.Length + ++_x; } }

file struct Hidden
{
    int _from;
    internal static Hidden Start(int from) => new() { _from = from };
    [Instrument] internal IEnumerable<int> Each(int count) { while (count-- > 0) yield return _from++; }
}
