using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>The figures of a hot method. Its assembly and id identify it in all snapshots.</summary>
internal sealed record Method : IRecord
{
    /// <summary>
    /// Its documentation-comment id. For a block of <c>HotPath.Measure</c> it is <c>B:</c> and the block's name, and the assembly is empty.
    /// </summary>
    public required string Id { get; init; }
    public required string Assembly { get; init; }
    public required string Name { get; init; }

    /// <summary>The file path, relative to the assembly's folder; empty for a block.</summary>
    public required string File { get; init; }
    public required int Line { get; init; }

    public required MethodForm Form { get; init; }

    /// <summary>The bytes that its attribute allows a call to allocate on average; null without such a budget.</summary>
    public int? MaxBytesPerCall { get; init; }

    /// <summary>The calls that allocated more than the budget; null without a budget, and in snapshots of earlier versions.</summary>
    public Breaches? Breaches { get; init; }
    public required long Calls { get; init; }

    /// <summary>Calls that were running when the snapshot was taken.</summary>
    public required long Open { get; init; }
    public required long Failures { get; init; }
    public required long Threads { get; init; }

    /// <summary>The number of first calls of each context that are recorded at every level but off.</summary>
    public const int AlwaysRecorded = 64;

    /// <summary>The number of recorded calls, if not every call was: time, percentiles and sites are estimates from them.</summary>
    public long? SampledCalls { get; init; }

    /// <summary>The 95 % interval of the mean time is the mean plus and minus this; null if every call was recorded.</summary>
    public double? MeanMarginNs { get; init; }

    /// <summary>
    /// The 95 % interval of the mean bytes is the mean plus and minus this. It is null if the bytes are exact; where they are estimates all the same
    /// (<see cref="SnapshotDocument.HasEstimatedBytes"/>), it is not known how good they are.
    /// </summary>
    public double? MeanMarginBytes { get; init; }

    /// <summary>The number of calls that have ended; only for async methods, iterators and blocks.</summary>
    public long? Completed { get; init; }

    /// <summary>The time until the calls ended, in ns; only for async methods, iterators and blocks.</summary>
    public long? WallNs { get; init; }

    /// <summary>Whether a frame costs more than 10 % of the mean.</summary>
    public required bool ProbeHeavy { get; init; }
    public required bool MayHoldTier0 { get; init; }
    public required TimeFigures Time { get; init; }

    /// <summary>
    /// What recording its calls cost, with those of nested hot methods; null without a clock, and in snapshots of earlier versions. It is not a part
    /// of its times.
    /// </summary>
    public long? RecordingNs { get; init; }
    public required AllocationFigures Allocated { get; init; }

    /// <summary>The allocated bytes by the power-of-two bucket of the call's time.</summary>
    public required SparseCounts AllocatedByTimeBucket { get; init; }

    /// <summary>
    /// The figures of calls that ran the original body and of calls that ran the instrumented body; null for a method without sites.
    /// </summary>
    public BodyShares? Control { get; init; }
    public long? UnattributedBytes { get; init; }

    /// <summary>The number of all calls divided by the number of probing calls; 0 if there were none.</summary>
    public double? SiteScale { get; init; }

    /// <summary>All sites in the order of the source, including those that were never reached; null for a method without sites.</summary>
    public Site[]? Sites { get; init; }

    /// <summary>The unsupported reason: why the method has no sites.</summary>
    public string? WithoutSites { get; init; }
    public PooledParameter[]? Pooled { get; init; }

    /// <summary>Whether the figures are of one operation. Then those that contexts do not have are not known.</summary>
    [JsonIgnore]
    public bool IsOfOperation { get; init; }

    [JsonIgnore]
    public MethodKey Key => new(Assembly, Id);

    [JsonIgnore]
    public bool HasWallTime => WallNs is not null;

    /// <summary>What recording cost, as a share of the inclusive time, where that is more than a tenth; otherwise null.</summary>
    [JsonIgnore]
    public double? LargeRecordingShare => Time.InclusiveNs > 0 && (double?)RecordingNs / Time.InclusiveNs is var share and > 0.1 ? share : null;

    /// <summary>How much of the method is measured.</summary>
    [JsonIgnore]
    public Coverage Coverage =>
        this switch
        {
            { Form: MethodForm.AsyncFirstSegment } or { Allocated.Basis: BytesBasis.FirstSegment, Form: not MethodForm.Block } =>
                Coverage.ToFirstAwait,
            { WithoutSites: not null } => Coverage.NotBySite,
            _ => Coverage.Whole,
        };

    /// <summary>Whether the instrumented body ran and the method's time is not that of the control calls, which is the production time.</summary>
    [JsonIgnore]
    public bool LacksControl => !HasWallTime && Control is { Probing.Calls: > 0, TimesMethod: false };

    /// <summary>The 95 % interval of <see cref="TimeFigures.P95Ns"/>; null if every call was recorded, or if it is negligible.</summary>
    [JsonIgnore]
    public PercentileInterval? P95IntervalNs => P95IntervalOf(Time.Histogram, Time.MaxNs);

