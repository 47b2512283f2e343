using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>
/// Whether the intervals of estimates hold the truth, in 200 runs each. The truth of a time is what the bodies say that they took; that of bytes is
/// what they were told to allocate.
/// </summary>
[NonParallelizable]
public sealed unsafe class IntervalTests
{
    private const int Runs = 200;
    private const int Calls = 4_000;
    private const int ArrayBytes = 24;

    private static object? s_kept;

    private double _overhead;

    [SetUp]
    public void SetBudget() => (_overhead, SharedRecording.Cells->Overhead) = (SharedRecording.Cells->Overhead, 0.05);

    [TearDown]
    public void RecordEverything()
    {
        SharedRecording.Cells->Overhead = _overhead;
        HotPath.Detail = RecordingDetail.Full;
        HotPath.Reset();
    }

    [TestCase("even")]
    [TestCase("periodic")]
    [TestCase("heavy-tailed")]
    public void Ninety_five_of_a_hundred_intervals_of_bytes_hold_the_truth(string shape)
    {
        var hot = new Hot(test: $"{nameof(Ninety_five_of_a_hundred_intervals_of_bytes_hold_the_truth)}.{shape}");
        int held = 0;
        for (int run = 0; run < Runs; run++)
        {
            HotPath.Reset();
            HotPath.Detail = RecordingDetail.Light;
            var random = new Random(run);
            long truth = 0;
            for (int call = 0; call < Calls; call++)
            {
                int bytes = Size(shape, call, random);
                truth += ArrayBytes + bytes;
                hot.Run(() => s_kept = new byte[bytes]);
            }

            var read = hot.Read();
            held += Math.Abs(read.SelfBytes - truth) / (double)Calls <= read.Json.GetProperty("meanMarginBytes").GetDouble() + 1 ? 1 : 0;
        }

        Assert.That(held, Is.GreaterThanOrEqualTo(Runs * 95 / 100));
    }

    /// <summary>The times are made up, because on a busy machine the longest calls are those that something interrupted.</summary>
    [TestCase("even")]
    [TestCase("periodic")]
    [TestCase("heavy-tailed")]
    public void Ninety_five_of_a_hundred_intervals_of_time_hold_the_truth(string shape)
    {
        int held = 0,
            sampled = 0;
        for (int run = 0; run < Runs; run++)
        {
            var thread = ThreadRecord.Create(SharedRecording.Cells);
            var slot = thread->SlotOf(0);
            var random = new Random(run);
            double truth = 0;
            for (int call = 0; call < Calls; call++)
            {
                int ticks = Size(shape, call, random);
                truth += (double)ticks / Calls;
                if (!thread->SkipsLate(0))
                {
                    long weight = Sampling.Next(thread, slot);
                    slot->Sample.AddBytes(weight, 0);
                    slot->Sample.AddTicks(weight, ticks);
                    sampled++;
                }
            }

            held += Math.Abs(slot->Sample.MeanTicks - truth) <= Math.Sqrt(slot->Sample.SquaredMarginOfTicks) + 0.001 ? 1 : 0;
        }

        Assert.That(sampled, Is.InRange(Runs * 64, Runs * Calls / 2));
        Assert.That(held, Is.GreaterThanOrEqualTo(Runs * 95 / 100));
    }

    // The period is one that a fixed gap between samples would beat with.
    private static int Size(string shape, int call, Random random) =>
        shape switch
        {
            "even" => 400,
            "periodic" => call % 64 == 0 ? 2_000 : 200,
            _ => (int)Math.Min(20_000, 100 / Math.Pow(1 - random.NextDouble(), 1 / 1.8)), // Pareto
        };
}
