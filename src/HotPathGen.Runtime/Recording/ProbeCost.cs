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

    private static void Measure()
    {
        var cells = SharedRecording.Cells;
        long plain = long.MaxValue,
            inner = long.MaxValue,
            whole = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            plain = Math.Min(plain, PlainRound());
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
    }

    /// <summary>
    /// Runs frames around the work. They are opened and left as in generated code, inside an outer frame that measures their cost.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static (long Inner, long Whole) Round()
    {
        var outer = Recorder.Enter(0);
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            var frame = Frame.Enter(1);
            try
            {
                Work((ulong)i + 1);
            }
            finally
            {
                frame.Exit(true);
            }
        }
        long whole = Clock.Now() - start;
        long inner = outer->NestedTicks;
        Recorder.Exit(outer);
        return (inner, whole);
    }

    /// <summary>Runs probes at a site that does not allocate.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long ProbeRound()
    {
        var frame = Recorder.Enter(0);
        frame->Probing = ThreadRecord.NewBodies(1);
        frame->SiteBytes = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes;
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            Work((ulong)i + 1);
            Recorder.Hit(frame, 0);
        }
        long ticks = Clock.Now() - start;
        Recorder.Exit(frame);
        return ticks;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long PlainRound()
    {
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            Work((ulong)i + 1);
        }

        return Clock.Now() - start;
    }

    /// <summary>
    /// Runs instructions that depend on each other, for about 50 ns. The processor runs the probe's instructions in parallel with them, as it
    /// does in a user's method. Around an empty body a frame costs more, and subtracting that cost would make short methods look shorter than
    /// they are.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Work(ulong state)
    {
        for (int i = 0; i < 32; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        return state;
    }
}
