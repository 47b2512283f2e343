namespace HotPathGen.Runtime;

/// <summary>The figures of one context, summed over all threads.</summary>
internal sealed unsafe class ContextSums(int parent, int method)
{
    public int Parent => parent;
    public int Method => method;

    /// <summary>All calls, and those in light frames.</summary>
    public long Calls,
        LightCalls;
    public long InclusiveTicks,
        SelfTicks,
        SegmentTicks,
        InclusiveBytes,
        SelfBytes;

    /// <summary>The variance of the inclusive ticks, in ticks²; 0 while every call is recorded.</summary>
    public double Variance { get; private set; }

    private Sample _sample;

    public long SampledCalls => _sample.Calls;

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
        _sample.Add(context->Sample);
    }

    /// <summary>
    /// Replaces the inclusive ticks by an estimate for all calls: their number times the mean of the sample, a ratio estimator, whose variance is
    /// that of Cochran, "Sampling Techniques", 3rd edition, 6.4.
    /// </summary>
    public void EstimateTicks()
    {
        if (_sample.TimedWeight <= 0)
        {
            long recorded = Calls - LightCalls;
            InclusiveTicks = recorded == 0 ? 0 : (long)((double)InclusiveTicks / recorded * Calls);
            return;
        }

        double mean = _sample.Ticks / _sample.TimedWeight;
        double squares = _sample.SquaredTicks - 2 * mean * _sample.SquaredWeightsTicks + mean * mean * _sample.SquaredWeights;
        InclusiveTicks = (long)(mean * Calls);
        Variance = Math.Max(0, squares) / (_sample.TimedWeight * _sample.TimedWeight) * Calls * Calls;
    }

    /// <summary>Replaces the inclusive bytes in the same way.</summary>
    public void EstimateBytes()
    {
        if (_sample.Weight > 0)
        {
            InclusiveBytes = (long)(_sample.Bytes / _sample.Weight * Calls);
        }
    }
}
