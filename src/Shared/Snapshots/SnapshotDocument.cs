using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>A snapshot file, <c>hotpath/1</c>, member by member. Times are in nanoseconds, memory is in bytes.</summary>
internal sealed record SnapshotDocument : IRecord
{
    public const string SchemaName = SnapshotNames.SnapshotSchema;

    public required string Schema { get; init; }

    /// <summary>The measured process. In a merged snapshot, the process of the first run.</summary>
    public required MeasuredProcess Process { get; init; }

    /// <summary>In a merged snapshot: every run, in the order in which they were given.</summary>
    public MeasuredProcess[]? Runs { get; init; }

    public required HistogramRule Histogram { get; init; }

    /// <summary>The hot methods, sorted by assembly and id in ordinal order.</summary>
    public required Method[] Methods { get; init; }

    /// <summary>The contexts, depth first, with children in the order of their methods.</summary>
    public required ContextNode[] Contexts { get; init; }

    /// <summary>
    /// The operations in which hot code ran, sorted by name in ordinal order; null in snapshots of earlier versions and where no activity was
    /// started.
    /// </summary>
    public Operation[]? Operations { get; init; }

    /// <summary>The hot methods that are not measured.</summary>
    public required UnmeasuredMethod[] Coverage { get; init; }

    /// <summary>
    /// Slow and large calls, the newest first; null if the program was not asked to keep them, and in snapshots of earlier versions.
    /// </summary>
    public KeptCall[]? KeptCalls { get; init; }

    public required string[] Notes { get; init; }

    /// <summary>The name of the only operation that the figures are of; null if they are of all code.</summary>
    [JsonIgnore]
    public string? OnlyOperation { get; init; }

    /// <summary>The number of runs of the program that the figures include.</summary>
    [JsonIgnore]
    public int RunCount => Runs?.Length ?? 1;

    /// <summary>Whether the bytes of the methods that have <see cref="Method.SampledCalls"/> are estimates.</summary>
    [JsonIgnore]
    public bool HasEstimatedBytes => (Runs ?? [Process]).Any(static run => run.Detail is DetailLevel.Light);

    /// <summary>Whether the means of time are estimates for all calls, and not those of the control calls.</summary>
    [JsonIgnore]
    public bool HasEstimatedTime => (Runs ?? [Process]).Any(static run => run.Detail is < DetailLevel.Full);

    /// <summary>The operation of each context, as a place in <see cref="Operations"/>; null for those outside of operations.</summary>
    [JsonIgnore]
    public int?[] OperationsOfContexts
    {
        get
        {
            int?[] operations = new int?[Contexts.Length];
            foreach (var context in Contexts)
            {
                operations[context.Id] = context.Parent is { } parent ? operations[parent] : context.Operation;
            }

            return operations;
        }
    }

    /// <summary>A number that grows with everything that is recorded. Two snapshots of a run with the same number have the same content.</summary>
    [JsonIgnore]
    public long EventCount => Methods.Sum(static m => m.Calls + m.Failures + m.Time.Histogram.Total + m.Allocated.Histogram.Total);

    /// <summary>The start of its newest run, in UTC. All values have one format, so that ordinal order is the order of time.</summary>
    [JsonIgnore]
    public string NewestStart => (Runs ?? [Process]).Select(static run => run.Start).Max(StringComparer.Ordinal)!;

    public void Write(MemberWriter to)
    {
        to.Add(Schema);
        to.Add(Process);
        to.Add(Runs);
        to.Add(Histogram);
        to.Add(Methods);
        to.Add(Contexts);
        to.Add(Operations);
        to.Add(Coverage);
        to.Add(KeptCalls);
        to.Add(Notes);
    }
}

/// <summary>How the buckets of all histograms are numbered.</summary>
internal sealed record HistogramRule : IRecord
{
    /// <summary>The only rule in this schema.</summary>
    public static readonly HistogramRule Current = new()
    {
        Buckets = Histogram.BucketCount,
        PowersOfTwo = Histogram.PowerOfTwoCount,
        MaxRelativeError = Histogram.MaxRelativeError,
        Rule = Histogram.Rule,
    };

    public required int Buckets { get; init; }
    public required int PowersOfTwo { get; init; }
    public required double MaxRelativeError { get; init; }
    public required string Rule { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Buckets);
        to.Add(PowersOfTwo);
        to.Add(MaxRelativeError);
        to.Add(Rule);
    }
}

/// <summary>
/// A node of the call tree. Its id is its place in the list, and a parent comes before its children. Its method is a place in the list of
/// methods. The method is null for calls beyond a thread's bound of contexts.
/// </summary>
internal sealed record ContextNode : IRecord
{
    public required int Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Parent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Method { get; init; }

    /// <summary>Of a context without a parent: the operation in which it and those below it ran, as a place in the list; null for none.</summary>
    public int? Operation { get; init; }

    public required long Calls { get; init; }
    public required long InclusiveNs { get; init; }
    public required long SelfNs { get; init; }
    public required long InclusiveBytes { get; init; }
    public required long SelfBytes { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Id);
        to.AddPlace(Parent);
        to.AddPlace(Method);
        to.Add(Operation);
        to.Add(Calls);
        to.Add(InclusiveNs);
        to.Add(SelfNs);
        to.Add(InclusiveBytes);
        to.Add(SelfBytes);
    }
}

/// <summary>A hot method that is not measured, and why.</summary>
internal sealed record UnmeasuredMethod : IRecord
{
    public required string Name { get; init; }
    public required string File { get; init; }
    public required int Line { get; init; }
    public required string Reason { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Name);
        to.Add(File);
        to.Add(Line);
        to.Add(Reason);
    }
}
