using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports.Html;

/// <summary>The figures that the page carries, as its scripts read them: `data.js` says what they make of it.</summary>
internal static class HtmlPayload
{
    // &lt;, > and & are escaped: no text can end the script element that the payload is in.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(SideBySide joined)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            var newest = joined.Sides[^1];
            var sources = SourceExcerpts.Of(joined);
            json.WriteStartObject();
            json.WriteString("title", VisibleText.Name(newest.Process.App));
            WriteText(json, "subtitle", string.Join("  →  ", joined.Sides.Select(Subtitle)));
            WriteTexts(json, "warnings", joined.Warnings);
            WriteSides(json, joined);
            WriteMethods(json, joined, sources);
            WriteSites(json, joined);
            WriteAdvice(json, joined);
            WritePools(json, joined);
            WriteContexts(json, joined);
            json.WriteStartArray("coverage");
            foreach (var plain in newest.Coverage)
            {
                json.WriteStartObject();
                json.WriteString("name", VisibleText.Name(plain.Name));
                WriteText(json, "file", plain.File);
                json.WriteNumber("line", plain.Line);
                WriteText(json, "reason", plain.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            sources.Write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Subtitle(SnapshotDocument side)
    {
        string runs = side.RunCount == 1 ? "1 run" : FormattableString.Invariant($"{side.RunCount} runs");
        return FormattableString.Invariant(
            $"{runs}, {Units.Time(DurationNs(side), isUnicode: true)}, {side.Process.Runtime}, {side.Process.Architecture}, {side.Process.Cores} cores"
        );
    }

    private static MeasuredProcess[] Runs(SnapshotDocument side) => side.Runs ?? [side.Process];

    private static long DurationNs(SnapshotDocument side) => Runs(side).Sum(static run => run.DurationNs);

    private static void WriteSides(Utf8JsonWriter json, SideBySide joined)
    {
        json.WriteStartArray("sides");
        foreach (var side in joined.Sides)
        {
            json.WriteStartObject();
            json.WriteNumber("runs", side.RunCount);
            json.WriteString("clock", Words.Of(side.Process.Clock.Kind));
            json.WriteStartArray("facts");
            foreach (var (name, value) in Facts(side))
            {
                json.WriteStartArray();
                json.WriteStringValue(name);
                json.WriteStringValue(VisibleText.Of(value));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            WriteTexts(json, "notes", side.Notes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text) =>
        json.WriteString(name, text is null ? null : VisibleText.Of(text));

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(VisibleText.Of(text));
        }

        json.WriteEndArray();
    }

    private static IEnumerable<(string Name, string Value)> Facts(SnapshotDocument side)
    {
        var process = side.Process;
        var runs = Runs(side);
        yield return ("runs", side.RunCount.ToString(CultureInfo.InvariantCulture));
        yield return ("started", process.Start);
        yield return ("duration", Units.Time(DurationNs(side), isUnicode: true));
        yield return ("runtime", $"{process.Runtime}, {process.Architecture}");
        yield return ("system", FormattableString.Invariant($"{process.Os}, {process.Cores} cores"));
        yield return ("garbage collector", $"{(process.Gc.Server ? "server" : "workstation")}{(process.Gc.Concurrent ? ", concurrent" : "")}");
        yield return (
            "collections",
            FormattableString.Invariant(
                $"gen0 {runs.Sum(static run => run.Gc.Gen0)}, gen1 {runs.Sum(static run => run.Gc.Gen1)}, gen2 {runs.Sum(static run => run.Gc.Gen2)}, paused {Units.Time(runs.Sum(static run => run.Gc.PauseNs), isUnicode: true)}"
            )
        );
        yield return ("tiered compilation", Setting(process.Tiering.TieredCompilation));
        yield return ("PGO", Setting(process.Tiering.TieredPgo));
        yield return ("ReadyToRun", Setting(process.Tiering.ReadyToRun));
        yield return ("clock", Words.Of(process.Clock.Kind));
        yield return (
            "cost of a frame",
            FormattableString.Invariant($"{process.Probe.FrameNs:0.#} ns, {process.Probe.InnerNs:0.#} of them inside it, subtracted")
        );
        foreach (var (name, value) in process.Environment)
        {
            yield return (name, value);
        }
    }

    private static string Setting(TieringSetting setting) => $"{(setting.Value ? "on" : "off")} ({Words.Of(setting.Source)})";

    private static void WriteMethods(Utf8JsonWriter json, SideBySide joined, SourceExcerpts sources)
    {
        json.WriteStartArray("methods");
        foreach (var (index, figures) in joined.Methods.Index())
        {
            var method = SideBySide.Newest(figures);
            json.WriteStartObject();
            WriteText(json, "assembly", method.Assembly);
            json.WriteString("name", VisibleText.Name(method.Name));
            WriteText(json, "file", method.File);
            json.WriteNumber("line", method.Line);
            json.WriteString("form", Words.Of(method.Form));
            WriteText(json, "withoutSites", method.WithoutSites);
            WriteText(json, "coverage", Words.Of(method.Coverage));
            json.WritePropertyName("source");
            if (sources.PlaceOf(method) is { } source)
            {
                json.WriteNumberValue(source);
            }
            else
            {
                json.WriteNullValue();
            }

            if (joined.Pairs[index] is { HaveRun: true } pair)
            {
                json.WriteStartObject("change");
                json.WriteBoolean("ofCalls", pair.CallsChange != 0);
                json.WriteBoolean("ofBytes", pair.BytesChange != 0);
                json.WriteBoolean("ofSelfBytes", pair.New.SelfBytes.ComparedTo(pair.Old.SelfBytes) != 0);
                json.WriteBoolean("ofTime", pair.Time is { IsProved: true });
                json.WriteNumber("timeP", Math.Round(pair.Time?.P ?? 1, 4));
                json.WriteBoolean("ofSelfTime", pair.Time is { IsSelfProved: true });
                json.WriteNumber("selfTimeP", Math.Round(pair.Time?.SelfP ?? 1, 4));
                json.WriteEndObject();
            }
            WriteFigures(json, figures, static (json, f) =>
            {
                json.WriteNumber("calls", f.Calls);
                json.WriteNumber("open", f.Open);
                json.WriteNumber("failures", f.Failures);
                json.WriteNumber("threads", f.Threads);
                json.WriteBoolean("deferred", f.HasWallTime);
                json.WriteBoolean("probeHeavy", f.ProbeHeavy);
                json.WriteBoolean("mayHoldTier0", f.MayHoldTier0);
                json.WriteBoolean("lacksControl", !f.HasWallTime && f.Control is { Probing.Calls: > 0, TimesMethod: false });
                if (f.Control?.DifferenceBytesPerCall is { } difference)
                {
                    json.WriteNumber("difference", Math.Round(difference, 1));
                }
                else
                {
                    json.WriteNull("difference");
                }

                WriteDistribution(
                    json,
                    "time",
                    f.Time.InclusiveNs,
                    f.Time.SelfNs,
                    f.Time.MeanNs,
                    f.Time.P50Ns,
                    f.Time.P90Ns,
                    f.Time.P95Ns,
                    f.Time.P99Ns,
                    f.Time.MaxNs,
                    f.Time.Histogram
                );
                WriteDistribution(
                    json,
                    "allocated",
                    f.Allocated.InclusiveBytes,
                    f.Allocated.SelfBytes,
                    f.Allocated.MeanBytes,
                    f.Allocated.P50Bytes,
                    f.Allocated.P90Bytes,
                    f.Allocated.P95Bytes,
                    f.Allocated.P99Bytes,
                    f.Allocated.MaxBytes,
                    f.Allocated.Histogram
                );
                WriteCounts(json, "allocatedByTimeBucket", f.AllocatedByTimeBucket);
            });
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDistribution(
        Utf8JsonWriter json,
        string name,
        long inclusive,
        long self,
        long mean,
        long p50,
        long p90,
        long p95,
        long p99,
        long max,
        SparseCounts histogram
    )
    {
        json.WriteStartObject(name);
        json.WriteNumber("inclusive", inclusive);
        json.WriteNumber("self", self);
        json.WriteNumber("mean", mean);
        json.WriteNumber("p50", p50);
        json.WriteNumber("p90", p90);
        json.WriteNumber("p95", p95);
        json.WriteNumber("p99", p99);
        json.WriteNumber("max", max);
        WriteCounts(json, "histogram", histogram);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, SparseCounts counts)
    {
        json.WriteStartArray(name);
        foreach (var (bucket, count) in counts.Counts)
        {
            json.WriteStartArray();
            json.WriteNumberValue(bucket);
            json.WriteNumberValue(count);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void WriteSites(Utf8JsonWriter json, SideBySide joined)
    {
        json.WriteStartArray("sites");
        foreach (var (index, method) in joined.Methods.Index())
        {
            double[] scales = [.. method.Select(static side => side?.SiteScale ?? 0)];
            var changed = joined.Pairs[index] is { HaveRun: true } pair ? pair.ChangedSites.ToHashSet() : null;
            foreach (var (key, figures) in SideBySide.SitesOf(method))
            {
                var site = SideBySide.Newest(figures);
                json.WriteStartObject();
                json.WriteNumber("method", index);
                json.WriteNumber("line", site.Line);
                json.WriteNumber("column", site.Column);
                json.WriteString("kind", Words.Of(site.Kind));
                WriteText(json, "type", site.Type);
                WriteText(json, "text", site.Text);
                if (changed is not null)
                {
                    json.WriteBoolean("isChanged", changed.Contains(key));
                }

                int side = 0;
                WriteFigures(
                    json,
                    figures,
                    (json, f) =>
                    {
                        json.WriteNumber("hits", f.Hits);
                        json.WriteNumber("bytes", f.Bytes);
                        json.WriteNumber("total", (long)(f.Bytes * scales[side]));
                        json.WriteNumber("maxBytes", f.MaxBytes);
                    },
                    () => side++
                );
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    // Of the newest side: what was, no longer needs a remedy.
    private static void WriteAdvice(Utf8JsonWriter json, SideBySide joined)
    {
        var places = joined
            .Methods.Index()
            .Where(static method => method.Item[^1] is not null)
            .ToDictionary(static method => method.Item[^1]!.Key, static method => method.Index);
        json.WriteStartArray("advice");
        foreach (var advice in SiteAdvice.Of(joined.Sides[^1].Methods))
        {
            json.WriteStartObject();
            json.WriteNumber("method", places[advice.Method.Key]);
            WriteText(json, "place", advice.Place);
            WriteText(json, "cause", advice.Cause);
            WriteText(json, "remedy", advice.Remedy);
            json.WriteNumber("hits", advice.Hits);
            json.WriteNumber("bytes", advice.Bytes);
            json.WriteNumber("savedBytes", advice.SavedBytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePools(Utf8JsonWriter json, SideBySide joined)
    {
        json.WriteStartArray("pools");
        foreach (var (index, method) in joined.Methods.Index())
        {
            foreach (var (_, figures) in SideBySide.PooledOf(method))
            {
                var pooled = SideBySide.Newest(figures);
                json.WriteStartObject();
                json.WriteNumber("method", index);
                WriteText(json, "parameter", pooled.Parameter);
                json.WriteString("kind", Words.Of(pooled.Kind));
                WriteText(json, "element", pooled.Element);
                WriteFigures(json, figures, static (json, f) =>
                {
                    json.WriteNumber("uses", f.Uses);
                    json.WriteNumber("onStack", f.OnStack);
                    json.WriteNumber("missBytes", f.MissBytes);
                    json.WriteNumber("outstanding", f.Outstanding);
                    json.WriteNumber("usesAfterReturn", f.UsesAfterReturn);
                    json.WriteNumber("doubleReturns", f.DoubleReturns);
                    json.WriteNumber("p95", f.Length.P95);
                    json.WriteNumber("max", f.Length.Max);
                    json.WriteNumber("stackLimit", f.StackLimit);
                    WriteOptional(json, "stackLimitFor95", f.StackLimitFor95);
                    WriteOptional(json, "stackLimitFor99", f.StackLimitFor99);
                });
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    // By columns: 20,000 contexts are a few lists of numbers.
    private static void WriteContexts(Utf8JsonWriter json, SideBySide joined)
    {
        json.WriteStartObject("contexts");
        WriteColumn("parent", static context => context.Parent);
        WriteColumn("method", static context => context.Method);
        json.WriteStartArray("sides");
        for (int i = 0; i < joined.Sides.Length; i++)
        {
            int side = i;
            json.WriteStartObject();
            WriteColumn("calls", context => context.Figures[side]?.Calls ?? 0);
            WriteColumn("selfNs", context => context.Figures[side]?.SelfNs ?? 0);
            WriteColumn("selfBytes", context => context.Figures[side]?.SelfBytes ?? 0);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void WriteColumn(string name, Func<JoinedContext, long> of)
        {
            json.WriteStartArray(name);
            foreach (var context in joined.Contexts)
            {
                json.WriteNumberValue(of(context));
            }

            json.WriteEndArray();
        }
    }

    private static void WriteFigures<T>(Utf8JsonWriter json, T?[] figures, Action<Utf8JsonWriter, T> write, Action? next = null)
        where T : class
    {
        json.WriteStartArray("figures");
        foreach (var side in figures)
        {
            if (side is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStartObject();
                write(json, side);
                json.WriteEndObject();
            }
            next?.Invoke();
        }
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
