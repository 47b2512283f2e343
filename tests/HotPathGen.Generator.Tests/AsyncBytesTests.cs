using System.Globalization;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Everything here runs on one thread, which completes what the methods await. What it allocates is what all methods together report as their own,
/// to the byte.
/// </summary>
public sealed class AsyncBytesTests
{
    private const string Members = """
        public static TaskCompletionSource Gate = new();
        public static object s_o = null!;
        public struct Done : System.Runtime.CompilerServices.INotifyCompletion
        {
            public bool IsCompleted => true;
            public Done GetAwaiter() => this;
            public void GetResult() { }
            public void OnCompleted(Action action) => throw new InvalidOperationException();
        }
        [AsyncMethodBuilder(typeof(LaterBuilder))]
        public readonly struct Later(Task task) { public TaskAwaiter GetAwaiter() => task.GetAwaiter(); }
        public sealed class LaterBuilder
        {
            private AsyncTaskMethodBuilder _inner = AsyncTaskMethodBuilder.Create();
            public static LaterBuilder Create() => new();
            public Later Task => new(_inner.Task);
            public void Start<M>(ref M machine) where M : IAsyncStateMachine => _inner.Start(ref machine);
            public void SetStateMachine(IAsyncStateMachine machine) => _inner.SetStateMachine(machine);
            public void SetResult() => _inner.SetResult();
            public void SetException(Exception exception) => _inner.SetException(exception);
            public void AwaitOnCompleted<A, M>(ref A awaiter, ref M machine) where A : INotifyCompletion where M : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref machine);
            public void AwaitUnsafeOnCompleted<A, M>(ref A awaiter, ref M machine) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
        }
        [AsyncMethodBuilder(typeof(LaterBuilder<>))]
        public readonly struct Later<T>(Task<T> task) { public TaskAwaiter<T> GetAwaiter() => task.GetAwaiter(); }
        public struct LaterBuilder<TResult>
        {
            private AsyncTaskMethodBuilder<TResult> _inner;
            public static LaterBuilder<TResult> Create() => new() { _inner = AsyncTaskMethodBuilder<TResult>.Create() };
            public Later<TResult> Task => new(_inner.Task);
            public void Start<M>(ref M machine) where M : IAsyncStateMachine => _inner.Start(ref machine);
            public void SetStateMachine(IAsyncStateMachine machine) => _inner.SetStateMachine(machine);
            public void SetResult(TResult result) => _inner.SetResult(result);
            public void SetException(Exception exception) => _inner.SetException(exception);
            public void AwaitOnCompleted<A, M>(ref A awaiter, ref M machine) where A : INotifyCompletion where M : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref machine);
            public void AwaitUnsafeOnCompleted<A, M>(ref A awaiter, ref M machine) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
        }
        public struct OwnBuilder
        {
            private AsyncTaskMethodBuilder _inner;
            public static OwnBuilder Create() => new() { _inner = AsyncTaskMethodBuilder.Create() };
            public Task Task => _inner.Task;
            public void Start<M>(ref M machine) where M : IAsyncStateMachine => _inner.Start(ref machine);
            public void SetStateMachine(IAsyncStateMachine machine) => _inner.SetStateMachine(machine);
            public void SetResult() => _inner.SetResult();
            public void SetException(Exception exception) => _inner.SetException(exception);
            public void AwaitOnCompleted<A, M>(ref A awaiter, ref M machine) where A : INotifyCompletion where M : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref machine);
            public void AwaitUnsafeOnCompleted<A, M>(ref A awaiter, ref M machine) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
        }
        """;

    [TestCase("await Gate.Task; s_o = new byte[8]; yield return 1; await Task.CompletedTask; yield return 2;", 0)]
    [TestCase("yield return 1; s_o = new byte[8]; await Gate.Task; s_o = new byte[80]; yield return 2; s_o = new byte[800];", 0)]
    [TestCase("await new Done(); s_o = new byte[8]; yield return 1; await new Done(); await Gate.Task; yield return 2;", 0)]
    [TestCase("yield return 1; await new Done(); s_o = new byte[8]; yield return 2; await new Done();", 0)]
    [TestCase("try { yield return 1; await Gate.Task; yield return 4; } finally { s_o = new byte[8]; await new Done(); s_o = new byte[80]; }", 0)]
    [TestCase("yield return 1; if (s_o is null) yield return 2; else yield break; await Gate.Task;", 0)]
    [TestCase("yield return 1; await Gate.Task; s_o = new byte[8]; throw new InvalidOperationException();", 1)]
    [TestCase("yield return 1; throw new InvalidOperationException();", 1)]
    [TestCase("await Gate.Task; await Task.FromCanceled(new CancellationToken(true)); yield return 1;", 1)]
    [TestCase("try { await Gate.Task; throw new FormatException(); } catch (FormatException) { s_o = new byte[8]; } yield return 1;", 0)]
    public void Of_an_enumeration_and_its_consumer(string body, int failures) =>
        Check(
            $$"""
            [Instrument] public static async IAsyncEnumerable<int> F() { {{body}} }
            [Instrument] public static async Task Start() { try { await foreach (int i in F()) { s_o = new byte[i]; if (i == 4) break; } } catch (Exception) { } }
            """,
            failures
        );

