namespace HotPathGen.Tests.Recording.Live;

/// <summary>A snapshot that no program recorded.</summary>
internal static class MadeSnapshot
{
    private static readonly Distribution s_none = new(0, 0, 0, 0, [0]);

    public static SnapshotDocument Of(params (string Name, long Calls)[] methods) =>
        new()
        {
            Schema = SnapshotDocument.SchemaName,
            Process = Process(),
            Histogram = HistogramRule.Current,
            Methods = [.. methods.Select(static (method, i) => Method(i, method.Name, method.Calls))],
            Contexts = [],
            Coverage = [],
            Notes = [],
        };

    private static MeasuredProcess Process()
    {
        var off = new TieringSetting { Value = false, Source = SettingSource.Default };
        return new()
        {
            App = "app",
            Assemblies = [],
            CommandLine = [],
            Start = "2026-01-01T00:00:00.0000000Z",
            DurationNs = 1,
            Runtime = "",
            Os = "",
            Architecture = "",
            Cores = 1,
            Gc = new()
            {
                Server = false,
                Concurrent = false,
                Gen0 = 0,
                Gen1 = 0,
                Gen2 = 0,
                PauseNs = 0,
                HeapBytes = 0,
            },
            Tiering = new()
            {
                TieredCompilation = off,
                TieredPgo = off,
                ReadyToRun = off,
                QuickJitForLoops = off,
            },
            Clock = new() { Kind = ClockKind.None, Frequency = 0 },
            Probe = new() { InnerNs = 0, FrameNs = 0 },
            Environment = [],
        };
    }

    private static Method Method(int place, string name, long calls) =>
        new()
        {
            Id = $"M:{place}",
            Assembly = "app",
            Name = name,
            File = "app.cs",
            Line = 1,
            Form = name.Contains('(', StringComparison.Ordinal) ? MethodForm.Pair : MethodForm.Block,
            Calls = calls,
            Open = 0,
            Failures = 0,
            Threads = 1,
            ProbeHeavy = false,
            MayHoldTier0 = false,
            Time = TimeFigures.Of(TimeBasis.Thread, s_none),
            Allocated = AllocationFigures.Of(BytesBasis.Call, s_none),
            AllocatedByTimeBucket = SparseCounts.Of([]),
        };
}
