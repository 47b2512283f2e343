using System.Globalization;
using System.Text;
using HotPathGen.Shared;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// Comma-separated values quoted as RFC 4180 has it, a header first: a row a method or a row a site. Columns are named as in the snapshot.
/// </summary>
internal static class CsvTable
{
    public static string Methods(SnapshotDocument snapshot)
    {
        var text = new StringBuilder();
        Append(
            text,
            "assembly",
            "id",
            "name",
            "file",
            "line",
            "form",
            "calls",
            "open",
            "failures",
            "threads",
            "probeHeavy",
            "mayHoldTier0",
            "timeBasis",
            "inclusiveNs",
            "selfNs",
            "meanNs",
            "p50Ns",
            "p90Ns",
            "p95Ns",
            "p99Ns",
            "maxNs",
            "completed",
            "wallNs",
            "allocatedBasis",
            "inclusiveBytes",
            "selfBytes",
            "meanBytes",
            "p50Bytes",
            "p90Bytes",
            "p95Bytes",
            "p99Bytes",
            "maxBytes",
            "controlCalls",
            "probingCalls",
            "differenceBytesPerCall",
            "unattributedBytes",
            "siteScale",
            "withoutSites"
        );
        foreach (var m in snapshot.Methods)
        {
            Append(
                text,
                m.Assembly,
                m.Id,
                m.Name,
                m.File,
                m.Line,
                m.Form,
                m.Calls,
                m.Open,
                m.Failures,
                m.Threads,
                m.ProbeHeavy,
                m.MayHoldTier0,
                m.Time.Basis,
                m.Time.InclusiveNs,
                m.Time.SelfNs,
                m.Time.MeanNs,
                m.Time.P50Ns,
                m.Time.P90Ns,
                m.Time.P95Ns,
                m.Time.P99Ns,
                m.Time.MaxNs,
                m.Completed,
                m.WallNs,
                m.Allocated.Basis,
                m.Allocated.InclusiveBytes,
                m.Allocated.SelfBytes,
                m.Allocated.MeanBytes,
                m.Allocated.P50Bytes,
                m.Allocated.P90Bytes,
                m.Allocated.P95Bytes,
                m.Allocated.P99Bytes,
                m.Allocated.MaxBytes,
                m.Control?.Control.Calls,
                m.Control?.Probing.Calls,
                m.Control?.DifferenceBytesPerCall,
                m.UnattributedBytes,
                m.SiteScale,
                m.WithoutSites
            );
        }
        return text.ToString();
    }

    public static string Sites(SnapshotDocument snapshot)
    {
        var text = new StringBuilder();
        Append(
            text,
            "assembly",
            "id",
            "name",
            "file",
            "line",
            "column",
            "kind",
            "type",
            "text",
            "hits",
            "allocatingHits",
            "objects",
            "bytes",
            "maxBytes",
            "largeObjectHits",
            "largeObjectBytes",
            "siteScale"
        );
        foreach (var m in snapshot.Methods)
        {
            foreach (var s in m.Sites ?? [])
            {
                Append(
                    text,
                    m.Assembly,
                    m.Id,
                    m.Name,
                    m.File,
                    s.Line,
                    s.Column,
                    s.Kind,
                    s.Type,
                    s.Text,
                    s.Hits,
                    s.AllocatingHits,
                    s.Objects,
                    s.Bytes,
                    s.MaxBytes,
                    s.LargeObjectHits,
                    s.LargeObjectBytes,
                    m.SiteScale
                );
            }
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, params object?[] values) => text.AppendJoin(',', values.Select(Field)).Append('\n');

    private static string Field(object? value) =>
        value switch
        {
            null => "",
            string words => Quoted(Inert(VisibleText.Of(words))),
            bool holds => holds ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    // A spreadsheet takes text that begins so for a formula (OWASP, "CSV injection"): an apostrophe makes it text.
    private static string Inert(string text) => text.Length > 0 && "=+-@＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
