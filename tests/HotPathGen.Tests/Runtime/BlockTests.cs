using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class BlockTests
{
    [Test]
    public void A_block_is_a_hot_method_of_its_own()
    {
        string name = NewName();
        var outer = new Hot();
        byte[]? kept = null;
        outer.Run(() =>
        {
            using (HotPath.Measure(name))
            {
                kept = new byte[1000];
            }
        });
        GC.KeepAlive(kept);

        var block = Read(name);
        Assert.Multiple(() =>
        {
            Assert.That(block is { Calls: 1, Completed: 1, InclusiveBytes: 1024, Open: 0 });
            Assert.That(outer.Read() is { SelfBytes: 0, InclusiveBytes: 1024 });
            Assert.That(block.Json.GetProperty("form").GetString(), Is.EqualTo("block"));
            Assert.That(block.WallNs, Is.EqualTo(block.InclusiveNs));
        });
    }

    [Test]
    public async Task A_block_across_an_await_ends_its_first_segment_with_the_frame_around_it()
    {
        string name = NewName();
        var outer = new Hot("async");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = outer.Start(Body);
        Assert.That(Read(name) is { Calls: 1, Completed: 0, Open: 0 });
        gate.SetResult();
        await task;
        Assert.Multiple(() =>
        {
            Assert.That(Read(name) is { Calls: 1, Completed: 1, Open: 0 });
            Assert.That(outer.Read() is { Calls: 1, Completed: 1, Open: 0 });
            Assert.That(Read(name).WallNs, Is.GreaterThan(0));
        });

        async Task Body()
        {
            using (HotPath.Measure(name))
            {
                await gate.Task;
            }
        }
    }

    [Test]
    public void A_block_ended_on_another_thread_is_closed_by_its_own_when_that_goes_on()
    {
        string name = NewName();
        var next = new Hot();
        FrameTests.OnThreads(1, () =>
        {
            var block = HotPath.Measure(name);
            FrameTests.OnThreads(1, () => block.Dispose());
            next.Run(static () => { });
        });
        Assert.Multiple(() =>
        {
            Assert.That(Read(name) is { Calls: 1, Completed: 1, Open: 0 });
            Assert.That(next.Read().Contexts.Single().GetProperty("parent").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        });
    }

    [Test]
    public void A_block_ended_inside_a_call_that_it_surrounds_leaves_that_call_alone()
    {
        string name = NewName();
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
        {
            var block = HotPath.Measure(name);
            inner.Run(() => block.Dispose());
            inner.Run(static () => { });
        });
        Assert.That(Read(name) is { Calls: 1, Completed: 1, Open: 0 });
        Assert.That(inner.Read() is { Calls: 2, Open: 0, TimeSamples: 2 });
        Assert.That(outer.Read() is { Calls: 1, Open: 0, TimeSamples: 1 });
    }

    [Test]
    public void A_block_left_open_by_a_thread_that_ended_can_still_end()
    {
        string name = NewName();
        HotPath.Block block = default;
        FrameTests.OnThreads(1, () => block = HotPath.Measure(name));
        // The block stays open in the ended thread's record until a new thread adopts that record.
        FrameTests.OnThreads(1, static () => new Hot().Run(static () => { }));
        block.Dispose();
        FrameTests.OnThreads(1, static () => new Hot().Run(static () => { }));
        Assert.That(Read(name) is { Calls: 1, Completed: 1, Open: 0 });
    }

    [Test]
    public void Blocks_of_many_threads_ended_by_each_other_are_all_counted()
    {
        const int Threads = 8,
            Blocks = 2000;
        string name = NewName();
        var open = new System.Collections.Concurrent.ConcurrentBag<HotPath.Block>();
        var hot = new Hot();
        FrameTests.OnThreads(Threads, () =>
        {
            for (int i = 0; i < Blocks; i++)
            {
                open.Add(HotPath.Measure(name));
                hot.Run(static () => { });
                if (open.TryTake(out var block))
                {
                    block.Dispose();
                }
            }
            // A block that another thread opened is closed later: by that thread, or by a new thread that adopts its record.
            while (open.TryTake(out var block))
            {
                block.Dispose();
            }
        });
        FrameTests.OnThreads(Threads, () => hot.Run(static () => { }));
        Assert.That(Read(name).Completed, Is.EqualTo(Threads * Blocks));
        Assert.That(hot.Read() is { Calls: Threads * Blocks + Threads, Open: 0 });
    }

    private static string NewName() => Guid.NewGuid().ToString();

    private static Figures Read(string name) => Figures.Read().Single(f => f.Id == $"B:{name}");
}
