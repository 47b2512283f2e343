using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>A snapshot file, <c>hotpath/1</c>, member by member. Times in nanoseconds, memory in bytes.</summary>
internal sealed record SnapshotDocument
{
    public const string SchemaName = "hotpath/1";

    [JsonConverter(typeof(SchemaConverter))]
    public required string Schema { get; init; }

    /// <summary>Of a merged snapshot: the first run's.</summary>
    public required MeasuredProcess Process { get; init; }

    /// <summary>Of a merged snapshot: every run, in the order in which they were given.</summary>
    public MeasuredProcess[]? Runs { get; init; }

    public required HistogramRule Histogram { get; init; }

    /// <summary>Sorted by assembly and id, ordinally.</summary>
    public required Method[] Methods { get; init; }

    /// <summary>Depth first, children in the order of their methods.</summary>
    public required Context[] Contexts { get; init; }

    /// <summary>The hot methods that are not measured.</summary>
    public required PlainMethod[] Coverage { get; init; }

    public required string[] Notes { get; init; }

    /// <summary>How many runs of the program the figures are of.</summary>
    [JsonIgnore]
    public int RunCount => Runs?.Length ?? 1;

    /// <summary>When the newest of its runs started, in UTC and one format, so that ordinal order is that of time.</summary>
    [JsonIgnore]
    public string NewestStart => (Runs ?? [Process]).Select(static run => run.Start).Max(StringComparer.Ordinal)!;
}

/// <summary>How the buckets of all histograms are numbered.</summary>
internal sealed record HistogramRule
{
    public required int Buckets { get; init; }
    public required int Octaves { get; init; }
    public required double MaxRelativeError { get; init; }
    public required string Rule { get; init; }
}

/// <summary>
/// A node of the tree of who called whom. Its id is its place in the list, a parent comes before its children; its method is a place in the
/// list of methods, null for what was called beyond a thread's bound of contexts.
/// </summary>
internal sealed record Context
{
    public required int Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Parent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Method { get; init; }

    public required long Calls { get; init; }
    public required long InclusiveNs { get; init; }
    public required long SelfNs { get; init; }
    public required long InclusiveBytes { get; init; }
    public required long SelfBytes { get; init; }
}

/// <summary>A hot method that is not measured, and why.</summary>
internal sealed record PlainMethod
{
    public required string Name { get; init; }
    public required string File { get; init; }
    public required int Line { get; init; }
    public required string Reason { get; init; }
}
