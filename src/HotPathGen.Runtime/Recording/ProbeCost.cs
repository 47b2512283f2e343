using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What a frame costs, measured at start-up in under a millisecond: the best of some rounds, since whatever disturbs a round makes it longer.
/// A frame in cold caches costs more than what is subtracted, never less.
/// </summary>
internal static unsafe class ProbeCost
{
    private const int Rounds = 16;
    private const int FramesPerRound = 256;

    /// <summary>Measured once, after <see cref="SharedRecording"/> is set up and before any frame of a user.</summary>
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

    /// <summary>Frames round the work, opened and left as generated code does, inside one that sees what they cost it.</summary>
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

    /// <summary>Probes at a site that does not allocate.</summary>
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
    /// About 50 ns of instructions that wait for each other. The processor runs the probe's instructions beside them, as it does in a
    /// user's method: round an empty body a frame costs more, and subtracting that would make short methods look shorter than they are.
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
