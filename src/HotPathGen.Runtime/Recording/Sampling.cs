using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Decides which calls are recorded, while not all of them are: so many that recording costs at most the budget. The gaps between two are random, so
/// that they do not beat with a period of the program.
/// </summary>
internal static unsafe class Sampling
{
    /// <summary>The first calls are all recorded, so that rare methods are complete.</summary>
    public const int First = Method.AlwaysRecorded;

    /// <summary>Frames of callees disturb a call if they take more than one part in so many of its time.</summary>
    public const int Disturbed = 50;

    /// <summary>Of the calls whose callees disturb them, one in so many runs without their frames.</summary>
    private const int UndisturbedEvery = 16;

    /// <summary>At <c>light</c>, the same of calls that are all recorded. And the largest share of calls whose direct callees are measured.</summary>
    private const int LightEvery = 8;
    private const double MeasuredShare = 0.5;

    /// <summary>
    /// What it costs to count a call that has no frame: 2 to 5 ns in playground/Accuracy (levels), of which the frame that is not opened is a part.
    /// It cannot be measured when a process starts, because the code that is inlined into hot methods is only fast once the JIT has optimized them.
    /// </summary>
    public const double SkipNs = 2.5;

    /// <summary>As many calls without frames of callees are enough to use their times alone.</summary>
    public const int EnoughUndisturbed = 30;

    private const int CountEvery = 8;
    private const int MethodsPerCall = 16;
    private const double InclusiveShare = 8;
    private const double LongestPeriod = 16_384;
    private const double ShortNs = 1_000_000;

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    /// <summary>Draws when the next call of the context is recorded. Returns how many calls the one that begins now stands for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Next(ThreadRecord* thread, Context* context)
    {
        long weight = Math.Max(1, context->Weight);
        long period = PeriodOf(context);
        long gap = Gap(thread, period);
        context->Countdown = gap;
        context->Assigned += gap;
        context->Weight = period;
        return weight;
    }

    /// <summary>Does the same for the calls of a method that have no frame otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Next(ThreadRecord* thread, Slot* slot)
    {
        long weight = Math.Max(1, slot->Weight);
        long period = PeriodOf(slot);
        long gap = Gap(thread, period);
        thread->Skip(slot->Method, gap);
        slot->Assigned += gap;
        slot->Weight = period;
        return weight;
    }

    /// <summary>
    /// Decides what to do with the hot calls inside a recorded call, at <c>light</c>. If they are skipped, its time is production's. If the direct
    /// ones are measured, its self figures are known; so many are that this costs about as much as the former.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static NestedCalls Inside(ThreadRecord* thread, Slot* slot, OpenFrame* frame)
    {
        ref var sample = ref slot->Sample;
        bool isOneOfMany = frame->Weight > 1;
        if (slot->IsDeferred)
        {
            return isOneOfMany ? NestedCalls.Measured : NestedCalls.Chosen;
        }

        if (sample.Calls < First || slot->AlwaysEnters || !(isOneOfMany || IsShort(slot)))
        {
            return NestedCalls.Chosen;
        }

        double random = (Draw(thread) & 0xFFFFFF) / (double)0x1000000;
        double measured = MeasuredShare * s_cells->SampledTicks / (s_cells->SampledTicks + slot->NestedCalls * s_cells->FrameTicks);
        double skipped = 1 - measured;
        if (!isOneOfMany)
        {
            measured /= LightEvery / 2;
            skipped = 1.0 / LightEvery;
        }

        if (random < measured)
        {
            frame->TimeWeight = 0;
            return NestedCalls.Measured;
        }

        if (random < measured + skipped)
        {
            frame->TimeWeight = (long)Math.Round(frame->Weight / skipped);
            return NestedCalls.Skipped;
        }

        frame->TimeWeight = 0;
        return NestedCalls.Chosen;
    }

    /// <summary>Whether to run a call without the frames of its callees, at <c>standard</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsUndisturbed(ThreadRecord* thread, Context* context) =>
        thread->LightKind == FrameKind.Bytes
        && context->InclusiveBytes == 0 // else it would not be known which method's bytes they are
        && context->Sample.Calls >= First
        && !context->Slot->IsDeferred
        && context->Slot->Budget == null
        && Draw(thread) % (context->Undisturbed.Calls < 2 * EnoughUndisturbed ? 2UL : UndisturbedEvery) == 0;