    [TestCase("Task", "s_o = new byte[8];", 0)]
    [TestCase("Task", "await Gate.Task; s_o = new byte[8]; await new Done(); s_o = new byte[80];", 0)]
    [TestCase("Task", "throw new InvalidOperationException();", 1)]
    [TestCase("Task", "await Task.CompletedTask; Throw();", 1)]
    [TestCase("Task", "await new Done(); Throw();", 1)]
    [TestCase("Task", "await Gate.Task; s_o = new byte[8]; Throw();", 1)]
    [TestCase("Task", "try { Throw(); } catch (InvalidOperationException) { s_o = new byte[8]; await Gate.Task; s_o = new byte[80]; }", 0)]
    [TestCase("Task", "await Task.FromCanceled(new CancellationToken(true));", 1)]
    [TestCase("Task", "await Gate.Task.WaitAsync(new CancellationToken(true));", 1)]
    [TestCase("Task", "await Gate.Task.ConfigureAwait(false); await Task.CompletedTask.ConfigureAwait(false); s_o = new byte[8];", 0)]
    [TestCase(
        "ValueTask",
        "await default(ValueTask); await new ValueTask(Gate.Task); await default(ValueTask).ConfigureAwait(false); s_o = new byte[8];",
        0
    )]
    [TestCase("ValueTask", "await Source.Of(1); s_o = new byte[8]; await Gate.Task; s_o = new byte[80]; await Source.Of(2);", 0)]
    [TestCase("[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] ValueTask", "await Gate.Task; s_o = new byte[8];", 0)]
    [TestCase("[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] ValueTask", "await Gate.Task; Throw();", 1)]
    [TestCase("Later", "await Gate.Task; s_o = new byte[8]; await new Done(); s_o = new byte[80];", 0)]
    [TestCase("Later", "await Gate.Task; Throw();", 1)]
    [TestCase("Later", "Throw();", 1)]
    [TestCase("Later<int>", "await Task.CompletedTask; await Gate.Task; s_o = new byte[8]; return 1;", 0)]
    [TestCase("[AsyncMethodBuilder(typeof(OwnBuilder))] Task", "await Gate.Task; s_o = new byte[8];", 0)]
    [TestCase("void", "s_o = new byte[8];", 0)]
    [TestCase("void", "await Gate.Task; s_o = new byte[8]; await new Done(); s_o = new byte[80];", 0)]
    [TestCase("Job", "await Gate.Task; s_o = new byte[8];", 0)]
    public void Of_an_async_method_and_its_caller(string returns, string body, int failures)
    {
        Check(Methods(returns, body), failures);
        // A body with a block is not copied. The runtime's builder follows it, whether its state machine is a structure or a class.
        string methods = Methods(returns, "if (s_o is Sample) { using var block = HotPath.Measure(\"block\"); } " + body);
        Check(methods, failures);
        Check(methods, failures, isOptimized: false);
    }

    private static string Methods(string returns, string body)
    {
        string[] parts = returns.Split("] ");
        return $$"""
            public sealed class Source(int result) : System.Threading.Tasks.Sources.IValueTaskSource<int>
            {
                public static ValueTask<int> Of(int result) => new(new Source(result), 0);
                public int GetResult(short token) => result;
                public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) => System.Threading.Tasks.Sources.ValueTaskSourceStatus.Succeeded;
                public void OnCompleted(Action<object?> action, object? state, short token, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) => throw new InvalidOperationException();
            }
            [Instrument] public static void Throw() { s_o = new byte[8]; throw new InvalidOperationException(); }
            [Instrument{{(parts.Length > 1 ? ", " + parts[0][1..] : "")}}] public static async {{parts[^1]}} F() { {{body}} }
            [Instrument] public static async Task Start() { try { {{(parts[^1] == "void" ? "" : "await ")}}F(); } catch (Exception) { } }
            """;
    }

    private static void Check(string methods, int failures, bool isOptimized = true)
    {
        string source = $$"""
            using System.Runtime.CompilerServices; using System.Threading; using Job = System.Threading.Tasks.Task;
            public class Sample
            {
            {{Members}}
            {{methods}}
                public static string Run()
                {
                    Gate = new();
                    SynchronizationContext.SetSynchronizationContext(null);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    var started = Start();
                    Gate.TrySetResult();
                    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                    return started.IsCompletedSuccessfully ? bytes.ToString() : started.Status.ToString();
                }
            }
            """;
        using var sample = Build
            .Of(
                new([source])
                {
                    IsMeasured = true,
                    IsOptimized = isOptimized,
                    Name = Project.UniqueName(),
                }
            )
            .Load();
        for (int i = 0; i < 3; i++)
        {
            HotPath.Reset();
            string allocated = sample.Run();
            long self = Recording.SelfBytesOf(sample.Name);
            var recorded = Recording.Of(sample.Name);
            // The first runs also make what is made only once, outside of all frames.
            if (i == 2)
            {
                // What .NET allocates to hand on the exception of a call that has waited comes behind the call's end, and is nobody's.
                bool isHandedOn = failures > 0 && methods.Contains("Gate.Task", StringComparison.Ordinal);
                Assert.That(
                    self,
                    isHandedOn
                        ? Is.InRange(1, long.Parse(allocated, CultureInfo.InvariantCulture))
                        : Is.EqualTo(long.Parse(allocated, CultureInfo.InvariantCulture))
                );
            }

            Assert.That(recorded["F"] is { Calls: 1 } f && f.Failures == failures, recorded["F"].ToString());
            Assert.That(recorded["Start"] is { Calls: 1, Failures: 0 }, recorded["Start"].ToString());
        }
    }
}
