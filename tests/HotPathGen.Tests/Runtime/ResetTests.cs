using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

[NonParallelizable]
public sealed class ResetTests
{
    [Test]
    public void A_reset_drops_what_was_recorded_and_what_is_running_but_not_what_starts()
    {
        var (before, running, after) = (new Hot(), new Hot(), new Hot());
        before.Run(static () => { });
        running.Run(() =>
        {
            HotPath.Reset();
            after.Run(static () => { });
            running.Run(static () => { });
        });

        Assert.Multiple(() =>
        {
            Assert.That(before.Read() is { Calls: 0, TimeSamples: 0, Threads: 0 });
            Assert.That(running.Read() is { Calls: 1, Open: 0 });
            Assert.That(after.Read() is { Calls: 1, Open: 0 });
            Assert.That(after.Read().Contexts.Single().GetProperty("parent").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        });
    }

    [Test]
    public void A_running_call_that_ends_after_a_reset_records_nothing()
    {
        var hot = new Hot();
        hot.Run(HotPath.Reset);
        Assert.That(hot.Read() is { Calls: 0, TimeSamples: 0, InclusiveBytes: 0 });
        hot.Run(static () => { });
        Assert.That(hot.Read() is { Calls: 1, TimeSamples: 1 });
    }

    [Test]
    public void A_task_that_was_pending_at_a_reset_is_not_recorded_when_it_completes()
    {
        var hot = new Hot("async");
        var source = new TaskCompletionSource();
        hot.Start(() => source.Task);
        HotPath.Reset();
        source.SetResult();
        Assert.That(hot.Read() is { Calls: 0, Completed: 0 });
    }

    [Test]
    public void A_block_that_was_open_at_a_reset_is_not_recorded_when_it_ends()
    {
        string name = Guid.NewGuid().ToString();
        using (HotPath.Measure(name))
        {
            HotPath.Reset();
        }

        Assert.That(Figures.Read().Single(f => f.Id == $"B:{name}") is { Calls: 0, Completed: 0 });
    }

    [Test]
    public void Resets_and_snapshots_while_64_threads_record_never_give_an_inconsistent_figure()
    {
        const int Threads = 64;
        Hot[] hot = [new(), new(), new()];
        int running = Threads;
        var worker = new Thread(() => FrameTests.OnThreads(Threads, () =>
            {
                for (int i = 0; i < 20_000; i++)
                {
                    var outer = Frame.Enter(hot[i % 2].Index);
                    GC.KeepAlive(new byte[i % 100]);
                    Frame.Enter(hot[2].Index).Exit(i % 3 != 0);
                    outer.Exit(true);
                }
                Interlocked.Decrement(ref running);
            }));
        worker.Start();
        do
        {
            foreach (var figures in Figures.Read())
            {
                Assert.That(figures.SelfNs, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(figures.InclusiveNs), figures.Id);
                Assert.That(figures.SelfBytes, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(figures.InclusiveBytes), figures.Id);
                Assert.That(figures.Failures, Is.GreaterThanOrEqualTo(0), figures.Id);
                Assert.That(figures.Open, Is.GreaterThanOrEqualTo(0), figures.Id);
            }
            HotPath.Reset();
        } while (Volatile.Read(ref running) > 0);
        worker.Join();

        HotPath.Reset();
        FrameTests.OnThreads(4, () => hot[0].Run(static () => { }));
        Assert.That(hot[0].Read() is { Calls: 4, Threads: 4, Open: 0 });
    }
}
