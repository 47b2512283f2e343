namespace HotPathGen.Runtime;

/// <summary>
/// Sums over a random sample of a context's calls. A call that was chosen with probability p has the weight 1/p, so that the weighted sums are
/// unbiased (Horvitz and Thompson, "A generalization of sampling without replacement from a finite universe", JASA 1952).
/// </summary>
internal unsafe struct Sample
{
    // The quantile of the normal distribution for 95 %.
    private const double Normal = 1.96;

    // A call that takes so many times the mean, and so long, is left out of it.
    private const double Interrupted = 1_000;
    private const double InterruptedNs = 100_000;

    // So many calls of a kind there may be, with 99 %, if none was seen: -ln 0.01. With 97.5 %, sometimes only 189 of 200 intervals held the truth
    // of a distribution with a long tail.
    private const double Unseen = 4.6;

    /// <summary>The number of sampled calls.</summary>
    public long Calls;

    /// <summary>The sum of their weights.</summary>
    public double Weight;

    /// <summary>The weighted sums of their inclusive bytes and, for the calls that ran the original body, of their inclusive ticks.</summary>
    public double Bytes;
    public double TimedWeight;
    public double Ticks;

    /// <summary>
    /// For the variance of the mean time: the sums of v, of vx and of vx², where v is w(w - 1). A call that was sure to be recorded adds nothing to
    /// it.
    /// </summary>
    public double SquaredWeights;
    public double SquaredWeightsTicks;
    public double SquaredTicks;

    /// <summary>
    /// The weighted ticks of hot calls that these calls made, and their number. Below <c>standard</c> they are of the calls whose direct
    /// callees were measured; the sum of the weights of those is the last field.
    /// </summary>
    public double NestedTicks;
    public double NestedCalls;
    public double NestingWeight;

    /// <summary>The weighted self bytes of the calls whose direct callees were measured.</summary>
    public double SelfBytes;

    /// <summary>The weighted number of frames of callees that read bytes alone, at <c>standard</c>.</summary>
    public double LightFrames;

    /// <summary>The number of calls without a frame inside these calls, where it was counted, and the weight of the calls where it was.</summary>
    public double SkippedCalls;
    public double SkippedWeight;

    /// <summary>The part of the nested ticks and bytes that is of calls of the same method.</summary>
    public double RecursiveTicks;
    public double RecursiveBytes;

    /// <summary>
    /// The largest ticks and bytes of a call, and the largest weight. A long first call says nothing of others: it waits for the JIT, and makes
    /// statics. Nor does one that was interrupted.
    /// </summary>
    public long LargestTicks;
    public long LargestBytes;
    public long LargestWeight;

    /// <summary>For the variance of the mean of the bytes.</summary>
    public double SquaredBytesWeights;
    public double SquaredWeightsBytes;
    public double SquaredBytes;

    /// <summary>The mean without what it costs to skip calls.</summary>
    public readonly double MeanTicks
    {
        get
        {
            double mean = Ticks / TimedWeight;
            return SkippedWeight > 0 ? Math.Max(mean / 4, mean - SkippedCalls / SkippedWeight * Clock.TicksOf(Sampling.SkipNs)) : mean;
        }
    }

    /// <summary>
    /// The square of half the width of the 95 % interval of the mean. The variance is that of a ratio estimator (Cochran, "Sampling Techniques", 3rd
    /// edition, 6.4). A sample of a distribution with a long tail may have none of its largest values, and then the variance is too small as well. So
    /// the interval allows for more calls like the largest, as the rule of three does (Hanley and Lippman-Hand, JAMA 1983).
    /// </summary>
    public readonly double SquaredMarginOfTicks =>
        SquaredMargin(Ticks / TimedWeight, TimedWeight, SquaredWeights, SquaredWeightsTicks, SquaredTicks, LargestTicks);

    /// <summary>
    /// By how much the mean may be wrong beside chance, in ticks: a quarter of a frame's cost, which is known only for the average program, and one
    /// nanosecond for each skipped call.
    /// </summary>
    public readonly double BiasOfMeanTicks =>
        SharedRecording.Cells->FrameTicks / 4.0 + (SkippedWeight > 0 ? SkippedCalls / SkippedWeight * Clock.TicksOf(1) : 0);

