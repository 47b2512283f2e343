// attribute: A=1:async B=1:async C=1:async

namespace Rows.Deferred.async_void_pooled_own_task_like;

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
public static class Sample
{
    static int s_n;
    [Instrument] static async void A() { s_n++; await Task.CompletedTask; }
    [Instrument, AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] static async ValueTask<int> B() { await Task.Yield(); return 2; }
    [Instrument] static async Mine C(int x) { await Task.CompletedTask; s_n += x; }
    static async Task<string> All() { A(); return $"{await B()}{C(3).Value}{s_n}"; }
    public static string Run() => All().GetAwaiter().GetResult();
}
