namespace HotPathGen.Runtime;

/// <summary>
/// Sums over a random sample of a context's calls. A call that was chosen with probability p has the weight 1/p, so that the weighted sums are
/// unbiased (Horvitz and Thompson, "A generalization of sampling without replacement from a finite universe", JASA 1952).
/// </summary>
internal struct Sample
{
    /// <summary>The number of sampled calls.</summary>
    public long Calls;

    /// <summary>The sum of their weights.</summary>
    public double Weight;

    /// <summary>The weighted sums of their inclusive bytes and, for the calls that ran the original body, of their inclusive ticks.</summary>
    public double Bytes;
    public double TimedWeight;
    public double Ticks;

    /// <summary>For the variance of the mean time: the sums of w², of w²x and of w²x².</summary>
    public double SquaredWeights;
    public double SquaredWeightsTicks;
    public double SquaredTicks;

    /// <summary>The weighted ticks of recorded calls that these calls made.</summary>
    public double NestedTicks;

    public void AddBytes(long weight, long bytes)
    {
        Calls++;
        Weight += weight;
        Bytes += (double)weight * bytes;
    }

    public void AddTicks(long weight, long ticks)
    {
        double square = (double)weight * weight;
        TimedWeight += weight;
        Ticks += (double)weight * ticks;
        SquaredWeights += square;
        SquaredWeightsTicks += square * ticks;
        SquaredTicks += square * ticks * ticks;
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
    }
}
