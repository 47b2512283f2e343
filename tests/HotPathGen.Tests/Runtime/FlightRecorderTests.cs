using System.Diagnostics;
using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>Which calls are kept, and what is known of them.</summary>
[NonParallelizable]
public sealed unsafe class FlightRecorderTests
{
    // An array's header and length take 24 bytes on 64 bits.
    private const int ArrayBytes = 24;
    private const int DelegateBytes = 64;
    private const long SlowNs = 5_000_000;

    private static object? s_kept;

    [SetUp]
    public void Forget()
    {
        HotPath.Reset();
        Keep(new() { LargeBytes = 100_000 });
    }

    [TearDown]
    public void KeepNothing()
    {
        SharedRecording.Cells->Flight = default;
        Recorder.Current->Flight = null;
        HotPath.Detail = RecordingDetail.Full;
        HotPath.Reset();
    }

    [Test]
    public void Without_a_wish_nothing_is_kept()
    {
        SharedRecording.Cells->Flight = default;
        Assert.That(FlightRecorder.CreateIfAsked(SharedRecording.Cells) == null);
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        Assert.That(snapshot.RootElement.TryGetProperty("keptCalls", out _), Is.False);
    }

    [Test]
    public void A_large_call_is_kept_with_its_tree_and_its_sites()
    {
        var (outer, inner) = (new Hot(), new Hot(sites: "7\t3\tarray\tbyte[]\tnew byte[n]\t\n1\t1\texception\t\t\t"));
        Call(40_000);
        Call(60_000);

        var call = Kept().Single();
        var frames = Frames(call);
        Assert.Multiple(() =>
        {
            Assert.That(call.GetProperty("bytes").GetInt64(), Is.EqualTo(2 * 60_000 + 2 * ArrayBytes));
            Assert.That((call.GetProperty("isLarge").GetBoolean(), call.GetProperty("isSlow").GetBoolean()), Is.EqualTo((true, false)));
            Assert.That(
                frames.Select(static frame => (frame.Parent, frame.Bytes)),
                Is.EqualTo(new (int?, long)[] { (null, 120_048), (0, 60_024), (0, 60_024) })
            );
            Assert.That(frames[2].StartNs, Is.GreaterThanOrEqualTo(frames[1].StartNs));
            Assert.That(frames[0].Ns, Is.GreaterThanOrEqualTo(frames[1].Ns + frames[2].Ns));
            var site = call.GetProperty("sites").EnumerateArray().Single();
            Assert.That(
                (site.GetProperty("line").GetInt32(), site.GetProperty("text").GetString(), site.GetProperty("hits").GetInt64()),
                Is.EqualTo((7, "new byte[n]", 2L))
            );
            Assert.That(site.GetProperty("bytes").GetInt64(), Is.EqualTo(120_048));
        });

        void Call(int bytes) =>
            outer.Run(() =>
            {
                for (int i = 0; i < 2; i++)
                {
                    var frame = Frame.EnterBodies(inner.Index, 2);
                    s_kept = frame.At(0, new byte[bytes]);
                    frame.ExitBodies(true);
                }
            });
    }

    [Test]
    public void A_slow_call_is_kept_with_what_took_the_time()
    {
        Keep(new() { SlowTicks = (long)Clock.TicksOf(SlowNs) });
        var (outer, fast, slow) = (new Hot(), new Hot(), new Hot());
        outer.Run(() => fast.Run(static () => { }));
        outer.Run(() =>
        {
            fast.Run(static () => { });
            slow.Run(static () => SpinFor(2 * SlowNs));
        });

        var call = Kept().Single(static call => call.GetProperty("isSlow").GetBoolean() && call.GetProperty("ns").GetInt64() > 3 * SlowNs / 2);
        var frames = Frames(call);
        Assert.That(frames, Has.Count.EqualTo(3));
        Assert.That(frames[2].Ns, Is.GreaterThan(3 * SlowNs / 2).And.LessThanOrEqualTo(frames[0].Ns));
    }

    [Test]
    public void A_percentile_is_one_of_the_method_s_own_calls()
    {
        Keep(new() { SlowShare = 0.999 });
        var hot = new Hot();
        for (int i = 0; i < 20_000; i++)
        {
            hot.Run(static () => { });
        }

        hot.Run(static () => SpinFor(SlowNs));
        Assert.That(Kept()[0].GetProperty("ns").GetInt64(), Is.GreaterThan(SlowNs / 2));
    }

    [Test]
    public void Only_the_last_calls_are_kept()
    {
        var hot = new Hot();
        for (int i = 0; i < FlightRecorder.CallCapacity + 4; i++)
        {
            int bytes = 100_000 + 8 * i;
            hot.Run(() => s_kept = new byte[bytes]);
        }

        Assert.That(
            Kept().Select(static call => call.GetProperty("bytes").GetInt64()),
            Is.EqualTo(Enumerable.Range(4, FlightRecorder.CallCapacity).Reverse().Select(static i => 100_000L + (8 * i) + ArrayBytes))
        );
    }

