using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace HotPathGen.Tool.Exports;

/// <summary>A column of the table. The names are those of the snapshot, unless they would be words of SQL.</summary>
internal sealed record ParquetColumn(DataField Field, Func<ParquetRowGroupWriter, DataField, List<ParquetRow>, ValueTask> Write)
{
    public static readonly ParquetColumn[] All =
    [
        Text("kind", static row => row.Kind.ToString().ToLowerInvariant()),
        Text("file", static row => row.File),
        Text("host", static row => row.Process.Host),
        Text("app", static row => row.Process.App),
        Text("version", static row => row.Process.Version),
        Time("start", static row => row.Process.Start),
        Number("durationNs", static row => row.Process.DurationNs),
        Text("level", static row => Words.Of(row.Process.Detail ?? DetailLevel.Full)),
        Text("operation", static row => row.Operation),
        Text("assembly", static row => row.Method?.Assembly),
        Text("method", static row => row.Method?.Name),
        Text("id", static row => row.Method?.Id),
        Text("path", static row => row.Method?.File),
        Number("line", static row => row.Site?.Line ?? row.Method?.Line),
        Number("siteColumn", static row => row.Site?.Column),
        Text("siteKind", static row => row.Site is { } site ? Words.Of(site.Kind) : null),
        Text("siteType", static row => row.Site?.Type),
        Text("siteText", static row => row.Site?.Text),
        Number("context", static row => row.Context?.Id),
        Number("parent", static row => row.Context?.Parent),
        Text("stack", static row => row.Stack),
        Number("calls", static row => row.Calls),
        Number("failures", static row => row.OfMethod?.Failures),
        Number("sampledCalls", static row => row.OfMethod?.SampledCalls),
        Number("selfNs", static row => row.SelfNs),
        Number("inclusiveNs", static row => row.InclusiveNs),
        Number("p50Ns", static row => row.OfMethod?.Time.P50Ns),
        Number("p95Ns", static row => row.OfMethod?.Time.P95Ns),
        Number("p99Ns", static row => row.OfMethod?.Time.P99Ns),
        Number("maxNs", static row => row.OfMethod?.Time.MaxNs),
        Number("selfBytes", static row => row.SelfBytes),
        Number("inclusiveBytes", static row => row.InclusiveBytes),
        Number("p95Bytes", static row => row.OfMethod?.Allocated.P95Bytes),
        Number("p99Bytes", static row => row.OfMethod?.Allocated.P99Bytes),
        Number("maxBytes", static row => row.OfMethod?.Allocated.MaxBytes),
        Number("hits", static row => row.Site?.Hits),
        Number("probedBytes", static row => row.Site?.Bytes),
        Number("totalBytes", static row => row.Site is { } site ? (long)(site.Bytes * (row.Method!.SiteScale ?? 0)) : null),
    ];

    private static ParquetColumn Text(string name, Func<ParquetRow, string?> value) =>
        new(new DataField<string>(name), (group, field, rows) =>
            new(group.WriteAsync(field, (IReadOnlyCollection<string>)rows.ConvertAll(row => value(row)!)))
        );

    private static ParquetColumn Number(string name, Func<ParquetRow, long?> value) =>
        new(new DataField<long?>(name), (group, field, rows) => new(group.WriteAsync<long>(field, rows.ConvertAll(row => value(row)).ToArray())));

    private static ParquetColumn Time(string name, Func<ParquetRow, string> value) =>
        new(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros), (group, field, rows) =>
            new(
                group.WriteAsync<DateTime>(
                    field,
                    rows.ConvertAll(row => DateTime.Parse(value(row), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)).ToArray()
                )
            )
        );
}
