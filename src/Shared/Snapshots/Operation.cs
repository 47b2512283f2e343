using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>
/// The figures of an operation: of its calls, and of the hot code that ran in them. A call is an activity, such as a request, or a scope of
/// <c>HotPath.Operation</c>.
/// </summary>
internal sealed record Operation : IRecord
{
    /// <summary>For requests it is method and route. It identifies the operation in all snapshots.</summary>
    public required string Name { get; init; }

    /// <summary>The calls that have ended. The next member is the calls that were running when the snapshot was taken.</summary>
    public required long Calls { get; init; }
    public required long Open { get; init; }

    /// <summary>The calls whose activity says that they failed, or that an exception left in a hot method with no hot method around it.</summary>
    public required long Failures { get; init; }

    /// <summary>
    /// The self bytes and self time of all its contexts, also of those calls that run and of what goes on after a call has ended. They are estimates
    /// where those of methods are.
    /// </summary>
    public required long AllocatedBytes { get; init; }
    public required long HotNs { get; init; }

    /// <summary>The time from the start to the end of its calls.</summary>
    public required long WallNs { get; init; }
    public required long P50WallNs { get; init; }
    public required long P95WallNs { get; init; }
    public required long P99WallNs { get; init; }
    public required long MaxWallNs { get; init; }
    public required SparseCounts WallHistogram { get; init; }

    /// <summary>The bytes of single calls, null if they are not known. Below <c>standard</c>, many frames in a call are not recorded.</summary>
    public long? P50Bytes { get; init; }
    public long? P95Bytes { get; init; }
    public long? P99Bytes { get; init; }
    public long? MaxBytes { get; init; }

    /// <summary>It has fewer calls than <see cref="Calls"/> where some were not recorded completely.</summary>
    public required SparseCounts BytesHistogram { get; init; }

    [JsonIgnore]
    public long? MeanBytes => Calls > 0 ? AllocatedBytes / Calls : null;

    /// <summary>Returns the figures with the percentiles that belong to them.</summary>
    public static Operation Of(
        string name,
        (long Ended, long Open, long Failed) calls,
        (long Bytes, long Ns) hot,
        Distribution wall,
        Distribution bytes
    ) =>
        new()
        {
            Name = name,
            Calls = calls.Ended,
            Open = calls.Open,
            Failures = calls.Failed,
            AllocatedBytes = hot.Bytes,
            HotNs = hot.Ns,
            WallNs = wall.Inclusive,
            P50WallNs = wall.Percentile(0.50),
            P95WallNs = wall.Percentile(0.95),
            P99WallNs = wall.Percentile(0.99),
            MaxWallNs = wall.Max,
            WallHistogram = SparseCounts.Of(wall.Counts),
            P50Bytes = bytes.Count == 0 ? null : bytes.Percentile(0.50),
            P95Bytes = bytes.Count == 0 ? null : bytes.Percentile(0.95),
            P99Bytes = bytes.Count == 0 ? null : bytes.Percentile(0.99),
            MaxBytes = bytes.Count == 0 ? null : bytes.Max,
            BytesHistogram = SparseCounts.Of(bytes.Counts),
        };

    public void Write(MemberWriter to)
    {
        to.Add(Name);
        to.Add(Calls);
        to.Add(Open);
        to.Add(Failures);
        to.Add(AllocatedBytes);
        to.Add(HotNs);
        to.Add(WallNs);
        to.Add(P50WallNs);
        to.Add(P95WallNs);
        to.Add(P99WallNs);
        to.Add(MaxWallNs);
        to.Add(WallHistogram);
        to.Add(P50Bytes);
        to.Add(P95Bytes);
        to.Add(P99Bytes);
        to.Add(MaxBytes);
        to.Add(BytesHistogram);
    }
}
