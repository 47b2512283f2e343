using System.Text.Json.Serialization;

namespace HotPathGen.Shared;

/// <summary>The facts about a run that are needed to understand its figures.</summary>
internal sealed record MeasuredProcess : IRecord
{
    public required string App { get; init; }

    /// <summary>The version of the program, as its build has it; null if it has none, and in snapshots of earlier versions.</summary>
    public string? Version { get; init; }

    /// <summary>The name of the machine or container; null in snapshots of earlier versions.</summary>
    public string? Host { get; init; }
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

    /// <summary>
    /// The bytes that all threads of the process allocated while the snapshot's figures were recorded; the next figure is the part of them that the
    /// runtime of HotPathGen is known to have allocated. Null in snapshots of earlier versions, like the figures below.
    /// </summary>
    public long? AllocatedBytes { get; init; }
    public long? OwnBytes { get; init; }

    /// <summary>The processor time of the process in that span, recording included; null on systems that do not tell it.</summary>
    public long? ProcessorNs { get; init; }

    /// <summary>What recording cost; null without a clock.</summary>
    public RecordingCost? Recording { get; init; }

    /// <summary>The lowest level at which calls were recorded; null in snapshots of earlier versions, which recorded every call.</summary>
    public DetailLevel? Detail { get; init; }

    /// <summary>The <c>HOTPATH</c> variables that were set.</summary>
    public required Dictionary<string, string> Environment { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(App);
        to.Add(Version);
        to.Add(Host);
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
        to.Add(AllocatedBytes);
        to.Add(OwnBytes);
        to.Add(ProcessorNs);
        to.Add(Recording);
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

    /// <summary>The cost of a recorded frame among others that are not; null in snapshots of earlier versions, like the figures below.</summary>
    public double? SampledFrameNs { get; init; }

    /// <summary>The cost of a light frame, which reads bytes; the next figure is that of a call without a frame, which is counted.</summary>
    public double? BytesFrameNs { get; init; }
    public double? SkippedCallNs { get; init; }

    /// <summary>The cost of a probe at a site.</summary>
    public double? SiteNs { get; init; }

    public void Write(MemberWriter to)
    {
        to.Add(InnerNs);
        to.Add(FrameNs);
        to.Add(SampledFrameNs);
        to.Add(BytesFrameNs);
        to.Add(SkippedCallNs);
        to.Add(SiteNs);
    }
}

/// <summary>
/// What recording cost the threads of the program while the snapshot's figures were recorded. It is subtracted from all times of methods.
/// </summary>
internal sealed record RecordingCost : IRecord
{
    /// <summary>The recorded calls; the next figure is what their frames cost.</summary>
    public required long RecordedFrames { get; init; }
    public required long RecordedNs { get; init; }

    /// <summary>The calls in light frames and without a frame; the next figure is what these cost.</summary>
    public required long LightFrames { get; init; }
    public required long LightNs { get; init; }

    /// <summary>What the probes at sites cost.</summary>
    public required long SitesNs { get; init; }

    /// <summary>What the rest cost: later segments, steps of iterators, and other work of the runtime on the program's threads.</summary>
    public required long OtherNs { get; init; }

    [JsonIgnore]
    public long TotalNs => RecordedNs + LightNs + SitesNs + OtherNs;

    public void Write(MemberWriter to)
    {
        to.Add(RecordedFrames);
        to.Add(RecordedNs);
        to.Add(LightFrames);
        to.Add(LightNs);
        to.Add(SitesNs);
        to.Add(OtherNs);
    }
}
