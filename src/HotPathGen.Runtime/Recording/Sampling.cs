using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Decides which calls are recorded, while not all of them are: so many of each context that recording costs at most the budget. The gaps between two
/// are random, so that they do not beat with a period of the program.
/// </summary>
internal static unsafe class Sampling
{
    /// <summary>The first calls of a context are all recorded, so that rare methods are complete.</summary>
    public const int First = Method.AlwaysRecorded;

    private const double LongestPeriod = 16_384;

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    /// <summary>Draws when the next call of the context is recorded. Returns how many calls the one that begins now stands for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Next(ThreadRecord* thread, Context* context)
    {
        long weight = Math.Max(1, context->Weight);
        long period = PeriodOf(context);
        long gap = period == 1 ? 1 : 1 + (long)(Draw(thread) % (ulong)(2 * period - 1));
        context->Countdown = gap - 1;
        context->Assigned += gap - 1;
        context->Weight = period;
        return weight;
    }

    /// <summary>Adds a recorded call, which has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(OpenFrame* frame, long ticks, long bytes)
    {
        var context = frame->Context;
        context->Sample.AddBytes(frame->Weight, bytes);
        // The time of a call that probes is not that of production.
        if (frame->Probing == null)
        {
            context->Sample.AddTicks(frame->Weight, ticks);
        }

        if (context->Parent != null)
        {
            context->Parent->Sample.NestedTicks += (double)frame->Weight * ticks;
        }
    }

    private static long PeriodOf(Context* context)
    {
        ref var sample = ref context->Sample;
        if (sample.Calls < First || sample.TimedWeight == 0 || context->Slot->IsDeferred || context->Slot->Budget != null || !Clock.IsRunning)
        {
            return 1;
        }

        double calls = context->Calls + context->LightCalls;
        // A frame's cost is known to a few ns only. Where it was overestimated, few calls would be recorded, and it would stay so.
        double ownTicks = Math.Max(1 + s_cells->FrameTicks / 4, sample.Ticks / sample.TimedWeight - sample.NestedTicks / calls);
        return (long)Math.Clamp(s_cells->SampledTicks / (s_cells->Overhead * ownTicks), 1, LongestPeriod);
    }

    // Marsaglia, "Xorshift RNGs", Journal of Statistical Software 2003.
    private static ulong Draw(ThreadRecord* thread)
    {
        ulong state = thread->Random;
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        thread->Random = state;
        return state >> 16;
    }
}
