namespace HotPathGen.Runtime;

/// <summary>
/// What recording cost the threads since the last reset. The threads have added it up in ticks, which are also subtracted from the times of methods.
/// Which frames it was for is known from their numbers and prices.
/// </summary>
internal sealed unsafe class RecordingSums(SharedCells* cells)
{
    private long _recordingTicks;
    private long _recordedFrames,
        _lightFrames;
    private double _lightTicks;

    /// <summary>The bytes that the runtime's own work has allocated on the threads.</summary>
    public long OwnBytes { get; private set; }

    /// <summary>Adds a thread's record. The counters in it go on after a reset, so what they were then is subtracted.</summary>
    public void Add(ThreadRecord* record, long epoch, Mark before)
    {
        if (Volatile.Read(ref record->Epoch) != epoch)
        {
            return;
        }

        OwnBytes += record->OwnBytes - before.OwnBytes;
        // A segment that ends meanwhile adds to its context first. So recording may seem cheaper than it was, but it never contains a segment.
        long ticks = Volatile.Read(ref record->RecordingTicks) - before.RecordingTicks;
        long recorded = 0,
            light = 0;
        for (var context = record->FirstContext; context != null; context = Next(context))
        {
            ticks -= context->SegmentTicks;
            recorded += context->Calls;
            light += context->LightCalls;
        }

        long skipped = record->AllSkipped;
        for (var slot = (Slot*)Volatile.Read(ref *(nint*)&record->FirstSlot); slot != null; slot = slot->Next)
        {
            skipped += record->SkippedByCountdown(slot);
            recorded += slot->DirectCalls;
        }

        _recordingTicks += Math.Max(ticks, recorded * cells->FrameTicks);
        _recordedFrames += recorded;
        _lightFrames += light + skipped;
        _lightTicks += light * cells->BytesTicks + skipped * Clock.TicksOf(Sampling.SkipNs);
    }

    /// <summary>Returns what each method's calls cost, in ticks, with those of nested hot methods.</summary>
    /// <param name="contexts">The contexts of all threads. Parents come before their children.</param>
    /// <param name="probes">The probes that run in an average call of each method.</param>
    /// <param name="isWithinItself">Whether a context is below another of its method.</param>
    public double[] ByMethod(List<ContextSums> contexts, double[] probes, Func<ContextSums, bool> isWithinItself)
    {
        double[] methods = new double[probes.Length];
        double[] whole = new double[contexts.Count];
        for (int i = contexts.Count - 1; i >= 0; i--)
        {
            var context = contexts[i];
            if (context.Method == Context.NoMethod)
            {
                continue;
            }

            double light = _lightFrames == 0 ? 0 : context.LightCalls * (_lightTicks / _lightFrames);
            whole[i] += RecordedTicks(context) + light + context.Calls * probes[context.Method] * cells->SiteTicks;
            // The frames of callers do not include later segments.
            double callers = context.InclusiveTicks == 0 ? 1 : 1 - Math.Clamp((double)context.SegmentTicks / context.InclusiveTicks, 0, 1);
            whole[context.Parent] += callers * whole[i];
            if (!isWithinItself(context))
            {
                methods[context.Method] += whole[i];
            }
        }

        return methods;
    }

    /// <summary>Returns the cost of all threads together.</summary>
    /// <param name="contexts">The contexts of all threads.</param>
    /// <param name="probes">The number of all probes that ran.</param>
    /// <param name="nsPerTick">The length of a tick.</param>
    public RecordingCost ToCost(List<ContextSums> contexts, double probes, double nsPerTick)
    {
        double frames = Math.Min(_recordingTicks, contexts.Sum(RecordedTicks));
        double sites = Math.Min(_recordingTicks - frames, probes * cells->SiteTicks);
        return new()
        {
            RecordedFrames = _recordedFrames,
            RecordedNs = (long)(frames * nsPerTick),
            LightFrames = _lightFrames,
            LightNs = (long)(_lightTicks * nsPerTick),
            SitesNs = (long)(sites * nsPerTick),
            OtherNs = (long)((_recordingTicks - frames - sites) * nsPerTick),
        };
    }

    // While calls are sampled, a recorded frame is one among others that are not.
    private double RecordedTicks(ContextSums context)
    {
        long recorded = context.Calls - context.LightCalls,
            sampled = context.LightCalls == 0 ? 0 : Math.Min(recorded, context.SampledCalls);
        return (double)(recorded - sampled) * cells->FrameTicks + (double)sampled * cells->SampledTicks;
    }

    private static Context* Next(Context* context) => (Context*)Volatile.Read(ref *(nint*)&context->Next);

    /// <summary>What a thread's counters were at the last reset.</summary>
    internal readonly record struct Mark(long RecordingTicks, long OwnBytes)
    {
        public static Mark Of(ThreadRecord* record) => new(record->RecordingTicks, record->OwnBytes);
    }
}
