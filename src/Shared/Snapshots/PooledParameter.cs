namespace HotPathGen.Shared;

/// <summary>The figures of a pooled parameter of a method.</summary>
internal sealed record PooledParameter : IRecord
{
    public required string Parameter { get; init; }
    public required PooledKind Kind { get; init; }
    public required string Element { get; init; }
    public required int ElementBytes { get; init; }

    /// <summary>The bytes that may be on the stack; 0 if none may.</summary>
    public required int StackLimit { get; init; }
    public required long Uses { get; init; }
    public required long OnStack { get; init; }
    public required long Rented { get; init; }

    /// <summary>The number of buffers that were rented and not returned.</summary>
    public required long Outstanding { get; init; }
    public required long AskedBytes { get; init; }
    public required long GotBytes { get; init; }
    public required long Misses { get; init; }
    public required long MissBytes { get; init; }
    public required long Quarantined { get; init; }
    public required long UsesAfterReturn { get; init; }
    public required long DoubleReturns { get; init; }

    /// <summary>The lengths, in elements.</summary>
    public required PooledLength Length { get; init; }

    /// <summary>The limit that would keep 95 % of the uses on the stack; null if the stack cannot be used.</summary>
    public long? StackLimitFor95 { get; init; }
    public long? StackLimitFor99 { get; init; }

    /// <summary>
    /// Returns the bytes of stack that are enough for this share of the lengths; null if the stack cannot be used. At most 12.5 % too large, and
    /// never too small.
    /// </summary>
    public static long? LimitFor(double share, Distribution lengths, int stackLimit, int elementBytes) =>
        stackLimit == 0 || lengths.Count == 0 ? null : lengths.UpperBound(share) * elementBytes;

    public void Write(MemberWriter to)
    {
        to.Add(Parameter);
        to.Add(Words.Of(Kind), nameof(Kind));
        to.Add(Element);
        to.Add(ElementBytes);
        to.Add(StackLimit);
        to.Add(Uses);
        to.Add(OnStack);
        to.Add(Rented);
        to.Add(Outstanding);
        to.Add(AskedBytes);
        to.Add(GotBytes);
        to.Add(Misses);
        to.Add(MissBytes);
        to.Add(Quarantined);
        to.Add(UsesAfterReturn);
        to.Add(DoubleReturns);
        to.Add(Length);
        to.Add(StackLimitFor95);
        to.Add(StackLimitFor99);
    }
}

internal sealed record PooledLength : IRecord
{
    public static PooledLength Of(Distribution lengths) =>
        new()
        {
            P50 = lengths.Percentile(0.50),
            P95 = lengths.Percentile(0.95),
            P99 = lengths.Percentile(0.99),
            Max = lengths.Max,
            Histogram = SparseCounts.Of(lengths.Counts),
        };

    public required long P50 { get; init; }
    public required long P95 { get; init; }
    public required long P99 { get; init; }
    public required long Max { get; init; }
    public required SparseCounts Histogram { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(P50);
        to.Add(P95);
        to.Add(P99);
        to.Add(Max);
        to.Add(Histogram);
    }
}
