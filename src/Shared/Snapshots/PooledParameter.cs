namespace HotPathGen.Shared;

/// <summary>A pooled parameter of a method.</summary>
internal sealed record PooledParameter : IRecord
{
    public required string Parameter { get; init; }
    public required PooledKind Kind { get; init; }
    public required string Element { get; init; }
    public required int ElementBytes { get; init; }

    /// <summary>Bytes that may be on the stack; 0 where none may.</summary>
    public required int StackLimit { get; init; }
    public required long Uses { get; init; }
    public required long OnStack { get; init; }
    public required long Rented { get; init; }

    /// <summary>Rented and not returned.</summary>
    public required long Outstanding { get; init; }
    public required long AskedBytes { get; init; }
    public required long GotBytes { get; init; }
    public required long Misses { get; init; }
    public required long MissBytes { get; init; }
    public required long Quarantined { get; init; }
    public required long UsesAfterReturn { get; init; }
    public required long DoubleReturns { get; init; }

    /// <summary>In elements.</summary>
    public required PooledLength Length { get; init; }

    /// <summary>The limit that would keep 95 % of the uses on the stack; null where the stack is out of the question.</summary>
    public long? StackLimitFor95 { get; init; }
    public long? StackLimitFor99 { get; init; }

    /// <summary>
    /// Bytes of stack that so large a share of the lengths fits into; null where the stack is out of the question. At most 12.5 % too much,
    /// never too little.
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
