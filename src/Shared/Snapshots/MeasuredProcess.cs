using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>What one must know of a run to read its figures.</summary>
internal sealed record MeasuredProcess : IRecord
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

    /// <summary>That recorded at one time, at most; null in snapshots of earlier versions.</summary>
    public int? Threads { get; init; }
    public required GarbageCollection Gc { get; init; }
    public required Tiering Tiering { get; init; }
    public required ClockSource Clock { get; init; }
    public required FrameCost Probe { get; init; }

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
        to.Add(Environment);
    }
}

/// <summary>Where the sources of an assembly's methods are: their files are relative to it.</summary>
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

/// <summary>The settings that decide which code runs: bytes differ by tier.</summary>
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

    /// <summary>Ticks a second; 0 without a clock.</summary>
    public required long Frequency { get; init; }

    [JsonIgnore]
    public bool IsNone => Kind == ClockKind.None;

    public void Write(MemberWriter to)
    {
        to.Add(Words.Of(Kind), nameof(Kind));
        to.Add(Frequency);
    }
}

/// <summary>What a frame costs: all of it, and the part that would be in its own figures if it were not subtracted.</summary>
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
