// attribute: F=1:async G=1!1:async H=1:async L=1:async M=1:async

namespace Rows.Deferred.async_in_place;

[AsyncMethodBuilder(typeof(Builder))] public sealed class Mine { public int Value; }
public struct Builder
{
    Mine _task;
    public static Builder Create() => new() { _task = new() };
    public Mine Task => _task;
    public void SetResult() => _task.Value = 7;
    public void SetException(Exception e) { }
    public void SetStateMachine(IAsyncStateMachine m) { }
    public void Start<T>(ref T m) where T : IAsyncStateMachine => m.MoveNext();
    public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine { }
    public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine { }
}
public interface IF { Task<string> F<T>(T x, dynamic @class, params int[] all) where T : struct; ValueTask<int> G(); ValueTask<int> H(int x = 3); Mine M(); }
public class Sample : IF
{
    int _n = 1;
    [Instrument] async Task<string> IF.F<T>(T x, dynamic @class, params int[] all) { await Task.Yield(); return x.ToString() + @class + all.Length + _n++ + typeof(T).Name; }
    [Instrument] async ValueTask<int> IF.G() { await Task.Yield(); throw new InvalidOperationException("late"); }
    [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] async ValueTask<int> IF.H(int x) { await Task.Yield(); return x; }
    [Instrument] async Mine IF.M() => await Task.CompletedTask;
    static async Task<string> All()
    {
        [Instrument] static async Task<int> L(int x) { await Task.Yield(); return x; }
        IF f = new Sample();
        string s = await f.F(1.5, "d", 1, 2) + await f.H() + f.M().Value + await L(4);
        try { await f.G(); } catch (InvalidOperationException e) { s += e.Message; }
        return s;
    }
    public static string Run() => All().GetAwaiter().GetResult();
}
