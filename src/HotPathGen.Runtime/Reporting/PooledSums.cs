namespace HotPathGen.Runtime;

/// <summary>The figures of one pooled parameter, summed over all threads.</summary>
internal sealed unsafe class PooledSums
{
    public long OnStack,
        Rented,
        Returned,
        AskedBytes,
        GotBytes,
        Misses,
        MissBytes,
        Quarantined,
        UsesAfterReturn,
        DoubleReturns,
        MaxLength;
    public int ElementSize;
    public readonly long[] Lengths = new long[Histogram.BucketCount];

    public void Add(PooledCounters* counters)
    {
        OnStack += counters->OnStack;
        Rented += counters->Rented;
        Returned += counters->Returned;
        AskedBytes += counters->AskedBytes;
        GotBytes += counters->GotBytes;
        Misses += counters->Misses;
        MissBytes += counters->MissBytes;
        Quarantined += counters->Quarantined;
        UsesAfterReturn += counters->UsesAfterReturn;
        DoubleReturns += counters->DoubleReturns;
        MaxLength = Math.Max(MaxLength, counters->MaxLength);
        ElementSize = Math.Max(ElementSize, counters->ElementSize);
        counters->Lengths.AddTo(Lengths);
    }

    public PooledParameter ToParameter(PooledLine line)
    {
        var lengths = new Distribution(0, 0, 0, MaxLength, Lengths);
        return new()
        {
            Parameter = line.Parameter,
            Kind = line.Kind,
            Element = line.Element,
            ElementBytes = ElementSize,
            StackLimit = line.StackLimit,
            Uses = OnStack + Rented,
            OnStack = OnStack,
            Rented = Rented,
            // Buffers of calls that are running, or leaked buffers. After a reset, more buffers may be returned than were rented.
            Outstanding = Math.Max(0, Rented - Returned),
            AskedBytes = AskedBytes,
            GotBytes = GotBytes,
            Misses = Misses,
            MissBytes = MissBytes,
            Quarantined = Quarantined,
            UsesAfterReturn = UsesAfterReturn,
            DoubleReturns = DoubleReturns,
            Length = PooledLength.Of(lengths),
            StackLimitFor95 = PooledParameter.LimitFor(0.95, lengths, line.StackLimit, ElementSize),
            StackLimitFor99 = PooledParameter.LimitFor(0.99, lengths, line.StackLimit, ElementSize),
        };
    }
}
