using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Measures the cost of a frame at start-up, in less than a millisecond. Uses the best of several rounds, because every disturbance makes a round
/// longer. A frame in cold caches costs more than the subtracted cost, never less.
/// </summary>
internal static unsafe class ProbeCost
{
    private const int Rounds = 16;
    private const int FramesPerRound = 256;

    /// <summary>Measures once, after <see cref="SharedRecording"/> is set up and before the first frame of user code.</summary>
    static ProbeCost()
    {
        if (SharedRecording.IsPrimary && SharedRecording.Cells->Clock != ClockKind.None)
        {
            Recorder.RunApart(&Measure);
        }
    }

    public static void EnsureMeasured() => RuntimeHelpers.RunClassConstructor(typeof(ProbeCost).TypeHandle);

    private static void Measure(ThreadRecord* thread)
    {
        var cells = SharedRecording.Cells;
        thread->Follow(RecordingDetail.Full);
        long plain = long.MaxValue,
            inner = long.MaxValue,
            whole = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            plain = Math.Min(plain, PlainRound(&Chain));
            var (roundInner, roundWhole) = Round();
            inner = Math.Min(inner, roundInner);
            whole = Math.Min(whole, roundWhole);
        }
        long probes = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            probes = Math.Min(probes, ProbeRound());
        }

        cells->SiteTicks = Math.Max(0, probes - plain) / FramesPerRound;
        cells->InnerTicks = Math.Max(0, inner - plain) / FramesPerRound;
        cells->FrameTicks = Math.Max(0, whole - plain) / FramesPerRound;
        MeasureSampled(thread, plain);
        cells->BytesTicks = LightTicks(thread, RecordingDetail.Standard);
        cells->CountedTicks = LightTicks(thread, RecordingDetail.Light);
    }

    /// <summary>
    /// The time that a recorded frame costs among others that are not. The processor does not foresee it, and its data are not at hand.
    /// </summary>
    private static void MeasureSampled(ThreadRecord* thread, long plain)
    {
        var cells = SharedRecording.Cells;
        cells->SampledTicks = cells->FrameTicks * 3; // until it is known, so that few enough are
        thread->Follow(RecordingDetail.Light);
        var outer = Recorder.EnterUncounted(0);
        var context = outer->Context->LastChild;
        context->Sample = default;
        context->Sample.Calls = Sampling.First;
        context->Sample.AddTicks(1, plain / FramesPerRound);
        double least = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long before = context->Sample.Calls;
            long whole = Frames(&Chain);
            long recorded = context->Sample.Calls - before;
            least = recorded == 0 ? least : Math.Min(least, (double)Math.Max(0, whole - plain) / recorded);
        }

        Recorder.Exit(outer);
        cells->SampledTicks = Math.Max(cells->FrameTicks, (long)least);
    }

    private static double LightTicks(ThreadRecord* thread, RecordingDetail detail)
    {
        thread->Follow(detail);
        var outer = Recorder.EnterUncounted(0);
        outer->Context->LastChild->Countdown = long.MaxValue; // no frame is recorded
        long plain = long.MaxValue,
            whole = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            plain = Math.Min(plain, PlainRound(&Busy));
            whole = Math.Min(whole, Frames(&Busy));
        }

        Recorder.Exit(outer);
        return (double)Math.Max(0, whole - plain) / FramesPerRound;
    }

    /// <summary>
    /// Runs frames around the work. They are opened and left as in generated code, inside an outer frame that measures their cost.
    /// </summary>
    private static (long Inner, long Whole) Round()
    {
        var outer = Recorder.EnterUncounted(0);
        long whole = Frames(&Chain);
        long inner = outer->NestedTicks;
        Recorder.Exit(outer);
        return (inner, whole);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long Frames(delegate* <ulong, ulong> work)
    {
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            var frame = Recorder.Enter(1, 0);
            try
            {
                work((ulong)i + 1);
            }
            finally
            {
                Recorder.Exit(frame);
            }
        }

        return Clock.Now() - start;
    }

    /// <summary>Runs probes at a site that does not allocate.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long ProbeRound()
    {
        var frame = Recorder.EnterUncounted(0);
        frame->Probing = ThreadRecord.NewBodies(1);
        frame->SiteBytes = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes;
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            Chain((ulong)i + 1);
            Recorder.Hit(frame, 0);
        }
        long ticks = Clock.Now() - start;
        Recorder.Exit(frame);
        return ticks;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long PlainRound(delegate* <ulong, ulong> work)
    {
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            work((ulong)i + 1);
        }

        return Clock.Now() - start;
    }

    /// <summary>
    /// Runs instructions that depend on each other, for about 50 ns. The processor runs the probe's instructions in parallel with them, as it
    /// does in a user's method. Around an empty body a frame costs more, and subtracting that cost would make short methods look shorter than
    /// they are.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Chain(ulong state)
    {
        for (int i = 0; i < 32; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        return state;
    }

    /// <summary>
    /// Runs instructions that do not wait for each other, for about 50 ns. They keep the processor busy, so the few of a light frame are not hidden
    /// between them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Busy(ulong state)
    {
        ulong a = state,
            b = state + 1,
            c = state + 2,
            d = state + 3;
        for (int i = 0; i < 32; i++)
        {
            a = (a << 2) + a;
            b ^= b >> 3;
            c += c << 2;
            d = (d >> 1) + 7;
        }

        return a ^ b ^ c ^ d;
    }
}
