using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>
/// The conditions that decide how many bytes the same source allocates. Two runs under different conditions are not comparable.
/// </summary>
internal sealed record Conditions
{
    /// <summary>The code is fully optimized from the first call on: without tiering, as <c>run --gate</c> starts programs.</summary>
    public const string Gate = "gate";

    /// <summary>The run had tiering, and what was recorded in the warm-up was dropped.</summary>
    public const string Settled = "settled";

    public const string AheadOfTime = "ahead-of-time";
    public const string Unsettled = "unsettled";

    public required string Code { get; init; }

    /// <summary>The runtime with its major version only: <c>.NET 10</c>.</summary>
    public required string Runtime { get; init; }
    public required bool Pgo { get; init; }
    public required bool ReadyToRun { get; init; }
    public required bool QuickJitForLoops { get; init; }
    public required bool ServerGc { get; init; }
    public required bool ConcurrentGc { get; init; }

    /// <summary>The value of <c>HOTPATH_SITES</c>. Probes may keep the JIT from optimizations that it makes without them.</summary>
    public required string Sites { get; init; }

    /// <summary>The value of <c>HOTPATH_CONTROL</c>.</summary>
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
            // Without tiering the settings of tiers have no meaning.
            Pgo = isTiered && tiering.TieredPgo.Value,
            ReadyToRun = tiering.ReadyToRun.Value,
            QuickJitForLoops = isTiered && tiering.QuickJitForLoops.Value,
            ServerGc = process.Gc.Server,
            ConcurrentGc = process.Gc.Concurrent,
            Sites = process.Environment.GetValueOrDefault("HOTPATH_SITES", "all"),
            Control = process.Environment.GetValueOrDefault("HOTPATH_CONTROL", "16"),
        };
    }

    /// <summary>The differences in words, one for each condition: <c>GC: workstation, now server</c>.</summary>
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
