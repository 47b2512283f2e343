using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HotPathGen.Runtime;

/// <summary>The snapshot as a <c>hotpath/1</c> file.</summary>
internal static class SnapshotJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        // Documentation-comment ids are full of what the default encoder escapes for HTML's sake.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Snapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("schema", "hotpath/1");
            WriteProcess(json, snapshot.Process);
            json.WriteStartObject("histogram");
            json.WriteNumber("buckets", Histogram.BucketCount);
            json.WriteNumber("octaves", Histogram.OctaveCount);
            json.WriteNumber("maxRelativeError", 0.0625);
            json.WriteString("rule", Histogram.Rule);
            json.WriteEndObject();
            json.WriteStartArray("methods");
            foreach (var method in snapshot.Methods)
            {
                WriteMethod(json, method);
            }

            json.WriteEndArray();
            json.WriteStartArray("contexts");
            foreach (var context in snapshot.Contexts)
            {
                WriteContext(json, context);
            }

            json.WriteEndArray();
            WriteCoverage(json, snapshot.Announcements);
            json.WriteStartArray("notes");
            foreach (string note in snapshot.Notes)
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteProcess(Utf8JsonWriter json, ProcessFacts process)
    {
        json.WriteStartObject("process");
        json.WriteString("app", process.App);
        json.WriteStartArray("assemblies");
        foreach (var (name, directory) in process.Assemblies)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("directory", directory);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("commandLine");
        foreach (string argument in process.CommandLine)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteString("start", process.StartUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteNumber("durationNs", process.DurationNs);
        json.WriteString("runtime", process.Runtime);
        json.WriteString("os", process.Os);
        json.WriteString("architecture", process.Architecture);
        json.WriteNumber("cores", process.Cores);

        json.WriteStartObject("gc");
        json.WriteBoolean("server", process.Gc.IsServer);
        json.WriteBoolean("concurrent", process.Gc.IsConcurrent);
        json.WriteNumber("gen0", process.Gc.Gen0);
        json.WriteNumber("gen1", process.Gc.Gen1);
        json.WriteNumber("gen2", process.Gc.Gen2);
        json.WriteNumber("pauseNs", process.Gc.PauseNs);
        json.WriteNumber("heapBytes", process.Gc.HeapBytes);
        json.WriteEndObject();

        json.WriteStartObject("tiering");
        WriteSetting(json, "tieredCompilation", process.Tiering.TieredCompilation);
        WriteSetting(json, "tieredPgo", process.Tiering.TieredPgo);
        WriteSetting(json, "readyToRun", process.Tiering.ReadyToRun);
        WriteSetting(json, "quickJitForLoops", process.Tiering.QuickJitForLoops);
        json.WriteEndObject();

        json.WriteStartObject("clock");
        json.WriteString("kind", NameOf(process.ClockKind));
        json.WriteNumber("frequency", (long)process.ClockFrequency);
        json.WriteEndObject();

        json.WriteStartObject("probe");
        json.WriteNumber("innerNs", Math.Round(process.InnerNs, 1));
        json.WriteNumber("frameNs", Math.Round(process.FrameNs, 1));
        json.WriteEndObject();

        json.WriteStartObject("environment");
        foreach (var (name, value) in process.Variables)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string NameOf(ClockKind kind) =>
        kind switch
        {
            ClockKind.Hardware => "hardware",
            ClockKind.Stopwatch => "stopwatch",
            _ => "none",
        };

    private static void WriteSetting(Utf8JsonWriter json, string name, TieringSetting setting)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("value", setting.IsOn);
        json.WriteString("source", setting.Source);
        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, MethodFigures figures)
    {
        json.WriteStartObject();
        json.WriteString("id", figures.Method.Id);
        json.WriteString("assembly", figures.Assembly);
        json.WriteString("name", figures.Method.Name);
        json.WriteString("file", figures.Method.File);
        json.WriteNumber("line", figures.Method.Line);
        json.WriteString("form", figures.Method.Form);
        if (figures.Method.MaxBytesPerCall >= 0)
        {
            json.WriteNumber("maxBytesPerCall", figures.Method.MaxBytesPerCall);
        }

        WriteBreaches(json, figures.Breaches);
        json.WriteNumber("calls", figures.Calls);
        json.WriteNumber("open", figures.Open);
        json.WriteNumber("failures", figures.Failures);
        json.WriteNumber("threads", figures.Threads);
        if (figures.HasWallTime)
        {
            json.WriteNumber("completed", figures.Time.Count);
            json.WriteNumber("wallNs", figures.WallNs);
        }
        json.WriteBoolean("probeHeavy", figures.IsProbeHeavy);
        json.WriteBoolean("mayHoldTier0", figures.MayHoldTier0);
        WriteDistribution(json, "time", "Ns", figures.Time);
        WriteDistribution(json, "allocated", "Bytes", figures.Allocated);
        WriteSparse(json, "allocatedByTimeOctave", figures.AllocatedByTimeOctave);
        if (figures.Twins is { } twins)
        {
            WriteTwins(json, twins);
        }
        else if (figures.Method.Obstacle.Length > 0)
        {
            json.WriteString("withoutSites", figures.Method.Obstacle);
        }

        if (figures.Pooled.Length > 0)
        {
            WritePooled(json, figures.Pooled);
        }

        json.WriteEndObject();
    }

    private static void WritePooled(Utf8JsonWriter json, PooledFigures[] parameters)
    {
        json.WriteStartArray("pooled");
        foreach (var pooled in parameters)
        {
            json.WriteStartObject();
            json.WriteString("parameter", pooled.Name);
            json.WriteString("kind", pooled.Kind);
            json.WriteString("element", pooled.Element);
            json.WriteNumber("elementBytes", pooled.Sums.ElementSize);
            json.WriteNumber("stackLimit", pooled.StackLimit);
            json.WriteNumber("uses", pooled.Uses);
            json.WriteNumber("onStack", pooled.Sums.OnStack);
            json.WriteNumber("rented", pooled.Sums.Rented);
            json.WriteNumber("outstanding", pooled.Outstanding);
            json.WriteNumber("askedBytes", pooled.Sums.AskedBytes);
            json.WriteNumber("gotBytes", pooled.Sums.GotBytes);
            json.WriteNumber("misses", pooled.Sums.Misses);
            json.WriteNumber("missBytes", pooled.Sums.MissBytes);
            json.WriteNumber("quarantined", pooled.Sums.Quarantined);
            json.WriteNumber("usesAfterReturn", pooled.Sums.UsesAfterReturn);
            json.WriteNumber("doubleReturns", pooled.Sums.DoubleReturns);
            json.WriteStartObject("length");
            json.WriteNumber("p50", pooled.Lengths.Percentile(0.50));
            json.WriteNumber("p95", pooled.Lengths.Percentile(0.95));
            json.WriteNumber("p99", pooled.Lengths.Percentile(0.99));
            json.WriteNumber("max", pooled.Lengths.Max);
            WriteSparse(json, "histogram", pooled.Lengths.Counts);
            json.WriteEndObject();
            if (pooled.StackLimitFor(0.95) is { } for95)
            {
                json.WriteNumber("stackLimitFor95", for95);
            }

            if (pooled.StackLimitFor(0.99) is { } for99)
            {
                json.WriteNumber("stackLimitFor99", for99);
            }

            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTwins(Utf8JsonWriter json, TwinFigures twins)
    {
        json.WriteStartObject("control");
        WriteShare(json, "control", twins.Control);
        WriteShare(json, "probing", twins.Probing);
        json.WriteBoolean("timesMethod", twins.IsTimedByControl);
        if (twins.Difference is { } difference)
        {
            json.WriteNumber("differenceBytesPerCall", Math.Round(difference, 3));
        }

        json.WriteEndObject();
        json.WriteNumber("unattributedBytes", twins.UnattributedBytes);
        json.WriteNumber("siteScale", Math.Round(twins.Scale, 6));
        json.WriteStartArray("sites");
        foreach (var site in twins.Sites)
        {
            WriteSite(json, site);
        }

        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, TwinShare share)
    {
        json.WriteStartObject(name);
        json.WriteNumber("calls", share.Calls);
        json.WriteNumber("selfBytes", share.SelfBytes);
        json.WriteNumber("selfNs", share.SelfNs);
        json.WriteNumber("totalNs", share.TotalNs);
        json.WriteEndObject();
    }

    private static void WriteSite(Utf8JsonWriter json, SiteFigures site)
    {
        json.WriteStartObject();
        json.WriteNumber("line", site.Line);
        json.WriteNumber("column", site.Column);
        json.WriteString("kind", site.Kind);
        json.WriteString("type", site.Type);
        json.WriteString("text", site.Text);
        if (site.Origin.Length > 0)
        {
            json.WriteString("origin", site.Origin);
        }

        json.WriteNumber("hits", site.Hits);
        json.WriteNumber("allocatingHits", site.AllocatingHits);
        if (site.Objects is { } objects)
        {
            json.WriteNumber("objects", objects);
        }

        json.WriteNumber("bytes", site.Bytes);
        json.WriteNumber("maxBytes", site.MaxBytes);
        json.WriteNumber("largeObjectHits", site.LargeHits);
        json.WriteNumber("largeObjectBytes", site.LargeBytes);
        WriteSparse(json, "sizeClasses", site.Classes);
        WriteBreaches(json, site.Breaches);
        json.WriteEndObject();
    }

    private static void WriteBreaches(Utf8JsonWriter json, BreachFigures? breaches)
    {
        if (breaches is null)
        {
            return;
        }

        json.WriteStartObject("breaches");
        json.WriteNumber("count", breaches.Count);
        json.WriteStartArray("firstStack");
        foreach (string line in breaches.FirstStack)
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDistribution(Utf8JsonWriter json, string name, string unit, Distribution distribution)
    {
        json.WriteStartObject(name);
        json.WriteString("basis", distribution.Basis);
        json.WriteNumber("inclusive" + unit, distribution.Inclusive);
        json.WriteNumber("self" + unit, distribution.Self);
        json.WriteNumber("mean" + unit, distribution.Mean);
        json.WriteNumber("p50" + unit, distribution.Percentile(0.50));
        json.WriteNumber("p90" + unit, distribution.Percentile(0.90));
        json.WriteNumber("p95" + unit, distribution.Percentile(0.95));
        json.WriteNumber("p99" + unit, distribution.Percentile(0.99));
        json.WriteNumber("max" + unit, distribution.Max);
        WriteSparse(json, "histogram", distribution.Counts);
        json.WriteEndObject();
    }

    // On one line: a histogram is one thing to whoever reads the file.
    private static void WriteSparse(Utf8JsonWriter json, string name, long[] values)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"[{i},{values[i]}]");
            }
        }
        json.WritePropertyName(name);
        json.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }

    private static void WriteContext(Utf8JsonWriter json, ContextFigures context)
    {
        json.WriteStartObject();
        json.WriteNumber("id", context.Id);
        WriteIndex(json, "parent", context.Parent);
        WriteIndex(json, "method", context.Method);
        json.WriteNumber("calls", context.Calls);
        json.WriteNumber("inclusiveNs", context.InclusiveNs);
        json.WriteNumber("selfNs", context.SelfNs);
        json.WriteNumber("inclusiveBytes", context.InclusiveBytes);
        json.WriteNumber("selfBytes", context.SelfBytes);
        json.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter json, string name, int index)
    {
        if (index < 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, index);
        }
    }

    private static void WriteCoverage(Utf8JsonWriter json, Announcement[] announcements)
    {
        json.WriteStartArray("coverage");
        foreach (
            var plain in announcements
                .SelectMany(static a => a.Plain)
                .OrderBy(static p => p.File, StringComparer.Ordinal)
                .ThenBy(static p => p.Line)
                .ThenBy(static p => p.Name, StringComparer.Ordinal)
        )
        {
            json.WriteStartObject();
            json.WriteString("name", plain.Name);
            json.WriteString("file", plain.File);
            json.WriteNumber("line", plain.Line);
            json.WriteString("reason", plain.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
