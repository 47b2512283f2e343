using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports.Html;

/// <summary>The figures that the page contains, in the form that its scripts read. See `data.js` for what the scripts make of them.</summary>
internal static class HtmlPayload
{
    // &lt;, > and & are escaped, so that no text can end the script element that contains the payload.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private const string ByChance = "no more than runs of one build differ by";
    private const string BySites = "no more than estimates from samples of calls differ by";
    private const string BySample = "within the 95 % interval of estimates from a sample of calls";

    // Sites, advice and pooled parameters refer to their method, which has these columns.
    private static readonly string[] s_ofMethod = ["assembly", "methodId", "method", "file"];

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
            SiteAdvice[] given = [.. SiteAdvice.Of(newest.Methods)];
            var methods = new Figures<Method>(joined.Sides, static side => MethodTable.Of(side, side.Methods), static side => side.Methods);
            var sites = new Figures<Site>(
                joined.Sides,
                SiteTable.OfAll,
                static side => side.Methods.SelectMany(static m => m.Sites ?? []),
                s_ofMethod
            );
            // Advice is given for the newest side only, because what an older build did no longer needs a remedy.
            var advice = new Figures<SiteAdvice>([newest], side => AdviceTable.Of(side, given), _ => given, s_ofMethod);
            var pools = new Figures<PooledParameter>(
                joined.Sides,
                PooledTable.OfAll,
                static side => side.Methods.SelectMany(static m => m.Pooled ?? []),
                s_ofMethod
            );
            var operations = new Figures<Operation>(
                joined.Sides,
                static side => OperationTable.Of(side),
                static side => OperationTable.Sorted(side.Operations ?? [])
            );
            json.WriteStartObject("columns");
            methods.WriteColumns(json, "methods");
            sites.WriteColumns(json, "sites");
            advice.WriteColumns(json, "advice");
            pools.WriteColumns(json, "pools");
            operations.WriteColumns(json, "operations");
            json.WriteEndObject();
            WriteMethods(json, joined, methods, sources);
            WriteSites(json, joined, sites);
            WriteAdvice(json, joined, advice, given);
            WritePools(json, joined, pools);
            WriteOperations(json, joined, operations);
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
            WriteTexts(json, "notes", ProcessShare.Of(side).Hint is { } hint ? [hint, .. side.Notes] : side.Notes);
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
        if (MeasuringCost.Of(side, isUnicode: true) is { } cost)
        {
            yield return ("cost of measuring", $"{cost}; it is subtracted");
        }

        if (side.OnlyOperation is { } operation)
        {
            yield return ("operation", $"only {operation}: {OperationFilter.Unknown}");
        }

        var share = ProcessShare.Of(side);
        if (share.Bytes is { } bytes)
        {
            yield return ("allocated by hot methods", bytes);
        }

        if (share.Time(isUnicode: true) is { } time)
        {
            yield return ("time in hot methods", time);
        }

