using System.Text.Json.Serialization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>What one must know of a run to read its figures.</summary>
internal sealed record MeasuredProcess
{
    public required string App { get; init; }
    public required AssemblyFolder[] Assemblies { get; init; }
    public required string[] CommandLine { get; init; }

    /// <summary>UTC, as the runtime wrote it.</summary>
    public required string Start { get; init; }

    public required long DurationNs { get; init; }
    public required string Runtime { get; init; }
    public required string Os { get; init; }
    public required string Architecture { get; init; }
    public required int Cores { get; init; }
    public required GarbageCollection Gc { get; init; }
    public required Tiering Tiering { get; init; }
    public required ClockSource Clock { get; init; }
    public required ProbeCost Probe { get; init; }

    /// <summary>The <c>HOTPATH</c> variables that were set.</summary>
    public required Dictionary<string, string> Environment { get; init; }
}

/// <summary>Where the sources of an assembly's methods are: their files are relative to it.</summary>
internal sealed record AssemblyFolder
{
    public required string Name { get; init; }
    public required string Directory { get; init; }
}

internal sealed record GarbageCollection
{
    public required bool Server { get; init; }
    public required bool Concurrent { get; init; }
    public required long Gen0 { get; init; }
    public required long Gen1 { get; init; }
    public required long Gen2 { get; init; }
    public required long PauseNs { get; init; }
    public required long HeapBytes { get; init; }
}

/// <summary>The settings that decide which code runs: bytes differ by tier.</summary>
internal sealed record Tiering
{
    public required TieringSetting TieredCompilation { get; init; }
    public required TieringSetting TieredPgo { get; init; }
    public required TieringSetting ReadyToRun { get; init; }
    public required TieringSetting QuickJitForLoops { get; init; }
}

internal sealed record TieringSetting
{
    public required bool Value { get; init; }

    /// <summary><c>environment</c>, <c>runtimeconfig</c>, <c>default</c> or <c>ahead-of-time</c>.</summary>
    public required string Source { get; init; }
}

internal sealed record ClockSource
{
    /// <summary><c>hardware</c>, <c>stopwatch</c> or <c>none</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Ticks a second; 0 without a clock.</summary>
    public required long Frequency { get; init; }

    [JsonIgnore]
    public bool IsNone => Kind == "none";
}

/// <summary>What a frame costs: all of it, and the part that would be in its own figures if it were not subtracted.</summary>
internal sealed record ProbeCost
{
    public required double InnerNs { get; init; }
    public required double FrameNs { get; init; }
}
