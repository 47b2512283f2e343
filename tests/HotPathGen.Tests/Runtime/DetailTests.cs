using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>The levels of recording, and changes of the level while programs run.</summary>
[NonParallelizable]
public sealed class DetailTests
{
    // An array's header and length take 24 bytes on 64 bits.
    private const int ArrayBytes = 24 + 104;

    private static object? s_kept;

    [SetUp]
    public void Forget() => HotPath.Reset();

    [TearDown]
    public void RecordEverything() => HotPath.Detail = RecordingDetail.Full;

    [Test]
    public void At_standard_calls_and_bytes_are_exact_and_time_is_of_a_sample()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var (outer, inner) = (new Hot(), new Hot());
        CallBoth(outer, inner);

        var snapshot = Figures.Read();
        var (o, i) = (outer.Read(snapshot), inner.Read(snapshot));
        Assert.Multiple(() =>
        {
            Assert.That(o is { Calls: 1_000, Open: 0, Failures: 0 });
            Assert.That(i is { Calls: 100_000, Open: 0, Failures: 0 });
            Assert.That(i.SelfBytes, Is.EqualTo(50_000 * ArrayBytes));
            Assert.That(o.SelfBytes, Is.EqualTo(1_000 * ArrayBytes));
            Assert.That(o.InclusiveBytes, Is.EqualTo(51_000 * ArrayBytes));
            Assert.That(i.Allocated("maxBytes"), Is.EqualTo(ArrayBytes));
            Assert.That(i.Long("sampledCalls"), Is.InRange(64, 99_999));
            Assert.That(i.Json.GetProperty("meanMarginNs").GetDouble(), Is.Positive);
            Assert.That(o.InclusiveNs, Is.GreaterThanOrEqualTo(o.SelfNs));
        });
    }

    [Test]
    public void At_light_calls_are_exact_and_bytes_are_of_a_sample()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot();
        for (int i = 0; i < 50_000; i++)
        {
            hot.Run(Allocate);
        }

        // All calls allocate the same, so the estimate is exact but for its rounding.
        var read = hot.Read();
        Assert.That(read is { Calls: 50_000, Failures: 0 });
        Assert.That(read.SelfBytes, Is.EqualTo(50_000 * ArrayBytes).Within(1));
        Assert.That(read.Long("sampledCalls"), Is.LessThan(50_000));
    }

    [Test]
    public void Off_runs_the_body_and_records_nothing()
    {
        HotPath.Detail = RecordingDetail.Off;
        var hot = new Hot();
        int ran = 0;
        hot.Run(() => ran++);
        Assert.That(() => hot.Run(static () => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That(ran, Is.EqualTo(1));
        Assert.That(hot.Read() is { Calls: 0, Failures: 0, Open: 0 });
    }

    [TestCase(RecordingDetail.Standard)]
    [TestCase(RecordingDetail.Full)]
    public void Failures_are_exact(RecordingDetail detail)
    {
        HotPath.Detail = detail;
        var hot = new Hot();
        for (int i = 0; i < 1000; i++)
        {
            try
            {
                hot.Run(i % 10 == 0 ? static () => throw new InvalidOperationException() : static () => { });
            }
            catch (InvalidOperationException) { }
        }

        Assert.That(hot.Read() is { Calls: 1000, Failures: 100, Open: 0 });
    }

    [TestCase(RecordingDetail.Off, RecordingDetail.Full, 0)]
    [TestCase(RecordingDetail.Full, RecordingDetail.Off, 1)]
    [TestCase(RecordingDetail.Light, RecordingDetail.Standard, 1)]
    [TestCase(RecordingDetail.Standard, RecordingDetail.Light, 1)]
    public void A_call_ends_as_it_began(RecordingDetail before, RecordingDetail after, int calls)
    {
        HotPath.Detail = before;
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
        {
            HotPath.Detail = after;
            inner.Run(static () => { });
        });

        Assert.That(outer.Read().Calls, Is.EqualTo(calls));
        Assert.That(inner.Read().Calls, Is.EqualTo(after == RecordingDetail.Off ? 0 : 1));
        Assert.That(outer.Read().Open, Is.Zero);
    }

    [Test]
    public void An_open_call_is_not_counted_yet()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var hot = new Hot();
        for (int i = 0; i < 10_000; i++)
        {
            hot.Run(static () => { });
        }

        hot.Run(() => Assert.That(hot.Read() is { Calls: 10_000, Open: 1 }));
        Assert.That(hot.Read() is { Calls: 10_001, Open: 0 });
    }

    [Test]
    public void Async_calls_are_recorded_at_every_level_but_off()
    {
        var hot = new Hot("async");
        foreach (var detail in Enum.GetValues<RecordingDetail>())
        {
            HotPath.Detail = detail;
            for (int i = 0; i < 1000; i++)
            {
                hot.Start(static () => Task.CompletedTask);
            }
        }

        Assert.That(hot.Read() is { Calls: 3000, Failures: 0, Open: 0 });
    }

    [Test]
    public void Sixty_four_threads_lose_nothing_while_the_level_changes_at_random()
    {
        const int Threads = 64,
            Rounds = 300,
            Calls = 100;
        var (outer, inner) = (new Hot(), new Hot());
        using var stop = new CancellationTokenSource();
        var switcher = new Thread(() =>
        {
            var random = new Random(20);
            while (!stop.IsCancellationRequested)
            {
                HotPath.Detail = (RecordingDetail)random.Next(4);
                Thread.Yield();
            }
        });
        switcher.Start();
        OnThreads(Threads, () => CallBoth(outer, inner, Rounds, Calls));
        stop.Cancel();
        switcher.Join();

        var snapshot = Figures.Read();
        var (o, i) = (outer.Read(snapshot), inner.Read(snapshot));
        Assert.Multiple(() =>
        {
            Assert.That(o.Calls, Is.InRange(0, Threads * Rounds));
            Assert.That(i.Calls, Is.InRange(0, Threads * Rounds * Calls));
            Assert.That(o.Open + i.Open + o.Failures + i.Failures, Is.Zero);
            Assert.That((long[])[o.SelfBytes, i.SelfBytes, o.SelfNs, i.SelfNs, o.InclusiveNs, i.InclusiveNs], Is.All.Not.Negative);
        });

        HotPath.Detail = RecordingDetail.Standard;
        HotPath.Reset();
        OnThreads(Threads, () => CallBoth(outer, inner, rounds: 10, Calls));
        snapshot = Figures.Read();
        Assert.Multiple(() =>
        {
            Assert.That(outer.Read(snapshot).Calls, Is.EqualTo(Threads * 10));
            Assert.That(inner.Read(snapshot).Calls, Is.EqualTo(Threads * 10 * Calls));
            Assert.That(inner.Read(snapshot).SelfBytes, Is.EqualTo(Threads * 10 * Calls / 2 * ArrayBytes));
        });
    }

    private static void CallBoth(Hot outer, Hot inner, int rounds = 1_000, int calls = 100)
    {
        Action nothing = static () => { },
            allocate = Allocate;
        for (int round = 0; round < rounds; round++)
        {
            outer.Run(() =>
            {
                Allocate();
                for (int i = 0; i < calls; i++)
                {
                    inner.Run(i % 2 == 0 ? nothing : allocate);
                }
            });
        }
    }

    private static void OnThreads(int count, Action action)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() => action()))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }

    private static void Allocate() => s_kept = new byte[104];
}
