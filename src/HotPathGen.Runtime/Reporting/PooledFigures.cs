using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>One pooled parameter over all threads.</summary>
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
}

/// <summary>One pooled parameter as reports show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its core gets: <c>span</c>, <c>memory</c>, <c>segment</c>, <c>array</c>, <c>list</c> or <c>object</c>.</param>
/// <param name="Element">Its element type; the type itself for objects.</param>
/// <param name="StackLimit">Bytes that may be on the stack; 0 where none may.</param>
/// <param name="Lengths">In elements.</param>
/// <param name="Sums">The rest.</param>
internal sealed record PooledFigures(string Name, string Kind, string Element, int StackLimit, Distribution Lengths, PooledSums Sums)
{
    public long Uses => Sums.OnStack + Sums.Rented;

    /// <summary>Rented and not returned: in calls that are running, or leaked. After a reset more may come back than went out.</summary>
    public long Outstanding => Math.Max(0, Sums.Rented - Sums.Returned);

    /// <summary>From the descriptions that generated code announces, a line each: name, kind, element and limit, between tabs.</summary>
    public static PooledFigures[] Of(HotMethod method, Dictionary<int, PooledSums> sums) =>
        [
            .. method
                .Pooled.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(
                    (line, i) =>
                    {
                        string[] parts = line.Split('\t');
                        var own = sums.GetValueOrDefault(i) ?? new();
                        return new PooledFigures(
                            parts[0],
                            parts[1],
                            parts[2],
                            int.Parse(parts[3], CultureInfo.InvariantCulture),
                            new("call", 0, 0, 0, own.MaxLength, own.Lengths),
                            own
                        );
                    }
                ),
        ];

    /// <summary>
    /// Bytes of stack that so large a share of the lengths fits into; null where the stack is out of the question. At most 12.5 % too much, never too
    /// little.
    /// </summary>
    public long? StackLimitFor(double share) => StackLimit == 0 || Lengths.Count == 0 ? null : Lengths.UpperBound(share) * Sums.ElementSize;
}