        foreach (var (name, value) in process.Environment)
        {
            yield return (name, value);
        }
    }

    private static string Setting(TieringSetting setting) => $"{(setting.Value ? "on" : "off")} ({Words.Of(setting.Source)})";

    private static void WriteMethods(Utf8JsonWriter json, SideBySide joined, Figures<Method> table, SourceExcerpts sources)
    {
        json.WriteStartArray("methods");
        foreach (var (index, figures) in joined.Methods.Index())
        {
            var method = SideBySide.Newest(figures);
            json.WriteStartObject();
            json.WriteString("name", VisibleText.Name(method.Name));
            json.WriteString("coverage", Words.Of(method.Coverage));
            json.WritePropertyName("source");
            TableJson.Write(json, (long?)sources.PlaceOf(method));
            if (joined.Pairs[index] is { HaveRun: true } pair)
            {
                json.WriteStartObject("doubts");
                foreach (var column in table.Columns)
                {
                    if (DoubtOf(pair, column) is { } doubt)
                    {
                        json.WriteString(column.Key, doubt);
                    }
                }
                json.WriteEndObject();
            }
            table.Write(json, figures, static (json, f) =>
            {
                json.WriteBoolean("lacksControl", f.LacksControl);
                WriteCounts(json, "timeHistogram", f.Time.Histogram);
                WriteCounts(json, "bytesHistogram", f.Allocated.Histogram);
                WriteCounts(json, "allocatedByTimeBucket", f.AllocatedByTimeBucket);
            });
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // A difference that runs of one build have anyway is no change. What is of one call changes with its mean.
    private static string? DoubtOf(MethodPair pair, Column column) =>
        column switch
        {
            { Key: "calls" } => pair.CallsChange == 0 ? ByChance : null,
            { Key: "selfBytes" } => pair.SelfBytesChange != 0 ? null
            : pair.Margins.SelfBytes > 0 ? BySample
            : ByChance,
            { Key: "selfNs" } => pair.Time is { IsSelfProved: true } ? null
            : pair.Time is { IsSelfWithinInterval: true } ? BySample
            : NotProved(pair.Time?.SelfP),
            { Unit: Unit.Bytes, IsSum: false } => pair.BytesChange != 0 ? null
            : pair.IsBytesWithinInterval ? BySample
            : ByChance,
            { Unit: Unit.Ns, IsSum: false } => pair.Time is { IsProved: true } ? null
            : pair.Time is { IsWithinInterval: true } ? BySample
            : NotProved(pair.Time?.P),
            _ => null,
        };

    private static string NotProved(double? p) => FormattableString.Invariant($"no change is proved, p = {Math.Round(p ?? 1, 4)}");

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

    private static void WriteSites(Utf8JsonWriter json, SideBySide joined, Figures<Site> table)
    {
        json.WriteStartArray("sites");
        foreach (var (index, method) in joined.Methods.Index())
        {
            var changed = joined.Pairs[index] is { HaveRun: true } pair ? pair.ChangedSites.ToHashSet() : null;
            foreach (var (key, figures) in SideBySide.SitesOf(method))
            {
                json.WriteStartObject();
                json.WriteNumber("method", index);
                if (changed?.Contains(key) == false)
                {
                    json.WriteStartObject("doubts");
                    json.WriteString("totalBytes", joined.Pairs[index] is { Old.IsSampled: true } or { New.IsSampled: true } ? BySites : ByChance);
                    json.WriteEndObject();
                }
                table.Write(json, figures);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static void WriteAdvice(Utf8JsonWriter json, SideBySide joined, Figures<SiteAdvice> table, SiteAdvice[] given)
    {
        var places = joined
            .Methods.Index()
            .Where(static method => method.Item[^1] is not null)
            .ToDictionary(static method => method.Item[^1]!.Key, static method => method.Index);
        json.WriteStartArray("advice");
        foreach (var advice in given)
        {
            json.WriteStartObject();
            json.WriteNumber("method", places[advice.Method.Key]);
            WriteText(json, "place", advice.Place);
            table.Write(json, joined.Sides.Length == 1 ? [advice] : [null, advice]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePools(Utf8JsonWriter json, SideBySide joined, Figures<PooledParameter> table)
    {
        json.WriteStartArray("pools");
        foreach (var (index, method) in joined.Methods.Index())
        {
            foreach (var (_, figures) in SideBySide.PooledOf(method))
            {
                json.WriteStartObject();
                json.WriteNumber("method", index);
                WriteText(json, "parameter", SideBySide.Newest(figures).Parameter);
                table.Write(json, figures);
                json.WriteEndObject();
            }
        }
        json.WriteEndArray();
    }

    private static void WriteOperations(Utf8JsonWriter json, SideBySide joined, Figures<Operation> table)
    {
        json.WriteStartArray("operations");
        foreach (var figures in joined.Operations)
        {
            json.WriteStartObject();
            json.WriteString("name", VisibleText.Name(SideBySide.Newest(figures).Name));
            table.Write(json, figures);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // Contexts are written by columns, so that 20,000 of them are only a few lists of numbers.
    private static void WriteContexts(Utf8JsonWriter json, SideBySide joined)
    {
        json.WriteStartObject("contexts");
        WriteColumn("parent", static context => context.Parent);
        WriteColumn("method", static context => context.Method);
        WriteColumn("operation", static context => context.Operation);
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

    /// <summary>The figures of each item of a table, by side. Columns are declared once, and figures are in the order of the columns.</summary>
    private sealed class Figures<T>
        where T : class
    {
        private readonly Dictionary<T, Row> _rows = new(ReferenceEqualityComparer.Instance);
        private readonly (int Place, Column Column)[] _columns;

        public Figures(
            SnapshotDocument[] sides,
            Func<SnapshotDocument, Table> tableOf,
            Func<SnapshotDocument, IEnumerable<T>> itemsOf,
            params string[] without
        )
        {
            Table[] tables = [.. sides.Select(tableOf)];
            foreach (var (side, table) in sides.Zip(tables))
            {
                foreach (var (item, row) in itemsOf(side).Zip(table.Rows))
                {
                    _rows[item] = row;
                }
            }
            _columns = [.. tables[0].Columns.Index().Where(column => !without.Contains(column.Item.Key))];
        }

        public IEnumerable<Column> Columns => _columns.Select(static column => column.Column);

        public void WriteColumns(Utf8JsonWriter json, string name)
        {
            // The most important sum of time and that of bytes have bars behind them.
            HashSet<Column> barred =
            [
                .. Columns
                    .Where(static c => c is { IsSum: true, Unit: Unit.Ns or Unit.Bytes })
                    .GroupBy(static c => c.Unit)
                    .Select(static sums => sums.MinBy(static c => c.Rank)!),
            ];
            json.WriteStartArray(name);
            foreach (var column in Columns)
            {
                json.WriteStartObject();
                json.WriteString("key", column.Key);
                if (column.IsForPeople)
                {
                    json.WriteString("title", column.Title);
                    json.WriteString("help", column.Help);
                    json.WriteString("unit", $"{column.Unit}");
                    json.WriteBoolean("isSum", column.IsSum);
                    json.WriteBoolean("isCompared", column.IsCompared);
                    json.WriteBoolean("moreIsBetter", column.Compared == Compared.MoreIsBetter);
                    json.WriteBoolean("isInTable", column.Rank < Column.OnlyInDetail);
                    json.WriteBoolean("isInDetail", column.IsInDetail);
                    json.WriteBoolean("isRare", column.IsInText && column.Rank > MethodTable.SummaryRank);
                    json.WriteBoolean("hasBar", barred.Contains(column));
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        public void Write(Utf8JsonWriter json, T?[] sides, Action<Utf8JsonWriter, T>? writeMore = null)
        {
            json.WriteStartArray("figures");
            foreach (var side in sides)
            {
                if (side is null)
                {
                    json.WriteNullValue();
                    continue;
                }
                json.WriteStartObject();
                json.WriteStartArray("cells");
                foreach (var (place, _) in _columns)
                {
                    object? cell = _rows[side].Cell(place);
                    TableJson.Write(json, cell is string text ? VisibleText.Of(text) : cell);
                }
                json.WriteEndArray();
                writeMore?.Invoke(json, side);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }
}
