namespace HotPathGen.Tool.Snapshots;

/// <summary>A pooled parameter of a method.</summary>
internal sealed record PooledParameter
{
    public required string Parameter { get; init; }
    public required string Kind { get; init; }
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
}

internal sealed record PooledLength
{
    public required long P50 { get; init; }
    public required long P95 { get; init; }
    public required long P99 { get; init; }
    public required long Max { get; init; }
    public required SparseCounts Histogram { get; init; }
}
