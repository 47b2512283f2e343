namespace HotPathGen.Runtime;

/// <summary>The figures of one context, summed over all threads.</summary>
internal sealed unsafe class ContextSums(int parent, int method)
{
    public int Parent => parent;

    /// <summary>The number of the operation whose contexts have this one as their parent; 0 for other contexts.</summary>
    public int Operation { get; init; }
    public int Method => method;

    /// <summary>All calls, and those in light frames.</summary>
    public long Calls,
        LightCalls;
    public long InclusiveTicks,
        SelfTicks,
        SegmentTicks,
        InclusiveBytes,
        SelfBytes;

    /// <summary>The ticks and bytes of all calls, of which those inside calls of the same method are a part.</summary>
    public long CallTicks,
        CallBytes;

    /// <summary>What initializers took that ran before the frame of their constructor.</summary>
    public long InitializerTicks,
        InitializerBytes;

    /// <summary>
    /// The square of half the width of the 95 % interval of the inclusive ticks, in ticks²; 0 while every call is recorded.
    /// </summary>
    public double SquaredMargin { get; private set; }

    private Sample _sample,
        _undisturbed;

    public long SampledCalls => _sample.Calls;

    /// <summary>The calls for which the recorded ones stand.</summary>
    public double Weight => _sample.Weight;

    public void Add(Context* context, long openLightCalls)
    {
        long light = Math.Max(0, context->LightCalls - openLightCalls);
        Calls += context->Calls + light;
        LightCalls += light;
        InclusiveTicks += context->InclusiveTicks;
        SelfTicks += context->SelfTicks;
        SegmentTicks += context->SegmentTicks;
        InclusiveBytes += context->InclusiveBytes;
        SelfBytes += context->SelfBytes;
        InitializerTicks += context->InitializerTicks;
        InitializerBytes += context->InitializerBytes;
        _sample.Add(context->Sample);
        _undisturbed.Add(context->Undisturbed);
    }

    private bool IsKnownUndisturbed => _undisturbed.Calls >= Sampling.EnoughUndisturbed;

    /// <summary>By how much the inclusive ticks may be wrong beside chance.</summary>
    public double Bias { get; private set; }

    /// <summary>Adds calls that had no frame.</summary>
    public void AddSkipped(long calls)
    {
        Calls += calls;
        LightCalls += calls;
    }

    /// <summary>
    /// Replaces the inclusive ticks by an estimate for all calls: their number times the mean of the sample, a ratio estimator, whose variance is
    /// that of Cochran, "Sampling Techniques", 3rd edition, 6.4.
    /// </summary>
    public void EstimateTicks()
    {
        ref var sample = ref IsKnownUndisturbed ? ref _undisturbed : ref _sample;
        if (sample.TimedWeight > 0)
        {
            double frames = sample.LightFrames / sample.TimedWeight;
            InclusiveTicks = (long)(sample.MeanTicks * Calls);
            SquaredMargin = sample.SquaredMarginOfTicks * Calls * Calls;
            Bias = (sample.BiasOfMeanTicks + frames * SharedRecording.Cells->BytesTicks / 2) * Calls;
            return;
        }

        InclusiveTicks = InclusiveTicksOfAll;
    }

    /// <summary>The inclusive ticks of all calls, if they took as long as the recorded ones.</summary>
    public long InclusiveTicksOfAll => Calls == LightCalls ? 0 : (long)((double)InclusiveTicks / (Calls - LightCalls) * Calls);
}