    /// <summary>Adds a recorded call, which has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(OpenFrame* frame, long ticks, long bytes)
    {
        var context = frame->Context;
        if (frame->Thread->Detail < RecordingDetail.Standard)
        {
            AddLight(frame, ticks, bytes);
            return;
        }

        // The time of a call that probes is not that of production.
        context->Sample.AddBytes(frame->Weight, bytes);
        if (frame->Nested == NestedCalls.Skipped)
        {
            context->Undisturbed.Calls++;
            context->Undisturbed.AddTicks(frame->Weight, ticks);
            context->Undisturbed.AddSkipped(frame);
        }
        else if (frame->Probing == null)
        {
            context->Sample.AddTicks(frame->Weight, ticks);
            context->Sample.LightFrames += (double)frame->Weight * (frame->Thread->LightFrames - frame->StartLightFrames);
        }

        if (context->Parent != null)
        {
            context->Parent->Sample.NestedTicks += (double)frame->Weight * ticks;
        }
    }

    private static void AddLight(OpenFrame* frame, long ticks, long bytes)
    {
        var slot = frame->Context->Slot;
        slot->Sample.AddBytes(frame->Weight, bytes);
        frame->Context->Sample.Weight += frame->Weight;
        switch (frame->Nested)
        {
            case NestedCalls.Measured:
                slot->Sample.AddNested(frame, bytes);
                break;
            case NestedCalls.Skipped when frame->Before == NestedCalls.Chosen:
                slot->Undisturbed.AddTicks(frame->TimeWeight, ticks);
                slot->Undisturbed.Calls++;
                slot->Undisturbed.AddSkipped(frame);
                break;
            case NestedCalls.Chosen or NestedCalls.Skipped when frame->Probing == null:
                slot->Sample.AddTicks(frame->Weight, ticks);
                break;
        }
    }

    /// <summary>Adds the first segment of a call that may go on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddStarted(OpenFrame* frame, long ticks, long bytes)
    {
        if (frame->Thread->Detail >= RecordingDetail.Standard)
        {
            return;
        }

        var slot = frame->Context->Slot;
        slot->Sample.AddBytes(frame->Weight, bytes);
        slot->Sample.AddTicks(frame->Weight, ticks);
        frame->Context->Sample.Weight += frame->Weight;
        if (frame->Nested == NestedCalls.Measured)
        {
            slot->Sample.AddNested(frame, bytes);
        }
    }

    /// <summary>Adds a later segment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddSegment(OpenFrame* frame, long ticks, long bytes)
    {
        if (frame->Thread->Detail >= RecordingDetail.Standard)
        {
            return;
        }

        ref var sample = ref frame->Context->Slot->Sample;
        double weight = frame->Weight;
        sample.Ticks += weight * ticks;
        sample.Bytes += weight * bytes;
        sample.NestedTicks += weight * frame->NestedTicks;
        sample.SelfBytes += weight * (bytes - frame->NestedBytes);
    }

    /// <summary>
    /// Called before the clock of a call starts whose callees will be skipped: reads how many were so far, for some of the calls. Reading takes time
    /// for each method of the program, so the more methods there are, the fewer calls it is done for.
    /// </summary>
    public static void CountSkipped(OpenFrame* frame, ref Sample undisturbed)
    {
        int every = CountEvery + s_cells->MethodCount / MethodsPerCall;
        frame->SkippedBefore = undisturbed.Calls % every == 0 ? frame->Thread->AllSkipped : -1;
    }

    private static bool IsShort(Slot* slot) => slot->MeanTicks <= Clock.TicksOf(ShortNs);

    private static long Gap(ThreadRecord* thread, long period) => period == 1 ? 0 : (long)(Draw(thread) % (ulong)(2 * period - 1));

    private static long PeriodOf(Context* context)
    {
        ref var sample = ref context->Sample;
        if (sample.Calls < First || sample.TimedWeight == 0 || context->Slot->IsDeferred || context->Slot->Budget != null || !Clock.IsRunning)
        {
            return 1;
        }

        double calls = context->Calls + context->LightCalls;
        return PeriodOf(s_cells->SampledTicks, sample.MeanTicks, sample.NestedTicks / calls);
    }

    private static long PeriodOf(Slot* slot)
    {
        ref var sample = ref slot->Sample;
        if (sample.Calls < First || slot->AlwaysEnters || !Clock.IsRunning || sample.TimedWeight + slot->Undisturbed.TimedWeight == 0)
        {
            return 1;
        }

        double nestedTicks = sample.NestingWeight > 0 ? sample.NestedTicks / sample.NestingWeight : 0;
        return PeriodOf(2 * s_cells->SampledTicks, slot->MeanTicks, nestedTicks);
    }

    // The budget is a share of the own time, of which callees have their share. But a method that does little itself still gets enough recorded
    // calls, and so does one whose frame's cost was overestimated.
    private static long PeriodOf(double costTicks, double ticks, double nestedTicks)
    {
        double ownTicks = Math.Max(Math.Max(ticks / InclusiveShare, 1 + s_cells->FrameTicks / 4), ticks - nestedTicks);
        return (long)Math.Clamp(costTicks / (s_cells->Overhead * ownTicks), 1, LongestPeriod);
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
