using System.Globalization;
using System.Text;
using HotPathGen.Runtime;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// A snapshot for a comment on a pull request or for release notes: what matters most in a few rows, the rest folded. Well under the
/// 65,536 characters that a comment may have.
/// </summary>
internal static class MarkdownReport
{
    private const int TopRows = 5;
    private const int FoldedRows = 40;
    private const int LongestText = 90;

    public static string Write(SnapshotDocument snapshot)
    {
        var text = new StringBuilder();
        var methods = snapshot.Methods.Where(static m => m.Calls > 0).OrderByDescending(static m => m.Allocated.SelfBytes).ThenByDescending(static m => m.Time.SelfNs).ToArray();
        var sites = methods.SelectMany(static m => (m.Sites ?? []).Select(site => (Method: m, Site: site, Bytes: site.Bytes * (m.SiteScale ?? 0))))
            .Where(static s => s.Site.Bytes > 0).OrderByDescending(static s => s.Bytes).ToArray();
        long allBytes = methods.Sum(static m => m.Allocated.SelfBytes), allNs = methods.Sum(static m => m.Time.SelfNs);

        text.Append("### HotPathGen: ").Append(MarkdownTable.Plain(snapshot.Process.App)).Append("\n\n")
            .Append(CultureInfo.InvariantCulture, $"**{Units.Bytes(allBytes)}** allocated and **{Time(allNs)}** spent by {Counted(methods.Length, "hot method")} in {Units.Count(methods.Sum(static m => m.Calls))} calls")
            .Append(CultureInfo.InvariantCulture, $"{(snapshot.RunCount > 1 ? $" over {snapshot.RunCount} runs" : "")}.\n\n");
        if (methods.Length == 0)
            return text.Append("No hot method was called.\n").ToString();

        string[] methodColumns = ["method", "calls", "mean", "p95", "self", "B/call", "B self", "share"];
        var methodRows = methods.Select(m => new[]
        {
            MarkdownTable.Code(Shorten(m.Name)) + Marks(m), Units.Count(m.Calls), Time(m.Time.MeanNs), Time(m.Time.P95Ns), Time(m.Time.SelfNs), Units.Bytes(m.Allocated.MeanBytes), Units.Bytes(m.Allocated.SelfBytes), Share(m.Allocated.SelfBytes),
        });
        MarkdownTable.Append(text, methodColumns, methodRows.Take(TopRows));

        string[] siteColumns = ["site", "hits", "B/hit", "B total", "share"];
        var siteRows = sites.Select(s => new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{MarkdownTable.Code(Shorten(s.Site.Text.Length > 0 ? s.Site.Text : s.Site.Kind))} {MarkdownTable.Plain(s.Method.File[(s.Method.File.LastIndexOf('/') + 1)..])}:{s.Site.Line}, {s.Site.Kind}"),
            Units.Count(s.Site.Hits), Units.Bytes(s.Site.Bytes / Math.Max(1, s.Site.Hits)), Units.Bytes((long)s.Bytes), Share(s.Bytes),
        });
        if (sites.Length > 0)
        {
            text.Append('\n');
            MarkdownTable.Append(text, siteColumns, siteRows.Take(TopRows));
        }

        Fold(text, "more methods", methodColumns, methodRows.Skip(TopRows).Take(FoldedRows), methods.Length - TopRows);
        Fold(text, "more sites that allocate", siteColumns, siteRows.Skip(TopRows).Take(FoldedRows), sites.Length - TopRows);
        var pooled = methods.SelectMany(static m => (m.Pooled ?? []).Select(p => (Method: m, Pooled: p))).Where(static p => p.Pooled.Uses > 0).OrderByDescending(static p => p.Pooled.Uses).ToArray();
        Fold(text, "pooled buffers", ["parameter", "uses", "on stack", "missed", "not returned", "limit", "for 95 %"], pooled.Take(FoldedRows).Select(static p => new[]
        {
            $"{MarkdownTable.Code(p.Pooled.Parameter)} of {MarkdownTable.Code(Shorten(p.Method.Name))}", Units.Count(p.Pooled.Uses), Percent((double)p.Pooled.OnStack / p.Pooled.Uses), Units.Bytes(p.Pooled.MissBytes),
            Units.Count(p.Pooled.Outstanding), $"{p.Pooled.StackLimit} B", p.Pooled.StackLimitFor95 is { } limit ? FormattableString.Invariant($"{limit} B") : "–",
        }), pooled.Length);
        AppendConditions(text, snapshot);
        return text.ToString();

        string Time(long ns) => snapshot.Process.Clock.IsNone ? "–" : Units.Time(ns, isUnicode: true);
        string Share(double bytes) => Percent(bytes / Math.Max(1, allBytes));
    }

    private static void Fold(StringBuilder text, string what, string[] columns, IEnumerable<string[]> rows, int count)
    {
        if (count <= 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{count:N0} {what}</summary>\n\n");
        MarkdownTable.Append(text, columns, rows);
        if (count > FoldedRows)
            text.Append(CultureInfo.InvariantCulture, $"\nand {count - FoldedRows:N0} more.\n");
        text.Append("\n</details>\n");
    }

    private static void AppendConditions(StringBuilder text, SnapshotDocument snapshot)
    {
        var process = snapshot.Process;
        text.Append("\n<details><summary>conditions</summary>\n\n")
            .Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Plain(process.Runtime)}, {MarkdownTable.Plain(process.Architecture)}, {process.Cores} cores, {MarkdownTable.Plain(process.Os)}\n")
            .Append(CultureInfo.InvariantCulture, $"- tiered compilation {Word(process.Tiering.TieredCompilation)}, PGO {Word(process.Tiering.TieredPgo)}, GC {(process.Gc.Server ? "server" : "workstation")}{(process.Gc.Concurrent ? " concurrent" : "")}, clock {MarkdownTable.Plain(process.Clock.Kind)}\n")
            .Append("- B: bytes allocated, 1 KB = 1,000 B. self: without nested hot methods. !: probe-heavy. ~: wall time. p: few control calls. Sites: bytes are scaled to all calls, hits are those of calls that probed.\n");
        foreach (string note in snapshot.Notes)
            text.Append("- ").Append(MarkdownTable.Plain(note)).Append('\n');
        text.Append("\n</details>\n");
    }

    private static string Word(TieringSetting setting) => (setting.Value ? "on" : "off") + (setting.Source == "default" ? "" : $" ({MarkdownTable.Plain(setting.Source)})");

    private static string Marks(Method m) =>
        (m.ProbeHeavy ? " !" : "") + (m.HasWallTime ? " ~" : "") + (!m.HasWallTime && m.Control is { Probing.Calls: > 0, TimesMethod: false } ? " p" : "");

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0} %");

    private static string Counted(int count, string noun) => FormattableString.Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
