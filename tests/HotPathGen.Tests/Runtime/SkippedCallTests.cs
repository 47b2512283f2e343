using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>Calls that have no frame: at light, and inside calls that are recorded without the frames of their callees.</summary>
[NonParallelizable]
public sealed unsafe class SkippedCallTests
{
    // An array's header and length take 24 bytes on 64 bits.
    private const int ArrayBytes = 24 + 104;

    private static object? s_kept;

    private long _skippedBefore;

    private static long Skipped => Recorder.Current->AllSkipped;

    [SetUp]
    public void Forget()
    {
        HotPath.Reset();
        _skippedBefore = Skipped;
    }

    [TearDown]
    public void RecordEverything()
    {
        HotPath.Detail = RecordingDetail.Full;
        HotPath.Reset();
    }

    [Test]
    public void At_light_most_calls_of_short_methods_have_no_frame()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot();
        int open = 0;
        for (int i = 0; i < 50_000; i++)
        {
            var frame = Frame.Enter(hot.Index);
            open += frame.IsOpen ? 1 : 0;
            frame.Exit(true);
        }

        var read = hot.Read();
        Assert.That(open, Is.InRange(64, 25_000));
        Assert.That(read is { Calls: 50_000, Open: 0 });
        Assert.That(read.Long("sampledCalls"), Is.EqualTo(open));
    }

    [Test]
    public void At_light_calls_are_exact_and_self_figures_leave_out_callees()
    {
        HotPath.Detail = RecordingDetail.Light;
        var (outer, inner) = (new Hot(), new Hot());
        CallBoth(outer, inner, 20_000, Allocate);

        Figures[] snapshot = [.. Figures.Read()];
        var (o, i) = (outer.Read(snapshot), inner.Read(snapshot));
        Assert.Multiple(() =>
        {
            Assert.That(Skipped, Is.GreaterThan(_skippedBefore));
            Assert.That(o is { Calls: 20_000, Open: 0 });
            Assert.That(i is { Calls: 80_000, Open: 0 });
            // All calls allocate the same, so the estimates are exact but for their rounding.
            Assert.That(i.SelfBytes, Is.EqualTo(80_000 * ArrayBytes).Within(4));
            Assert.That(o.SelfBytes, Is.EqualTo(20_000 * ArrayBytes).Within(4));
            Assert.That(o.InclusiveBytes, Is.EqualTo(20_000 * 5 * ArrayBytes).Within(4));
            Assert.That(o.Json.GetProperty("meanMarginBytes").GetDouble(), Is.Zero);
        });
    }

    [Test]
    public void At_standard_calls_stay_exact_while_some_calls_run_without_frames_of_callees()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var (outer, inner) = (new Hot(), new Hot());
        CallBoth(outer, inner, 20_000, static () => { });

        Figures[] snapshot = [.. Figures.Read()];
        Assert.Multiple(() =>
        {
            Assert.That(Skipped, Is.GreaterThan(_skippedBefore));
            Assert.That(outer.Read(snapshot) is { Calls: 20_000, Open: 0, SelfBytes: 0 });
            Assert.That(inner.Read(snapshot) is { Calls: 80_000, Open: 0, SelfBytes: 0 });
        });
    }

    [Test]
    public void At_standard_callees_that_allocate_are_never_skipped()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var (outer, inner) = (new Hot(), new Hot());
        CallBoth(outer, inner, 20_000, Allocate);

        Figures[] snapshot = [.. Figures.Read()];
        Assert.That(Skipped, Is.EqualTo(_skippedBefore));
        Assert.That(inner.Read(snapshot).SelfBytes, Is.EqualTo(80_000 * ArrayBytes));
        Assert.That(outer.Read(snapshot).SelfBytes, Is.EqualTo(20_000 * ArrayBytes));
    }

    [Test]
    public void At_standard_the_bytes_of_sites_add_up_to_those_of_the_method()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var hot = new Hot(sites: "1\t1\tarray\tbyte[]\tnew byte[i]\t\n1\t1\texception\t\t\t");
        long truth = 0;
        for (int i = 0; i < 50_000; i++)
        {
            var frame = Frame.EnterBodies(hot.Index, 2);
            byte[] made = new byte[i % 7 * 8];
            truth += 24 + made.Length;
            s_kept = frame.At(0, made);
            frame.ExitBodies(true);
        }

        var read = hot.Read();
        double scaled = read.Json.GetProperty("sites")[0].GetProperty("bytes").GetInt64() * read.Json.GetProperty("siteScale").GetDouble();
        Assert.That(read.Long("sampledCalls"), Is.LessThan(25_000));
        Assert.That(read.SelfBytes, Is.EqualTo(truth));
        Assert.That(scaled, Is.EqualTo((double)truth).Within(0.01).Percent);
    }

    [Test]
    public void At_light_async_calls_are_of_a_sample_and_their_number_is_exact()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot("async");
        for (int i = 0; i < 50_000; i++)
        {
            hot.Start(static () =>
            {
                Allocate();
                return Task.CompletedTask;
            });
        }

        var read = hot.Read();
        Assert.That(read is { Calls: 50_000, Failures: 0, Open: 0 });
        Assert.That(read.Long("sampledCalls"), Is.InRange(64, 25_000));
        Assert.That(read.SelfBytes, Is.EqualTo(50_000 * ArrayBytes).Within(4));
    }

    [Test]
    public void At_standard_async_calls_are_complete_inside_calls_without_frames_of_callees()
    {
        HotPath.Detail = RecordingDetail.Standard;
        var (outer, inner, async) = (new Hot(), new Hot(), new Hot("async"));
        Action nothing = static () => { };
        Func<Task> atOnce = static () => Task.CompletedTask;
        for (int i = 0; i < 20_000; i++)
        {
            outer.Run(() =>
            {
                inner.Run(nothing);
                async.Start(atOnce);
            });
        }

        var read = async.Read();
        Assert.That(Skipped, Is.GreaterThan(_skippedBefore));
        Assert.That(read is { Calls: 20_000, Completed: 20_000, Open: 0 });
        Assert.That(read.TimeSamples, Is.EqualTo(20_000));
    }

    [Test]
    public void Every_enumeration_of_an_iterator_is_recorded()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot("iterator");
        for (int i = 0; i < 5_000; i++)
        {
            foreach (int _ in hot.Start<IEnumerable<int>>(static () => [1, 2], static (frame, e) => frame.Observe(e))) { }
        }

        var read = hot.Read();
        Assert.That(read.Calls, Is.EqualTo(5_000));
        Assert.That(read.Long("completed"), Is.EqualTo(5_000));
    }

    [Test]
    public void A_long_method_around_short_ones_keeps_its_own_figures()
    {
        HotPath.Detail = RecordingDetail.Light;
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                Allocate();
                inner.Run(Allocate);
            }
        });

        Figures[] snapshot = [.. Figures.Read()];
        var (o, i) = (outer.Read(snapshot), inner.Read(snapshot));
        // The delegate takes 64 bytes, once.
        Assert.That(o.InclusiveBytes, Is.EqualTo(20_000 * ArrayBytes).Within(64));
        Assert.That(o.SelfBytes, Is.EqualTo(10_000 * ArrayBytes).Within(66));
        Assert.That(i.SelfBytes, Is.EqualTo(10_000 * ArrayBytes).Within(2));
        Assert.That(o.Time("meanNs"), Is.GreaterThan(10_000));
    }

    [Test]
    public void At_light_the_bytes_of_an_enumeration_are_those_of_its_steps()
    {
        HotPath.Detail = RecordingDetail.Light;
        var hot = new Hot("iterator");
        for (int i = 0; i < 1_000; i++)
        {
            foreach (int _ in hot.Start(Arrays, static (frame, e) => frame.Observe(e))) { }
        }

        Assert.That(hot.Read().SelfBytes, Is.GreaterThanOrEqualTo(1_000 * 2 * ArrayBytes));

        static IEnumerable<int> Arrays()
        {
            Allocate();
            yield return 1;
            Allocate();
            yield return 2;
        }
    }

    [Test]
    public void The_mean_leaves_out_a_call_that_the_system_interrupts()
    {
        long second = (long)Clock.TicksOf(1e9);
        var sample = default(Sample);
        for (int i = 0; i < 1_000; i++)
        {
            sample.AddTicks(100, 500);
        }

        sample.AddTicks(100, second);
        Assert.That(sample.MeanTicks, Is.EqualTo(500));
        Assert.That(sample.LargestTicks, Is.EqualTo(500));
    }

    [Test]
    public void Every_call_of_a_method_with_a_budget_is_recorded_inside_skipped_ones_too()
    {
        HotPath.Detail = RecordingDetail.Light;
        var (outer, budgeted) = (new Hot(), new Hot(maxBytesPerCall: 64));
        CallBoth(outer, budgeted, 5_000, Allocate);

        var read = budgeted.Read();
        Assert.That(read.Calls, Is.EqualTo(20_000));
        Assert.That(read.Json.TryGetProperty("sampledCalls", out _), Is.False);
        Assert.That(read.Json.GetProperty("breaches").GetProperty("count").GetInt64(), Is.EqualTo(20_000));
    }

    [Test]
    public void A_recursion_counts_what_it_calls_once()
    {
        var (full, light) = (DiveAt(RecordingDetail.Full), DiveAt(RecordingDetail.Light));
        Assert.That(light.Calls, Is.EqualTo(full.Calls).And.EqualTo(40_000));
        Assert.That(light.SelfBytes, Is.EqualTo(full.SelfBytes).Within(10).Percent);
        Assert.That(light.InclusiveBytes, Is.EqualTo(full.InclusiveBytes).Within(40).Percent);
    }

    private static Figures DiveAt(RecordingDetail detail)
    {
        HotPath.Detail = detail;
        HotPath.Reset();
        var hot = new Hot(test: $"{nameof(Dive)}.{detail}");
        for (int i = 0; i < 4_000; i++)
        {
            Dive(hot, 10);
        }

        return hot.Read();
    }

    private static void Dive(Hot hot, int depth)
    {
        if (depth > 0)
        {
            hot.Run(() =>
            {
                Allocate();
                Dive(hot, depth - 1);
            });
        }
    }

    private static void CallBoth(Hot outer, Hot inner, int rounds, Action work)
    {
        Action four = () =>
        {
            work();
            for (int i = 0; i < 4; i++)
            {
                inner.Run(work);
            }
        };
        for (int round = 0; round < rounds; round++)
        {
            outer.Run(four);
        }
    }

    private static void Allocate() => s_kept = new byte[104];
}
