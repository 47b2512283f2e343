using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Tests.Recording;

/// <summary>What recording cost: frames of each kind times their price, since the last reset.</summary>
[NonParallelizable]
public sealed class MeasuringCostTests
{
    private const int Calls = 100_000;

    [SetUp]
    public void Forget() => HotPath.Reset();

    [TearDown]
    public void RecordEverything() => HotPath.Detail = RecordingDetail.Full;

    [Test]
    public void Recorded_frames_cost_their_number_times_their_price()
    {
        var hot = new Hot();
        FrameTests.OnThreads(4, () => Run(hot, Calls));

        var figures = hot.Read();
        double price = 4 * Calls * Price(figures, "frameNs");
        Assert.Multiple(() =>
        {
            Assert.That(Cost(figures, "recordedFrames"), Is.EqualTo(4 * Calls));
            Assert.That(Cost(figures, "recordedNs"), Is.EqualTo(price).Within(1).Percent);
            Assert.That(figures.Long("recordingNs"), Is.EqualTo(price).Within(1).Percent);
            Assert.That((long[])[Cost(figures, "lightFrames"), Cost(figures, "lightNs"), Cost(figures, "sitesNs")], Is.All.Zero);
        });
    }

    [TestCase(RecordingDetail.Light, "skippedCallNs")]
    [TestCase(RecordingDetail.Standard, "bytesFrameNs")]
    public void Light_frames_have_the_price_of_their_level(RecordingDetail detail, string price)
    {
        HotPath.Detail = detail;
        HotPath.Reset();
        var hot = new Hot();
        Run(hot, Calls);

        var figures = hot.Read();
        long light = Calls - figures.Long("sampledCalls");
        Assert.Multiple(() =>
        {
            Assert.That(Cost(figures, "lightFrames"), Is.EqualTo(light).And.GreaterThan(Calls / 2));
            Assert.That(Cost(figures, "recordedFrames"), Is.EqualTo(Calls - light));
            // A price has one decimal.
            Assert.That(Cost(figures, "lightNs"), Is.EqualTo(light * Price(figures, price)).Within(0.06 * light));
            Assert.That(Cost(figures, "recordedNs"), Is.Positive);
        });
    }

    [Test]
    public void The_price_of_a_row_has_that_of_nested_calls_and_counts_a_recursion_once()
    {
        var (outer, inner) = (new Hot(), new Hot());
        outer.Run(() => outer.Run(() => Run(inner, Calls)));

        Figures[] snapshot = [.. Figures.Read()];
        var figures = outer.Read(snapshot);
        Assert.That(inner.Read(snapshot).Long("recordingNs"), Is.EqualTo(Calls * Price(figures, "frameNs")).Within(1).Percent);
        Assert.That(figures.Long("recordingNs"), Is.EqualTo((Calls + 2) * Price(figures, "frameNs")).Within(1).Percent);
    }

    [Test]
    public unsafe void Probes_cost_their_number_times_their_price()
    {
        const int Probes = 20;
        long siteTicks = SharedRecording.Cells->SiteTicks;
        var hot = new Hot(sites: "1\t1\tobject\tA\tnew A()\t\n1\t1\texception\t\t\t");
        for (int i = 0; i < Calls / 10; i++)
        {
            var frame = Frame.EnterBodies(hot.Index, 2);
            for (int probe = 0; probe < Probes; probe++)
            {
                frame.At(0);
            }

            // A fast processor hides the cost of a probe: then its price is 0.
            SharedRecording.Cells->SiteTicks = 1000;
            frame.ExitBodies(true);
        }

        var figures = hot.Read();
        SharedRecording.Cells->SiteTicks = siteTicks;
        long hits = figures.Json.GetProperty("sites").EnumerateArray().Sum(static site => site.GetProperty("hits").GetInt64());
        Assert.That(hits, Is.GreaterThan(Calls));
        Assert.That(Price(figures, "siteNs"), Is.GreaterThan(100));
        Assert.That(Cost(figures, "sitesNs"), Is.EqualTo(hits * Price(figures, "siteNs")).Within(0.06 * hits));
        Assert.That(figures.Long("recordingNs"), Is.EqualTo(Cost(figures, "recordedNs") + Cost(figures, "sitesNs")).Within(10));
    }

    [Test]
    public void A_reset_drops_the_cost_that_was()
    {
        var hot = new Hot();
        Run(hot, Calls);
        HotPath.Reset();
        hot.Run(static () => { });

        var figures = hot.Read();
        Assert.That(Cost(figures, "recordedFrames"), Is.EqualTo(1));
        Assert.That(Total(figures), Is.LessThan(Calls * Price(figures, "frameNs") / 10));
    }

    [Test]
    public void Later_segments_are_no_cost([Values] bool isOpenAtReset)
    {
        const long SegmentNs = 100_000_000;
        var hot = new Hot("async");
        var gate = new TaskCompletionSource();
        var frame = Frame.Enter(hot.Index);
        var task = Later(frame.Begin(), gate.Task, isOpenAtReset);
        frame.ExitStarted(true);
        gate.SetResult();
        Assert.That(task.IsCompletedSuccessfully);
        hot.Run(static () => { });

        var figures = hot.Read();
        Assert.That(figures.InclusiveNs, isOpenAtReset ? Is.LessThan(SegmentNs) : Is.GreaterThan(SegmentNs));
        Assert.That(Total(figures), Is.LessThan(SegmentNs / 4));

        static async Task Later(int call, Task gate, bool resets)
        {
            try
            {
                await AsyncBody.Suspend(gate, ref call);
                AsyncBody.Resume(call);
                if (resets)
                {
                    HotPath.Reset();
                }

                Thread.Sleep(120);
            }
            finally
            {
                AsyncBody.End(call);
            }
        }
    }

    private static void Run(Hot hot, int calls)
    {
        Action nothing = static () => { };
        for (int i = 0; i < calls; i++)
        {
            hot.Run(nothing);
        }
    }

    private static JsonElement Process(Figures figures) => figures.Snapshot.GetProperty("process");

    private static long Cost(Figures figures, string name) => Process(figures).GetProperty("recording").GetProperty(name).GetInt64();

    private static double Price(Figures figures, string name) => Process(figures).GetProperty("probe").GetProperty(name).GetDouble();

    private static long Total(Figures figures) =>
        Cost(figures, "recordedNs") + Cost(figures, "lightNs") + Cost(figures, "sitesNs") + Cost(figures, "otherNs");
}
