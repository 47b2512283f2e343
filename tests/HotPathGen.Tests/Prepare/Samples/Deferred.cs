using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

internal interface IWork
{
    MyTask Explicit();

    ValueTask<int> Fast(int n);

    async Task<string> Default(string text) { await Task.Yield(); return text + Own(); }

    async Task Nothing() => await Task.Yield();

    string Own();

    IEnumerable<T> Default<T>(T first, params T[] more) where T : struct { yield return first; foreach (T item in more) yield return item; }

    static async IAsyncEnumerable<int> Static([EnumeratorCancellation] CancellationToken cancellation = default) { await Task.Yield(); yield return 5; }

    async void Void(TaskCompletionSource<string> done) { await Task.Yield(); done.SetResult(Own()); }
}

internal abstract class Generic
{
    public abstract Task<T?> Echo<T>(T? value);
}

internal sealed class Echoes : Generic, IWork
{
    async MyTask IWork.Explicit() { await Task.Yield(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<int> IWork.Fast(int n) { await Task.Yield(); return n; }

    string IWork.Own() { return "own"; }

    public override async Task<T?> Echo<T>(T? value) where T : default { await Task.Yield(); return value; }
}

internal struct Struct(int n)
{
    private readonly int _n = n;

    public readonly IEnumerable<int> Method() { yield return _n; yield return _n + 1; }

    public readonly IEnumerable<int> Property { get { yield return _n; } }

    public static IEnumerable<int> Static { get { yield return 8; } }

    public readonly async Task<int> Async() { await Task.Yield(); return _n; }
}

internal sealed class Work
{
    public static int Voids;

    public async Task Plain() { await Task.Yield(); }

    public async Task<int> Value(int n) { await Task.Delay(0); if (n > 3) return 3; return n; }

    public async ValueTask Fast() => await Task.CompletedTask;

    public async ValueTask<T> Fast<T>(T value, CancellationToken cancellation = default) where T : class? { await Task.Yield(); return value; }

    public async void Void(TaskCompletionSource done) { await Task.Yield(); Voids++; done.SetResult(); }

    public async Task<int> Fails() { await Task.Yield(); throw new InvalidOperationException("async"); }

    public async Task<int> FailsAtOnce() { throw new InvalidOperationException("at once"); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> Pooled() { await Task.Yield(); return 4; }

    public Task<int> NotAsync() { return Task.FromResult(5); }

    public async
        Task<int> OnTwoLines(
            int a, // a comment
            int b)
    {
        await Task.Yield();
        return a + b;
    }

    static async Task<int> Private() => await Task.FromResult(6);

    public Task<int> CallsPrivate() => Private();

    public async IAsyncEnumerable<int> Stream([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (int i = 0; i < 3; i++) { await Task.Yield(); cancellation.ThrowIfCancellationRequested(); yield return i; }
    }

    public async IAsyncEnumerator<int> Enumerator() { await Task.Yield(); yield return 9; }

    public IEnumerable<int> Numbers(int n) { try { for (int i = 0; i < n; i++) { if (i == 3) yield break; yield return i; } } finally { Voids += 10; } }

    public IEnumerable Untyped() { yield return 1; yield return "two"; }

    public IEnumerator<string> Strings() { yield return "s"; }

    public IEnumerator UntypedEnumerator() { yield return 'c'; }

    public IEnumerable<T> Generic<T>(params T[] items) where T : struct { foreach (T item in items) yield return item; }

    public IEnumerable<int> this[int n] { get { yield return n; } }

    public IEnumerable<int> Property { get { yield return 1; yield return 2; } }

    public async Task<List<int>> Lambdas()
    {
        Func<Task<int>> lambda = async () => { await Task.Yield(); return 1; };
        async Task<int> Local() { await Task.Yield(); return 2; }
        await foreach (int n in Stream()) { _ = n; }
        await using var resource = new Resource();
        return [await lambda(), await Local()];
    }

    private sealed class Resource : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Yield(); Voids += 100; } }

    public async MyTask Custom() { await Task.Yield(); Voids += 1000; }
}

[AsyncMethodBuilder(typeof(MyTaskBuilder))]
internal sealed class MyTask(Task task) { public TaskAwaiter GetAwaiter() { return task.GetAwaiter(); } }

internal struct MyTaskBuilder
{
    private AsyncTaskMethodBuilder _builder;
    public static MyTaskBuilder Create() { return new MyTaskBuilder { _builder = AsyncTaskMethodBuilder.Create() }; }
    public MyTask Task { get { return new MyTask(_builder.Task); } }
    public void Start<T>(ref T machine) where T : IAsyncStateMachine { _builder.Start(ref machine); }
    public void SetStateMachine(IAsyncStateMachine machine) { _builder.SetStateMachine(machine); }
    public void SetResult() { _builder.SetResult(); }
    public void SetException(Exception exception) { _builder.SetException(exception); }
    public void AwaitOnCompleted<A, T>(ref A awaiter, ref T machine) where A : INotifyCompletion where T : IAsyncStateMachine { _builder.AwaitOnCompleted(ref awaiter, ref machine); }
    public void AwaitUnsafeOnCompleted<A, T>(ref A awaiter, ref T machine) where A : ICriticalNotifyCompletion where T : IAsyncStateMachine { _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine); }
}

internal static class Sample
{
    public static async Task<string> Run()
    {
        var work = new Work();
        List<object?> said = [];
        await work.Plain();
        said.Add(await work.Value(5));
        await work.Fast();
        said.Add(await work.Fast("f"));
        var done = new TaskCompletionSource();
        work.Void(done);
        await done.Task;
        try { await work.Fails(); } catch (InvalidOperationException e) { said.Add(e.Message); }
        try { await work.FailsAtOnce(); } catch (InvalidOperationException e) { said.Add(e.Message); }
        said.Add(await work.Pooled());
        said.Add(await work.NotAsync());
        said.Add(await work.OnTwoLines(1, 2));
        said.Add(await work.CallsPrivate());
        await foreach (int n in work.Stream()) said.Add(n);
        await using (IAsyncEnumerator<int> enumerator = work.Enumerator()) while (await enumerator.MoveNextAsync()) said.Add(enumerator.Current);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        try { await foreach (int n in work.Stream().WithCancellation(cancelled.Token)) said.Add(n); } catch (OperationCanceledException) { said.Add("cancelled"); }
        said.AddRange(work.Numbers(9).Cast<object>());
        foreach (object item in work.Untyped()) said.Add(item);
        using (IEnumerator<string> strings = work.Strings()) while (strings.MoveNext()) said.Add(strings.Current);
        IEnumerator untyped = work.UntypedEnumerator();
        while (untyped.MoveNext()) said.Add(untyped.Current);
        said.AddRange(work.Generic(1, 2).Concat(work[7]).Concat(work.Property).Cast<object>());
        said.AddRange((await work.Lambdas()).Cast<object>());
        await work.Custom();
        IWork echoes = new Echoes();
        await echoes.Explicit();
        await echoes.Nothing();
        said.AddRange([await echoes.Fast(21), await echoes.Default("d"), string.Join('+', echoes.Default(1, 2, 3)), await ((Generic)echoes).Echo("e")]);
        await foreach (int n in IWork.Static()) said.Add(n);
        var own = new TaskCompletionSource<string>();
        echoes.Void(own);
        said.Add(await own.Task);
        var value = new Struct(30);
        said.AddRange(value.Method().Concat(value.Property).Concat(Struct.Static).Append(await value.Async()).Cast<object>());
        said.Add(Work.Voids);
        return string.Join(',', said);
    }
}
