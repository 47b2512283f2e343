using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>The facts about a run that are needed to understand its figures.</summary>
internal sealed record MeasuredProcess : IRecord
{
    public required string App { get; init; }
    public required AssemblyFolder[] Assemblies { get; init; }
    public required string[] CommandLine { get; init; }

    /// <summary>The start time in UTC, in the format in which the runtime writes it.</summary>
    public required string Start { get; init; }

    public required long DurationNs { get; init; }
    public required string Runtime { get; init; }
    public required string Os { get; init; }
    public required string Architecture { get; init; }
    public required int Cores { get; init; }

    /// <summary>The largest number of threads that recorded at one time; null in snapshots of earlier versions.</summary>
    public int? Threads { get; init; }
    public required GarbageCollection Gc { get; init; }
    public required Tiering Tiering { get; init; }
    public required ClockSource Clock { get; init; }
    public required FrameCost Probe { get; init; }

    /// <summary>The lowest level at which calls were recorded; null in snapshots of earlier versions, which recorded every call.</summary>
    public DetailLevel? Detail { get; init; }

    /// <summary>The <c>HOTPATH</c> variables that were set.</summary>
    public required Dictionary<string, string> Environment { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(App);
        to.Add(Assemblies);
        to.Add(CommandLine);
        to.Add(Start);
        to.Add(DurationNs);
        to.Add(Runtime);
        to.Add(Os);
        to.Add(Architecture);
        to.Add(Cores);
        to.Add(Threads);
        to.Add(Gc);
        to.Add(Tiering);
        to.Add(Clock);
        to.Add(Probe);
        to.Add(Detail is { } detail ? Words.Of(detail) : null, nameof(Detail));
        to.Add(Environment);
    }
}

/// <summary>The folder of an assembly's sources. The file paths of its methods are relative to it.</summary>
internal sealed record AssemblyFolder : IRecord
{
    public required string Name { get; init; }
    public required string Directory { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Name);
        to.Add(Directory);
    }
}

internal sealed record GarbageCollection : IRecord
{
    public required bool Server { get; init; }
    public required bool Concurrent { get; init; }
    public required long Gen0 { get; init; }
    public required long Gen1 { get; init; }
    public required long Gen2 { get; init; }
    public required long PauseNs { get; init; }
    public required long HeapBytes { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(Server);
        to.Add(Concurrent);
        to.Add(Gen0);
        to.Add(Gen1);
        to.Add(Gen2);
        to.Add(PauseNs);
        to.Add(HeapBytes);
    }
}

/// <summary>The settings that decide which code runs. The allocated bytes differ by tier.</summary>
internal sealed record Tiering : IRecord
{
    public required TieringSetting TieredCompilation { get; init; }
    public required TieringSetting TieredPgo { get; init; }
    public required TieringSetting ReadyToRun { get; init; }
    public required TieringSetting QuickJitForLoops { get; init; }

    [JsonIgnore]
    public bool IsAheadOfTime => TieredCompilation.Source == SettingSource.AheadOfTime;

    public void Write(MemberWriter to)
    {
        to.Add(TieredCompilation);
        to.Add(TieredPgo);
        to.Add(ReadyToRun);
        to.Add(QuickJitForLoops);
    }
}

internal sealed record TieringSetting : IRecord
{
    public required bool Value { get; init; }

    public required SettingSource Source { get; init; }

    public override string ToString() => (Value ? "on" : "off") + (Source == SettingSource.Default ? "" : $" ({Words.Of(Source)})");

    public void Write(MemberWriter to)
    {
        to.Add(Value);
        to.Add(Words.Of(Source), nameof(Source));
    }
}

internal sealed record ClockSource : IRecord
{
    public required ClockKind Kind { get; init; }

    /// <summary>The number of ticks per second; 0 without a clock.</summary>
    public required long Frequency { get; init; }

    [JsonIgnore]
    public bool IsNone => Kind == ClockKind.None;

    public void Write(MemberWriter to)
    {
        to.Add(Words.Of(Kind), nameof(Kind));
        to.Add(Frequency);
    }
}

/// <summary>The cost of a frame: the total, and the part that would be in the frame's own figures if it were not subtracted.</summary>
internal sealed record FrameCost : IRecord
{
    public required double InnerNs { get; init; }
    public required double FrameNs { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(InnerNs);
        to.Add(FrameNs);
    }
}
