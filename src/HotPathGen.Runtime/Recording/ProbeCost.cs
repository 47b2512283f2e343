using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Measures the cost of a frame at start-up, in less than a millisecond. Uses the best of several rounds, because every disturbance makes a round
/// longer. A frame in cold caches costs more than the subtracted cost, never less.
/// </summary>
internal static unsafe class ProbeCost
{
    private const int Rounds = 16;
    private const int FramesPerRound = 256;
    private const int RecordEvery = 16;

    private static readonly byte* s_text = NewText();

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
        MeasureSampled(thread);
    }

    /// <summary>
    /// The times that a frame costs which reads bytes, and a recorded one among such. The processor does not foresee the latter, and its data are not
    /// at hand.
    /// </summary>
    private static void MeasureSampled(ThreadRecord* thread)
    {
        var cells = SharedRecording.Cells;
        thread->Follow(RecordingDetail.Standard);
        var outer = Recorder.EnterUncounted(0);
        var context = outer->Context->LastChild;
        long plain = long.MaxValue,
            none = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            context->Countdown = long.MaxValue;
            plain = Math.Min(plain, PlainRound(&Busy));
            none = Math.Min(none, Frames(&Busy));
        }

        context->Sample.Calls = Sampling.First;
        context->Sample.AddTicks(1, plain / FramesPerRound);
        cells->SampledTicks = long.MaxValue; // no other frame is recorded
        double least = double.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            context->Countdown = long.MaxValue;
            long whole = Frames(&Busy, RecordEvery);
            least = Math.Min(least, (double)Math.Max(0, whole - none) * RecordEvery / FramesPerRound);
        }

        Recorder.Exit(outer);
        cells->BytesTicks = (double)Math.Max(0, none - plain) / FramesPerRound;
        cells->SampledTicks = Math.Max(cells->FrameTicks, (long)least);
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
    private static long Frames(delegate* <ulong, ulong> work, int recordEvery = 0)
    {
        var context = Recorder.Current->Top->Context->LastChild;
        long start = Clock.Now();
        for (int i = 0; i < FramesPerRound; i++)
        {
            if (recordEvery > 0 && i % recordEvery == 0)
            {
                context->Countdown = 0;
                context->Weight = recordEvery;
            }

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
    /// Reads bytes with branches that the processor cannot foresee, for about 50 ns, as a parser does. What a frame does between two such reads costs
    /// several times what it costs in a loop that the processor foresees.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Busy(ulong state)
    {
        ulong sum = state;
        byte* text = s_text + (state * 61 & 1023);
        for (int i = 0; i < 24; i++)
        {
            if (text[i] < 48)
            {
                sum++;
            }
            else if (text[i] < 58)
            {
                sum += text[i];
            }
            else if ((text[i] | 32) > 200)
            {
                sum--;
            }
        }

        return sum;
    }

    private static byte* NewText()
    {
        byte* text = (byte*)NativeMemory.Alloc(1024 + 24);
        ulong state = 1;
        for (int i = 0; i < 1024 + 24; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407; // Knuth, MMIX
            text[i] = (byte)(state >> 56);
        }

        return text;
    }
}
