using System.Runtime.CompilerServices;
using HotPathGen.Generated;
using HotPathGen.Prepare;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>
/// Async methods with the builders that prepare writes, started as generated code starts a body that is not a copy. Builders.verified.cs is what
/// prepare writes.
/// </summary>
public sealed class BuilderTests
{
    private static object? s_kept;

    [Test]
    public void The_builders_here_are_those_that_prepare_writes()
    {
        var written =
            from builder in (string[])["AsyncTask", "AsyncValueTask", "PoolingAsyncValueTask"]
            from isGeneric in (bool[])[false, true]
            select ObservingBuilder.OfBaseLibrary(
                builder + "MethodBuilder",
                builder.Contains("Value", StringComparison.Ordinal) ? "ValueTask" : "Task",
                isGeneric
            );
        string file = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Builders.verified.cs");
        string text = ObservingBuilder.Print(written);
        if (Environment.GetEnvironmentVariable("HOTPATH_ACCEPT") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(file)), "HOTPATH_ACCEPT=1 writes the file");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [Test]
    public void Each_segment_is_seen_and_wall_time_ends_with_the_call()
    {
        var hot = new Hot("async");
        var gate = new TaskCompletionSource();
        var task = hot.Start(() => Wait(gate.Task));
        var pending = hot.Read();
        gate.SetResult();
        var done = hot.Read();

        Assert.Multiple(() =>
        {
            Assert.That(task.IsCompletedSuccessfully);
            Assert.That(pending is { Calls: 1, Completed: 0, WallNs: 0 });
            Assert.That(done is { Calls: 1, Completed: 1, Failures: 0, BytesSamples: 1 });
            Assert.That(done.SelfBytes - pending.SelfBytes, Is.EqualTo(1024), "what the second segment allocates");
            Assert.That(done.Allocated("maxBytes"), Is.EqualTo(done.SelfBytes));
        });
    }

    [Test]
    public void It_fails_at_once_or_later_or_is_cancelled()
    {
        var hot = new Hot("async");
        var gate = new TaskCompletionSource();
        hot.Start(static () => Wait(Task.FromException(new InvalidOperationException())));
        hot.Start(static () => Wait(Task.FromCanceled(new CancellationToken(true))));
        var late = hot.Start(() => Wait(gate.Task));
        gate.SetException(new InvalidOperationException());

        Assert.That(late.Exception!.InnerException, Is.InstanceOf<InvalidOperationException>());
        Assert.That(hot.Read() is { Calls: 3, Completed: 3, Failures: 3 });
    }

    [Test]
    public async Task Results_arrive_whatever_the_builder()
    {
        var hot = new Hot("async");
        foreach (bool waits in (bool[])[false, true])
        {
            Assert.That(await hot.Start(() => Number(waits)), Is.EqualTo(7));
            Assert.That(await hot.Start(() => Value(waits)), Is.EqualTo(7));
            Assert.That(await hot.Start(() => Pooled(waits)), Is.EqualTo(7));
            await hot.Start(() => Nothing(waits));
            await hot.Start(() => PooledNothing(waits));
        }

        Assert.That(hot.Read() is { Calls: 10, Completed: 10, Failures: 0 });
    }

    [Test]
    public void Many_at_once_on_many_threads_lose_nothing()
    {
        var hot = new Hot("async");
        Task[] all = [.. Enumerable.Range(0, 2000).Select(i => Task.Run(() => hot.Start(() => Hops(i % 5))))];
        Task.WaitAll(all);
        var read = hot.Read();

        Assert.That(read is { Calls: 2000, Completed: 2000, Failures: 0, BytesSamples: 2000 });
        Assert.That(read.SelfBytes, Is.GreaterThanOrEqualTo(2000 * 2 * 1024));
    }

    [Test]
    public void A_call_costs_one_word_more_and_only_if_it_waits()
    {
        var hot = new Hot("async");
        var gate = new TaskCompletionSource();
        gate.SetResult();
        var done = gate.Task;
        Func<Task> measured = () => Wait(done, keeps: false),
            plain = () => PlainWait(done);
        var never = new TaskCompletionSource();
        for (int i = 0; i < 3; i++)
        {
            Assert.That(Bytes(() => hot.Start(measured)), i < 2 ? Is.Not.Negative : Is.EqualTo(Bytes(plain)));
            var pending = new TaskCompletionSource().Task;
            Func<Task> start = () => Wait(pending, keeps: false);
            long more =
                Bytes(() => hot.Start(start))
                - Bytes(() => PlainWait(new TaskCompletionSource().Task))
                + Bytes(() => new TaskCompletionSource().Task);
            Assert.That(more, i < 2 ? Is.TypeOf<long>() : Is.EqualTo(8));
        }

        static long Bytes(Func<Task> start)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            start();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void After_a_reset_a_running_call_is_not_recorded()
    {
        var hot = new Hot("async");
        var gate = new TaskCompletionSource();
        var task = hot.Start(() => Wait(gate.Task));
        HotPath.Reset();
        gate.SetResult();

        Assert.That(task.IsCompletedSuccessfully);
        Assert.That(hot.Read() is { Calls: 0, Completed: 0, SelfBytes: 0, Open: 0 });
    }

    [AsyncMethodBuilder(typeof(ObservingAsyncTaskMethodBuilder))]
    private static async Task Wait(Task task, bool keeps = true)
    {
        await task;
        if (keeps)
        {
            s_kept = new byte[1000];
        }
    }

    private static async Task PlainWait(Task task) => await task;

    [AsyncMethodBuilder(typeof(ObservingAsyncTaskMethodBuilder))]
    private static async Task Hops(int hops)
    {
        s_kept = new byte[1000];
        for (int i = 0; i < hops; i++)
        {
            await Task.Yield();
        }

        s_kept = new byte[1000];
    }

    [AsyncMethodBuilder(typeof(ObservingAsyncTaskMethodBuilder<>))]
    private static async Task<int> Number(bool waits)
    {
        await Hop(waits);
        return 7;
    }

    [AsyncMethodBuilder(typeof(ObservingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Value(bool waits)
    {
        await Hop(waits);
        return 7;
    }

    [AsyncMethodBuilder(typeof(ObservingPoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> Pooled(bool waits)
    {
        await Hop(waits);
        return 7;
    }

    [AsyncMethodBuilder(typeof(ObservingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Nothing(bool waits) => await Hop(waits);

    [AsyncMethodBuilder(typeof(ObservingPoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask PooledNothing(bool waits) => await Hop(waits);

    private static Task Hop(bool waits) => waits ? Task.Delay(1) : Task.CompletedTask;
}
