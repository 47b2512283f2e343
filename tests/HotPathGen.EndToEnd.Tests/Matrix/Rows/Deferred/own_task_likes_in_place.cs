// attribute: A=1:async B=1:async C=1:async D=1:async E=1:async F=1:async G=1:async H=1:async lambda1=1:async

namespace Rows.Deferred.own_task_likes_in_place;

using Job = System.Threading.Tasks.Task;

[AsyncMethodBuilder(typeof(LaterBuilder<>))] public readonly struct Later<T>(Task<T> task) { public TaskAwaiter<T> GetAwaiter() => task.GetAwaiter(); }
public sealed class LaterBuilder<TResult>
{
    AsyncTaskMethodBuilder<TResult> _inner = AsyncTaskMethodBuilder<TResult>.Create();
    public static LaterBuilder<TResult> Create() => new();
    public Later<TResult> Task => new(_inner.Task);
    public void SetResult(TResult r) => _inner.SetResult(r);
    public void SetException(Exception e) => _inner.SetException(e);
    public void SetStateMachine(IAsyncStateMachine m) => _inner.SetStateMachine(m);
    public void Start<T>(ref T m) where T : IAsyncStateMachine => _inner.Start(ref m);
    public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine => _inner.AwaitOnCompleted(ref a, ref m);
    public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref a, ref m);
}
public sealed class Logged<T>
{
    AsyncTaskMethodBuilder<T> _inner = AsyncTaskMethodBuilder<T>.Create();
    public static int Results;
    public static Logged<T> Create() => new();
    public Task<T> Task => _inner.Task;
    public void SetResult(T r) { Results++; _inner.SetResult(r); }
    public void SetException(Exception e) => _inner.SetException(e);
    public void SetStateMachine(IAsyncStateMachine m) => _inner.SetStateMachine(m);
    public void Start<S>(ref S m) where S : IAsyncStateMachine => _inner.Start(ref m);
    public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine => _inner.AwaitOnCompleted(ref a, ref m);
    public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref a, ref m);
}
// It starts the body when somebody asks for the result.
[AsyncMethodBuilder(typeof(ColdBuilder))] public sealed class Cold { public Action Start = () => { }; public int Ended; public Cold Go() { Start(); return this; } }
public struct ColdBuilder
{
    Cold _task;
    public static ColdBuilder Create() => new() { _task = new() };
    public Cold Task => _task;
    public void SetResult() => _task.Ended++;
    public void SetException(Exception e) => _task.Ended--;
    public void SetStateMachine(IAsyncStateMachine m) { }
    public void Start<T>(ref T m) where T : IAsyncStateMachine { IAsyncStateMachine box = m; _task.Start = box.MoveNext; }
    public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine => a.OnCompleted(m.MoveNext);
    public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => a.OnCompleted(m.MoveNext);
}
public static class Sample
{
    // No other file can name it.
    [AsyncMethodBuilder(typeof(HiddenBuilder))] private sealed class Hidden { public int Value; }
    private struct HiddenBuilder
    {
        Hidden _task;
        public static HiddenBuilder Create() => new() { _task = new() };
        public Hidden Task => _task;
        public void SetResult() => _task.Value = 7;
        public void SetException(Exception e) { }
        public void SetStateMachine(IAsyncStateMachine m) { }
        public void Start<T>(ref T m) where T : IAsyncStateMachine => m.MoveNext();
        public void AwaitOnCompleted<A, M>(ref A a, ref M m) where A : INotifyCompletion where M : IAsyncStateMachine { }
        public void AwaitUnsafeOnCompleted<A, M>(ref A a, ref M m) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine { }
    }
    static async Task<string> All()
    {
        [Instrument] static async Later<int> A(int x) { await Task.Yield(); return x; }
        [Instrument] static async Later<T> B<T>(T x) { await Task.CompletedTask; return x; }
        [Instrument, AsyncMethodBuilder(typeof(Logged<>))] static async Task<int> C() { await Task.Yield(); return 3; }
        [Instrument] static async Cold D() { await Task.CompletedTask; }
        [Instrument] static async Job F() { await Task.Yield(); }
        Func<Later<string>> g = [Instrument] async () => { await Task.Yield(); return "g"; };
        await F();
        return $"{await A(1)}{await B("b")}{await C()}{Logged<int>.Results}{D().Go().Ended}{E().Value}{await g()}{await G(4)}{await new Sample.Nested().H()}";
    }
    [Instrument, AsyncMethodBuilder(typeof(Logged<>))] static async Task<int> G(int x) { await Task.Yield(); return x; }
    [Instrument] static async Hidden E() { await Task.CompletedTask; }
    private class Nested { [Instrument] public async Later<int> H() { await Task.Yield(); return 8; } }
    public static string Run() => All().GetAwaiter().GetResult() + Logged<int>.Results;
}
