using System.Text.Json.Serialization;
using HotPathGen.Runtime;

namespace HotPathGen.Tool.Snapshots;

/// <summary>A hot method's figures. Over snapshots it is known by its assembly and id.</summary>
internal sealed record Method
{
    /// <summary>Its documentation-comment id; <c>B:</c> and its name for a block of <c>HotPath.Measure</c>, whose assembly is empty.</summary>
    public required string Id { get; init; }
    public required string Assembly { get; init; }
    public required string Name { get; init; }

    /// <summary>Relative to its assembly's folder; empty for a block.</summary>
    public required string File { get; init; }
    public required int Line { get; init; }

    /// <summary>How it is measured: <c>pair</c>, <c>in-place</c>, <c>async</c>, <c>iterator</c>, <c>async-iterator</c>, <c>block</c>.</summary>
    public required string Form { get; init; }

    /// <summary>What its attribute lets a call allocate on average; null without such a budget.</summary>
    public int? MaxBytesPerCall { get; init; }

    /// <summary>Calls that allocated more; null without such a budget, and in snapshots of earlier versions.</summary>
    public Breaches? Breaches { get; init; }
    public required long Calls { get; init; }

    /// <summary>Calls that were running when the snapshot was taken.</summary>
    public required long Open { get; init; }
    public required long Failures { get; init; }
    public required long Threads { get; init; }

    /// <summary>Calls that came to their end; of async methods, iterators and blocks alone.</summary>
    public long? Completed { get; init; }

    /// <summary>Time to their end; of async methods, iterators and blocks alone.</summary>
    public long? WallNs { get; init; }

    /// <summary>Whether a frame costs more than 10 % of the mean.</summary>
    public required bool ProbeHeavy { get; init; }
    public required bool MayHoldTier0 { get; init; }
    public required TimeFigures Time { get; init; }
    public required AllocationFigures Allocated { get; init; }
    public required SparseCounts AllocatedByTimeOctave { get; init; }

    /// <summary>What the twins did; null for a method without sites.</summary>
    public TwinShares? Control { get; init; }
    public long? UnattributedBytes { get; init; }

    /// <summary>All calls by those that probed; 0 where none did.</summary>
    public double? SiteScale { get; init; }

    /// <summary>All of them in the order of the source, those never reached too; null for a method without sites.</summary>
    public Site[]? Sites { get; init; }

    /// <summary>Why the method has no sites.</summary>
    public string? WithoutSites { get; init; }
    public PooledParameter[]? Pooled { get; init; }

    [JsonIgnore]
    public MethodKey Key => new(Assembly, Id);

    [JsonIgnore]
    public bool HasWallTime => WallNs is not null;

    /// <summary>What of it is not measured, in the words of <see cref="Runtime.Coverage"/>; empty for nothing.</summary>
    [JsonIgnore]
    public string Coverage => Runtime.Coverage.Of(Form, Allocated.Basis, WithoutSites);
}

internal readonly record struct MethodKey(string Assembly, string Id) : IComparable<MethodKey>
{
    public int CompareTo(MethodKey other) =>
        string.CompareOrdinal(Assembly, other.Assembly) is not 0 and var order ? order : string.CompareOrdinal(Id, other.Id);
}

internal sealed record TimeFigures
{
    /// <summary>What mean, percentiles and maximum are of: <c>thread</c> or <c>wall</c> time.</summary>
    public required string Basis { get; init; }
    public required long InclusiveNs { get; init; }
    public required long SelfNs { get; init; }
    public required long MeanNs { get; init; }
    public required long P50Ns { get; init; }
    public required long P90Ns { get; init; }
    public required long P95Ns { get; init; }
    public required long P99Ns { get; init; }
    public required long MaxNs { get; init; }
    public required SparseCounts Histogram { get; init; }

    public static TimeFigures Of(Distribution time) =>
        new()
        {
            Basis = time.Basis,
            InclusiveNs = time.Inclusive,
            SelfNs = time.Self,
            MeanNs = time.Mean,
            P50Ns = time.Percentile(0.50),
            P90Ns = time.Percentile(0.90),
            P95Ns = time.Percentile(0.95),
            P99Ns = time.Percentile(0.99),
            MaxNs = time.Max,
            Histogram = SparseCounts.Of(time.Counts),
        };
}

internal sealed record AllocationFigures
{
    /// <summary>What mean, percentiles and maximum are of: <c>call</c>, <c>enumeration</c> or <c>first-stretch</c>.</summary>
    public required string Basis { get; init; }
    public required long InclusiveBytes { get; init; }
    public required long SelfBytes { get; init; }
    public required long MeanBytes { get; init; }
    public required long P50Bytes { get; init; }
    public required long P90Bytes { get; init; }
    public required long P95Bytes { get; init; }
    public required long P99Bytes { get; init; }
    public required long MaxBytes { get; init; }
    public required SparseCounts Histogram { get; init; }

    public static AllocationFigures Of(Distribution allocated) =>
        new()
        {
            Basis = allocated.Basis,
            InclusiveBytes = allocated.Inclusive,
            SelfBytes = allocated.Self,
            MeanBytes = allocated.Mean,
            P50Bytes = allocated.Percentile(0.50),
            P90Bytes = allocated.Percentile(0.90),
            P95Bytes = allocated.Percentile(0.95),
            P99Bytes = allocated.Percentile(0.99),
            MaxBytes = allocated.Max,
            Histogram = SparseCounts.Of(allocated.Counts),
        };
}
