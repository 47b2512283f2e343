using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>What one must know of the process to read its figures.</summary>
internal sealed record ProcessFacts(
    string App,
    string[] CommandLine,
    DateTime StartUtc,
    long DurationNs,
    string Runtime,
    string Os,
    string Architecture,
    int Cores,
    GcFacts Gc,
    TieringFacts Tiering,
    ClockKind ClockKind,
    double ClockFrequency,
    double InnerNs,
    double FrameNs,
    NamedText[] Assemblies,
    NamedText[] Variables
)
{
    public static string AppName { get; } =
        Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "app";

    public static unsafe ProcessFacts Read(MeasuredSpan span, List<Announcement> announcements, SharedCells* cells, TickRatio ratio)
    {
        double nsPerTick = ratio.NsPerTick();
        return new(
            AppName,
            Environment.GetCommandLineArgs(),
            span.StartUtc,
            (long)Stopwatch.GetElapsedTime(span.Timestamp).TotalNanoseconds,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            GcFacts.Read(span),
            TieringFacts.Read(),
            cells->Clock,
            cells->Clock == ClockKind.None ? 0 : 1e9 / nsPerTick,
            cells->InnerTicks * nsPerTick,
            cells->FrameTicks * nsPerTick,
            [.. announcements.Select(static a => new NamedText(a.Assembly, a.Directory)).OrderBy(static a => a.Name, StringComparer.Ordinal)],
            [
                .. Environment
                    .GetEnvironmentVariables()
                    .Cast<DictionaryEntry>()
                    .Select(static v => new NamedText((string)v.Key, (string?)v.Value ?? ""))
                    .Where(static v => v.Name == "HOTPATH" || v.Name.StartsWith("HOTPATH_", StringComparison.Ordinal))
                    .OrderBy(static v => v.Name, StringComparer.Ordinal),
            ]
        );
    }
}

/// <summary>An assembly and the directory of its project; a variable and its value.</summary>
internal sealed record NamedText(string Name, string Value);

/// <summary>The collector's mode, and what it did while the snapshot's figures were recorded.</summary>
internal sealed record GcFacts(bool IsServer, bool IsConcurrent, int Gen0, int Gen1, int Gen2, long PauseNs, long HeapBytes)
{
    public static GcFacts Read(MeasuredSpan span) =>
        new(
            GCSettings.IsServerGC,
            GC.GetConfigurationVariables().TryGetValue("ConcurrentGC", out object? concurrent) && concurrent is true,
            GC.CollectionCount(0) - span.Gen0,
            GC.CollectionCount(1) - span.Gen1,
            GC.CollectionCount(2) - span.Gen2,
            (long)(GC.GetTotalPauseDuration() - span.GcPause).TotalNanoseconds,
            GC.GetTotalMemory(false)
        );
}

/// <summary>The settings that decide which code runs: bytes differ by tier.</summary>
internal sealed record TieringFacts(
    TieringSetting TieredCompilation,
    TieringSetting TieredPgo,
    TieringSetting ReadyToRun,
    TieringSetting QuickJitForLoops
)
{
    /// <summary>Where there is no JIT whatever the settings say.</summary>
    public static readonly TieringFacts AheadOfTime = new(
        TieringSetting.AheadOfTime,
        TieringSetting.AheadOfTime,
        TieringSetting.AheadOfTime,
        TieringSetting.AheadOfTime
    );

    public bool IsAheadOfTime => TieredCompilation == TieringSetting.AheadOfTime;

    // RuntimeFeature.IsDynamicCodeCompiled is a promise of the build, which PublishAot makes for programs that the JIT compiles too.
    public static TieringFacts Read() =>
        JitInfo.GetCompiledMethodCount() == 0
            ? AheadOfTime
            : new(
                TieringSetting.Read("TieredCompilation", "System.Runtime.TieredCompilation"),
                TieringSetting.Read("TieredPGO", "System.Runtime.TieredPGO"),
                TieringSetting.Read("ReadyToRun", null),
                TieringSetting.Read("TC_QuickJitForLoops", "System.Runtime.TieredCompilation.QuickJitForLoops")
            );
}

/// <summary>A switch of the JIT and where its value comes from; all are on by default.</summary>
internal sealed record TieringSetting(bool IsOn, string Source)
{
    public static readonly TieringSetting AheadOfTime = new(false, "ahead-of-time");

    public static TieringSetting Read(string variable, string? property)
    {
        string? environment = Environment.GetEnvironmentVariable("DOTNET_" + variable) ?? Environment.GetEnvironmentVariable("COMPlus_" + variable);
        if (!string.IsNullOrEmpty(environment))
        {
            return new(environment.TrimStart('0') is not ("" or "x"), "environment");
        }

        return property is not null && bool.TryParse(AppContext.GetData(property) as string, out bool isOn)
            ? new(isOn, "runtimeconfig")
            : new(true, "default");
    }
}
