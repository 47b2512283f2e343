using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>What decides how many bytes the same source allocates: two runs under other conditions are not comparable.</summary>
internal sealed record Conditions
{
    /// <summary>Fully optimized from the first call on: without tiering, as <c>run --gate</c> starts programs.</summary>
    public const string Gate = "gate";

    /// <summary>With tiering, and what was recorded in the warm-up dropped.</summary>
    public const string Settled = "settled";

    public const string AheadOfTime = "ahead-of-time";
    public const string Unsettled = "unsettled";

    public required string Code { get; init; }

    /// <summary>With its major version alone: <c>.NET 10</c>.</summary>
    public required string Runtime { get; init; }
    public required bool Pgo { get; init; }
    public required bool ReadyToRun { get; init; }
    public required bool QuickJitForLoops { get; init; }
    public required bool ServerGc { get; init; }
    public required bool ConcurrentGc { get; init; }

    /// <summary>What <c>HOTPATH_SITES</c> said: probes may keep the JIT from what it does without them.</summary>
    public required string Sites { get; init; }

    /// <summary>What <c>HOTPATH_CONTROL</c> said.</summary>
    public required string Control { get; init; }

    public static Conditions Of(MeasuredProcess process)
    {
        var tiering = process.Tiering;
        bool isTiered = tiering.TieredCompilation.Value;
        return new()
        {
            Code =
                tiering.IsAheadOfTime ? AheadOfTime
                : !isTiered ? Gate
                : int.TryParse(
                    process.Environment.GetValueOrDefault("HOTPATH_WARMUP_MS"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out int warmUp
                )
                && warmUp > 0
                    ? Settled
                : Unsettled,
            Runtime = process.Runtime.Split('.') is [var space, var name, ..] ? $"{space}.{name}" : process.Runtime,
            // Settings of tiers say nothing where there are none.
            Pgo = isTiered && tiering.TieredPgo.Value,
            ReadyToRun = tiering.ReadyToRun.Value,
            QuickJitForLoops = isTiered && tiering.QuickJitForLoops.Value,
            ServerGc = process.Gc.Server,
            ConcurrentGc = process.Gc.Concurrent,
            Sites = process.Environment.GetValueOrDefault("HOTPATH_SITES", "all"),
            Control = process.Environment.GetValueOrDefault("HOTPATH_CONTROL", "16"),
        };
    }

    /// <summary>In words, one a condition: <c>GC: workstation, now server</c>.</summary>
    public IEnumerable<string> DifferencesTo(Conditions now) =>
        from pair in Named().Zip(now.Named())
        where pair.First.Value != pair.Second.Value
        select $"{pair.First.Name}: {pair.First.Value}, now {pair.Second.Value}";

    private (string Name, string Value)[] Named() =>
        [
            ("code", Code),
            ("runtime", Runtime),
            ("PGO", Switch(Pgo)),
            ("ReadyToRun", Switch(ReadyToRun)),
            ("quick JIT for loops", Switch(QuickJitForLoops)),
            ("GC", ServerGc ? "server" : "workstation"),
            ("concurrent GC", Switch(ConcurrentGc)),
            ("HOTPATH_SITES", Sites),
            ("HOTPATH_CONTROL", Control),
        ];

    private static string Switch(bool isOn) => isOn ? "on" : "off";
}