    /// <summary>The same of <see cref="AllocationFigures.P95Bytes"/>, which is of recorded calls, too, where the sum of bytes is exact.</summary>
    [JsonIgnore]
    public PercentileInterval? P95IntervalBytes => P95IntervalOf(Allocated.Histogram, Allocated.MaxBytes);

    /// <summary>Returns the place of a site as reports write it: file, line and column.</summary>
    public string PlaceOf(Site site) => FormattableString.Invariant($"{FileName}:{site.Line}:{site.Column}");

    /// <summary>The name of the file without its folders.</summary>
    [JsonIgnore]
    public string FileName => File[(File.LastIndexOf('/') + 1)..];

    // Where the control times the method, the histogram has only the control calls among the recorded ones.
    private PercentileInterval? P95IntervalOf(SparseCounts histogram, long max) =>
        SampledCalls is { } sampled && Calls > 0
            ? PercentileInterval.Of(0.95, EffectiveCalls(sampled) * Math.Min(1, (double)histogram.Total / Calls), histogram, max)
            : null;

    /// <summary>
    /// The number of recorded calls that would tell as much if each stood for equally many: (Σw)² / Σw² (L. Kish, Survey Sampling, 1965). The first
    /// calls of a context stand for themselves alone. The others are taken as if they were equal, and a thread as if it had one context.
    /// </summary>
    private double EffectiveCalls(long sampled)
    {
        double first = Math.Min((double)AlwaysRecorded * Threads, sampled - 1),
            drawn = sampled - first,
            weight = (Calls - first) / drawn;
        return weight <= 1 ? sampled : (double)Calls * Calls / (first + drawn * weight * weight);
    }

    public void Write(MemberWriter to)
    {
        to.Add(Id);
        to.Add(Assembly);
        to.Add(Name);
        to.Add(File);
        to.Add(Line);
        to.Add(Words.Of(Form), nameof(Form));
        to.Add(MaxBytesPerCall);
        to.Add(Breaches);
        to.Add(Calls);
        to.Add(Open);
        to.Add(Failures);
        to.Add(Threads);
        to.Add(SampledCalls);
        to.Add(MeanMarginNs);
        to.Add(MeanMarginBytes);
        to.Add(Completed);
        to.Add(WallNs);
        to.Add(ProbeHeavy);
        to.Add(MayHoldTier0);
        to.Add(Time);
        to.Add(RecordingNs);
        to.Add(Allocated);
        to.Add(AllocatedByTimeBucket);
        to.Add(Control);
        to.Add(UnattributedBytes);
        to.Add(SiteScale);
        to.Add(Sites);
        to.Add(WithoutSites);
        to.Add(Pooled);
    }
}

internal readonly record struct MethodKey(string Assembly, string Id) : IComparable<MethodKey>
{
    public int CompareTo(MethodKey other) =>
        string.CompareOrdinal(Assembly, other.Assembly) is not 0 and var order ? order : string.CompareOrdinal(Id, other.Id);
}

internal sealed record TimeFigures : IRecord
{
    public required TimeBasis Basis { get; init; }
    public required long InclusiveNs { get; init; }
    public required long SelfNs { get; init; }
    public required long MeanNs { get; init; }
    public required long P50Ns { get; init; }
    public required long P90Ns { get; init; }
    public required long P95Ns { get; init; }
    public required long P99Ns { get; init; }
    public required long MaxNs { get; init; }
    public required SparseCounts Histogram { get; init; }

    public static TimeFigures Of(TimeBasis basis, Distribution time) =>
        new()
        {
            Basis = basis,
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

    public void Write(MemberWriter to)
    {
        to.Add(Words.Of(Basis), nameof(Basis));
        to.Add(InclusiveNs);
        to.Add(SelfNs);
        to.Add(MeanNs);
        to.Add(P50Ns);
        to.Add(P90Ns);
        to.Add(P95Ns);
        to.Add(P99Ns);
        to.Add(MaxNs);
        to.Add(Histogram);
    }
}

internal sealed record AllocationFigures : IRecord
{
    public required BytesBasis Basis { get; init; }
    public required long InclusiveBytes { get; init; }
    public required long SelfBytes { get; init; }
    public required long MeanBytes { get; init; }
    public required long P50Bytes { get; init; }
    public required long P90Bytes { get; init; }
    public required long P95Bytes { get; init; }
    public required long P99Bytes { get; init; }
    public required long MaxBytes { get; init; }
    public required SparseCounts Histogram { get; init; }

    public static AllocationFigures Of(BytesBasis basis, Distribution allocated) =>
        new()
        {
            Basis = basis,
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

    public void Write(MemberWriter to)
    {
        to.Add(Words.Of(Basis), nameof(Basis));
        to.Add(InclusiveBytes);
        to.Add(SelfBytes);
        to.Add(MeanBytes);
        to.Add(P50Bytes);
        to.Add(P90Bytes);
        to.Add(P95Bytes);
        to.Add(P99Bytes);
        to.Add(MaxBytes);
        to.Add(Histogram);
    }
}