    [Test]
    public void Of_many_frames_the_larger_ones_stay_and_the_others_are_counted()
    {
        var (outer, middle, inner) = (new Hot(), new Hot(), new Hot());
        outer.Run(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                middle.Run(() =>
                {
                    for (int j = 0; j < 10; j++)
                    {
                        inner.Run(static () => { });
                    }

                    s_kept = new byte[10_000];
                });
            }
        });

        var call = Kept().Single();
        var frames = Frames(call);
        Assert.That(frames[0], Has.Property("Parent").Null.And.Property("Bytes").GreaterThan(1_000_000));
        Assert.That(frames.Count(static frame => frame.Bytes >= 10_000), Is.EqualTo(101), "the large frames stay");
        Assert.That(frames.Count + call.GetProperty("leftOutFrames").GetInt64(), Is.EqualTo(1_101));
        Assert.That(frames.Skip(1).Where(static frame => frame.Bytes >= 10_000), Has.All.Property("Parent").Zero);
    }

    [Test]
    public void Light_frames_are_listed_without_time()
    {
        HotPath.Detail = RecordingDetail.Standard;
        HotPath.Reset();
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                inner.Run(static () => { });
            }

            inner.Run(static () => s_kept = new byte[200_000]);
        });

        var frames = Frames(Kept().Single());
        Assert.That(frames.Select(static frame => frame.Time), Has.Some.Null.And.Some.Not.Null);
        Assert.That(frames[^1].Bytes, Is.EqualTo(200_000 + ArrayBytes));
    }

    [Test]
    public void A_reset_drops_kept_calls_and_open_ones()
    {
        var hot = new Hot();
        hot.Run(static () => s_kept = new byte[200_000]);
        Assert.That(Kept(), Has.Length.EqualTo(1));
        hot.Run(() =>
        {
            s_kept = new byte[200_000];
            HotPath.Reset();
        });
        Assert.That(Kept(), Is.Empty);
        hot.Run(static () => s_kept = new byte[200_000]);
        Assert.That(Frames(Kept().Single()), Has.Count.EqualTo(1));
    }

    [Test]
    public void Snapshots_taken_meanwhile_have_whole_calls()
    {
        const int Threads = 8;
        var (outer, inner) = (new Hot(), new Hot());
        int left = Threads;
        var threads = Enumerable
            .Range(0, Threads)
            .Select(t => new Thread(() =>
            {
                Recorder.Current->Flight = FlightRecorder.CreateIfAsked(SharedRecording.Cells);
                for (int i = 0; i < 400; i++)
                {
                    int bytes = 100_000 + (8 * ((400 * t) + i));
                    outer.Run(() => inner.Run(() => s_kept = new byte[bytes]));
                }

                Interlocked.Decrement(ref left);
            }))
            .ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        int seen = 0;
        do
        {
            foreach (var call in Kept())
            {
                seen++;
                long bytes = call.GetProperty("bytes").GetInt64();
                Assert.That(Frames(call).Select(static frame => frame.Bytes), Is.EqualTo(new[] { bytes, bytes - DelegateBytes }));
            }
        } while (Volatile.Read(ref left) > 0);

        Array.ForEach(threads, static thread => thread.Join());
        Assert.That(seen, Is.GreaterThanOrEqualTo(FlightRecorder.CallCapacity));
    }

    private static void Keep(FlightLimits limits)
    {
        SharedRecording.Cells->Flight = limits;
        Recorder.Current->Flight = FlightRecorder.CreateIfAsked(SharedRecording.Cells);
    }

    private static void SpinFor(long ns)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalNanoseconds < ns)
        {
            Thread.SpinWait(10);
        }
    }

    private static JsonElement[] Kept()
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return [.. snapshot.RootElement.Clone().GetProperty("keptCalls").EnumerateArray()];
    }

    private static List<Listed> Frames(JsonElement call) =>
        [
            .. call.GetProperty("frames")
                .EnumerateArray()
                .Select(static frame => new Listed(
                    frame.GetProperty("parent") is { ValueKind: JsonValueKind.Number } parent ? parent.GetInt32() : null,
                    frame.TryGetProperty("startNs", out var start) ? start.GetInt64() : null,
                    frame.TryGetProperty("ns", out var ns) ? ns.GetInt64() : null,
                    frame.GetProperty("bytes").GetInt64()
                )),
        ];

    private sealed record Listed(int? Parent, long? Start, long? Time, long Bytes)
    {
        public long StartNs => Start ?? 0;
        public long Ns => Time ?? 0;
    }
}
