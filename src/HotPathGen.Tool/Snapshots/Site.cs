namespace HotPathGen.Tool.Snapshots;

/// <summary>An expression that can allocate: where it is, and what it did in the calls that probed.</summary>
internal sealed record Site
{
    public required int Line { get; init; }
    public required int Column { get; init; }
    public required string Kind { get; init; }
    public required string Type { get; init; }
    public required string Text { get; init; }

    /// <summary>
    /// Of calls, whose the callee is: <c>own</c>, <c>abstract</c>, <c>delegate</c>, <c>framework</c>; null for others, where it is not known, and in
    /// snapshots of earlier versions.
    /// </summary>
    public string? Origin { get; init; }
    public required long Hits { get; init; }
    public required long AllocatingHits { get; init; }

    /// <summary>Null where a hit may make several.</summary>
    public long? Objects { get; init; }
    public required long Bytes { get; init; }
    public required long MaxBytes { get; init; }
    public required long LargeObjectHits { get; init; }
    public required long LargeObjectBytes { get; init; }

    /// <summary>Hits by the power of two that their bytes are.</summary>
    public required SparseCounts SizeClasses { get; init; }

    /// <summary>Hits that allocated in calls that had allocated more than they may; null without a budget.</summary>
    public Breaches? Breaches { get; init; }
}

/// <summary>How often a budget was not kept.</summary>
internal sealed record Breaches
{
    public required long Count { get; init; }

    /// <summary>The first time, innermost call first; empty for never.</summary>
    public required string[] FirstStack { get; init; }

    public static Breaches? Sum(Breaches? a, Breaches? b) =>
        a is null || b is null
            ? a ?? b
            : new() { Count = checked(a.Count + b.Count), FirstStack = a.FirstStack.Length > 0 ? a.FirstStack : b.FirstStack };
}

/// <summary>What the calls that ran the plain twin did, and those that ran the probing one.</summary>
internal sealed record TwinShares
{
    public required TwinShare Control { get; init; }
    public required TwinShare Probing { get; init; }

    /// <summary>Whether the method's time is that of the control calls.</summary>
    public required bool TimesMethod { get; init; }

    /// <summary>Self bytes of a probing call less those of a control call, where that is more than chance explains. May be negative.</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(DifferenceConverter))]
    public double? DifferenceBytesPerCall { get; init; }
}

internal sealed record TwinShare
{
    public required long Calls { get; init; }
    public required long SelfBytes { get; init; }
    public required long SelfNs { get; init; }
    public required long TotalNs { get; init; }
}