    public readonly double SquaredMarginOfBytes =>
        SquaredMargin(Bytes / Weight, Weight, SquaredBytesWeights, SquaredWeightsBytes, SquaredBytes, LargestBytes);

    public void AddBytes(long weight, long bytes)
    {
        Calls++;
        Weight += weight;
        Bytes += (double)weight * bytes;
        double square = (double)weight * (weight - 1);
        SquaredBytesWeights += square;
        SquaredWeightsBytes += square * bytes;
        SquaredBytes += square * bytes * bytes;
        LargestBytes = Calls > 1 ? Math.Max(LargestBytes, bytes) : LargestBytes;
        LargestWeight = Math.Max(LargestWeight, weight);
    }

    public void AddTicks(long weight, long ticks)
    {
        // Most likely, the system interrupted the thread. That is not the method's time.
        if (ticks * TimedWeight > Interrupted * Ticks && ticks > Clock.TicksOf(InterruptedNs) && TimedWeight > 0)
        {
            return;
        }

        LargestWeight = Math.Max(LargestWeight, weight);
        LargestTicks = TimedWeight > 0 || ticks <= Clock.TicksOf(InterruptedNs) ? Math.Max(LargestTicks, ticks) : LargestTicks;

        double square = (double)weight * (weight - 1);
        TimedWeight += weight;
        Ticks += (double)weight * ticks;
        SquaredWeights += square;
        SquaredWeightsTicks += square * ticks;
        SquaredTicks += square * ticks * ticks;
    }

    /// <summary>Adds what the direct callees of a call took.</summary>
    public void AddNested(OpenFrame* frame, long bytes)
    {
        double weight = frame->Weight;
        NestingWeight += weight;
        NestedTicks += weight * frame->NestedTicks;
        SelfBytes += weight * (bytes - frame->NestedBytes);
        NestedCalls += weight * frame->DirectCalls;
    }

    /// <summary>Adds how many calls a call skipped, if that was counted.</summary>
    public void AddSkipped(OpenFrame* frame)
    {
        if (frame->SkippedBefore >= 0)
        {
            SkippedWeight += frame->TimeWeight;
            SkippedCalls += (double)frame->TimeWeight * (frame->Thread->AllSkipped - frame->SkippedBefore);
        }
    }

    public void Add(in Sample other)
    {
        Calls += other.Calls;
        Weight += other.Weight;
        Bytes += other.Bytes;
        TimedWeight += other.TimedWeight;
        Ticks += other.Ticks;
        SquaredWeights += other.SquaredWeights;
        SquaredWeightsTicks += other.SquaredWeightsTicks;
        SquaredTicks += other.SquaredTicks;
        NestedTicks += other.NestedTicks;
        SelfBytes += other.SelfBytes;
        NestedCalls += other.NestedCalls;
        NestingWeight += other.NestingWeight;
        LargestTicks = Math.Max(LargestTicks, other.LargestTicks);
        LargestBytes = Math.Max(LargestBytes, other.LargestBytes);
        LargestWeight = Math.Max(LargestWeight, other.LargestWeight);
        LightFrames += other.LightFrames;
        SkippedCalls += other.SkippedCalls;
        SkippedWeight += other.SkippedWeight;
        RecursiveTicks += other.RecursiveTicks;
        RecursiveBytes += other.RecursiveBytes;
        SquaredBytesWeights += other.SquaredBytesWeights;
        SquaredWeightsBytes += other.SquaredWeightsBytes;
        SquaredBytes += other.SquaredBytes;
    }

    private readonly double SquaredMargin(double mean, double weight, double squares, double squaresX, double squaresXX, long largest)
    {
        double variance = Math.Max(0, squaresXX - 2 * mean * squaresX + mean * mean * squares) / (weight * weight);
        double unseen = LargestWeight > 1 ? Unseen * LargestWeight * Math.Max(0, largest - mean) / weight : 0;
        return Normal * Normal * variance + unseen * unseen;
    }
}
