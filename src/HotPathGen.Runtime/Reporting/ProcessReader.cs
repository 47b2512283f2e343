using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>Reads the facts about the process that are needed to understand its figures.</summary>
internal static class ProcessReader
{
    public static string AppName { get; } =
        Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "app";

    private static readonly string? s_version = Assembly
        .GetEntryAssembly()
        ?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion;

    public static unsafe MeasuredProcess Read(MeasuredSpan span, List<MethodRegistration> registrations, SharedCells* cells, TickRatio ratio)
    {
        double nsPerTick = ratio.NsPerTick();
        return new()
        {
            App = AppName,
            Version = s_version,
            Host = Environment.MachineName,
            Assemblies =
            [
                .. registrations
                    .Select(static registration => new AssemblyFolder { Name = registration.Assembly, Directory = registration.Directory })
                    .OrderBy(static assembly => assembly.Name, StringComparer.Ordinal),
            ],
            CommandLine = Environment.GetCommandLineArgs(),
            Start = span.StartUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
            DurationNs = (long)Stopwatch.GetElapsedTime(span.Timestamp).TotalNanoseconds,
            Runtime = RuntimeInformation.FrameworkDescription,
            Os = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Cores = Environment.ProcessorCount,
            Gc = ReadCollector(span),
            Tiering = ReadTiering(),
            Clock = new() { Kind = cells->Clock, Frequency = cells->Clock == ClockKind.None ? 0 : (long)(1e9 / nsPerTick) },
            Probe = new()
            {
                InnerNs = Math.Round(cells->InnerTicks * nsPerTick, 1),
                FrameNs = Math.Round(cells->FrameTicks * nsPerTick, 1),
                SampledFrameNs = Math.Round(cells->SampledTicks * nsPerTick, 1),
                BytesFrameNs = Math.Round(cells->BytesTicks * nsPerTick, 1),
                SkippedCallNs = Sampling.SkipNs,
                SiteNs = Math.Round(cells->SiteTicks * nsPerTick, 1),
            },
            ProcessorNs = (long?)(MeasuredSpan.ProcessorTimeUntilNow() - span.ProcessorTime)?.TotalNanoseconds,
            Environment = ReadVariables(),
        };
    }

    /// <summary>Adds what the process has allocated until now, which is later than all figures of methods.</summary>
    /// <param name="process">The facts about the process.</param>
    /// <param name="span">The span of the figures.</param>
    /// <param name="ownBytes">What the runtime had allocated before this snapshot.</param>
    /// <param name="start">The calling thread's counter when this snapshot began. What the thread allocates for it is the runtime's, too.</param>
    public static MeasuredProcess WithBytes(MeasuredProcess process, MeasuredSpan span, long ownBytes, long start)
    {
        long ofSnapshot = GC.GetAllocatedBytesForCurrentThread() - start;
        long allocated = MeasuredSpan.AllocatedUntilNow() - span.AllocatedBytes;
        return process with { AllocatedBytes = allocated, OwnBytes = Math.Clamp(ownBytes + ofSnapshot, 0, Math.Max(0, allocated)) };
    }

    /// <summary>Reads the garbage collector's mode, and what it did while the snapshot's figures were recorded.</summary>
    private static GarbageCollection ReadCollector(MeasuredSpan span) =>
        new()
        {
            Server = GCSettings.IsServerGC,
            Concurrent = GC.GetConfigurationVariables().TryGetValue("ConcurrentGC", out object? concurrent) && concurrent is true,
            Gen0 = GC.CollectionCount(0) - span.Gen0,
            Gen1 = GC.CollectionCount(1) - span.Gen1,
            Gen2 = GC.CollectionCount(2) - span.Gen2,
            PauseNs = (long)(GC.GetTotalPauseDuration() - span.GcPause).TotalNanoseconds,
            HeapBytes = GC.GetTotalMemory(false),
        };

    // RuntimeFeature.IsDynamicCodeCompiled is fixed by the build. PublishAot fixes it also for programs that the JIT compiles.
    private static Tiering ReadTiering()
    {
        bool hasJit = JitInfo.GetCompiledMethodCount() > 0;
        return new()
        {
            TieredCompilation = Setting("TieredCompilation", "System.Runtime.TieredCompilation"),
            TieredPgo = Setting("TieredPGO", "System.Runtime.TieredPGO"),
            ReadyToRun = Setting("ReadyToRun", null),
            QuickJitForLoops = Setting("TC_QuickJitForLoops", "System.Runtime.TieredCompilation.QuickJitForLoops"),
        };

        TieringSetting Setting(string variable, string? property) =>
            hasJit ? ReadSetting(variable, property) : new() { Value = false, Source = SettingSource.AheadOfTime };
    }

    // All of these settings are on by default.
    private static TieringSetting ReadSetting(string variable, string? property)
    {
        string? environment = Environment.GetEnvironmentVariable("DOTNET_" + variable) ?? Environment.GetEnvironmentVariable("COMPlus_" + variable);
        return !string.IsNullOrEmpty(environment)
                ? new() { Value = environment.TrimStart('0') is not ("" or "x"), Source = SettingSource.Environment }
            : property is not null && bool.TryParse(AppContext.GetData(property) as string, out bool isOn)
                ? new() { Value = isOn, Source = SettingSource.RuntimeConfig }
            : new() { Value = true, Source = SettingSource.Default };
    }

    private static Dictionary<string, string> ReadVariables()
    {
        var variables = new Dictionary<string, string>();
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        foreach (
            string name in names
                .Where(static name => name == "HOTPATH" || name.StartsWith("HOTPATH_", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            variables[name] = Environment.GetEnvironmentVariable(name) ?? "";
        }
        return variables;
    }
}
