using System.Text;
using HotPathGen.Causes;

namespace HotPathGen.Runtime;

/// <summary>The table at the end of a measured run: what was measured, the most important rows, and remarks about them.</summary>
internal static class Summary
{
    private const int WideFrom = 120;
    private const int TopSites = 12;
    private const int TopAdvice = 3;
    private const int TopOperations = 5;
    private const int BreachingSites = 3;
    private const int StackLines = 3;

    /// <summary>Whether a row fits on one line. Otherwise it takes two lines.</summary>
    public static bool IsWide(int columns) => columns >= WideFrom;

    /// <summary>Returns the summary as text with line feeds.</summary>
    /// <param name="snapshot">What to summarize.</param>
    /// <param name="path">Where the snapshot was written; null if it could not be.</param>
    /// <param name="style">What the reader's terminal can show.</param>
    public static string Of(SnapshotDocument snapshot, string? path, ReportStyle style)
    {
        var text = new StringBuilder();
        var printer = new TableText(style.Columns - 1, style.IsUnicode);
        Method[] called =
        [
            .. snapshot
                .Methods.Where(static m => m.Calls > 0)
                .OrderByDescending(static m => m.Allocated.SelfBytes)
                .ThenByDescending(static m => m.Time.SelfNs)
                .ThenBy(static m => m.Id, StringComparer.Ordinal),
        ];
        AppendHead(text, snapshot, printer);
        AppendMethods(text, snapshot, called, path, style.Rows, printer);
        AppendOperations(text, snapshot, style.Rows, printer);
        AppendBreaches(text, snapshot, style.Rows, printer);
        AppendSites(text, snapshot, style.Rows, printer);
        AppendAdvice(text, snapshot, style.Rows, printer);
        AppendPooled(text, called, style.Rows, printer);
        AppendNotes(text, snapshot, called, path, printer);
        return text.ToString();
    }

    private static void AppendHead(StringBuilder text, SnapshotDocument snapshot, TableText printer)
    {
        var process = snapshot.Process;
        var (gc, tiering) = (process.Gc, process.Tiering);
        string clock = process.Clock.IsNone
            ? "clock none"
            : Invariant(
                $"clock {Words.Of(process.Clock.Kind)}; a frame costs {process.Probe.FrameNs:0.#} ns, {process.Probe.InnerNs:0.#} of them inside it, subtracted"
            );
        text.Append('\n');
        printer.AppendSentence(
            text,
            Invariant(
                $"HotPathGen: {process.App}, {Units.Time(process.DurationNs, printer.IsUnicode)}, up to {process.Threads} thread(s) at once; {process.Runtime}, {process.Architecture}, {process.Cores} cores"
            )
        );
        printer.AppendSentence(
            text,
            Invariant(
                $"GC {(gc.Server ? "server" : "workstation")}{(gc.Concurrent ? " concurrent" : "")}: gen0 {gc.Gen0}, gen1 {gc.Gen1}, gen2 {gc.Gen2}, paused {Units.Time(gc.PauseNs, printer.IsUnicode)}"
            )
        );
        string code = tiering.IsAheadOfTime
            ? "compiled ahead of time"
            : $"tiered compilation {tiering.TieredCompilation}, PGO {tiering.TieredPgo}, ReadyToRun {tiering.ReadyToRun}";
        printer.AppendSentence(text, $"{code}; {clock}");
        AppendIfKnown(MeasuringCost.Sentence(snapshot, printer.IsUnicode));
        var share = ProcessShare.Of(snapshot);
        AppendIfKnown(share.Sentence(printer.IsUnicode));
        AppendIfKnown(share.Hint);
        text.Append('\n');

        void AppendIfKnown(string? sentence)
        {
            if (sentence is not null)
            {
                printer.AppendSentence(text, sentence);
            }
        }
    }

    private static void AppendMethods(StringBuilder text, SnapshotDocument snapshot, Method[] called, string? path, int rows, TableText printer)
    {
        if (called.Length == 0)
        {
            text.Append("No hot method was called.\n");
            return;
        }
        var table = MethodTable.WithoutSmallFunctions(snapshot, called, rows);
        printer.AppendFolded(text, table, MethodTable.SummaryRank);
        if (table.More > 0)
        {
            printer.AppendSentence(text, Invariant($"{table.More} more method(s){(path is null ? "" : " in the snapshot")}"));
        }
    }

    private static void AppendOperations(StringBuilder text, SnapshotDocument snapshot, int rows, TableText printer)
    {
        var table = OperationTable.Of(snapshot, Math.Min(TopOperations, rows));
        if (table.Rows.Length == 0)
        {
            return;
        }

        text.Append('\n');
        printer.Append(text, table, OperationTable.SummaryRank);
        if (table.More > 0)
        {
            printer.AppendSentence(text, Invariant($"{table.More} more operation(s)"));
        }

        foreach (string remark in OperationTable.Remarks(snapshot))
        {
            printer.AppendSentence(text, remark);
        }
    }

    /// <summary>Appends the methods that exceeded their budgets: how often, where, and the call stack of the first time.</summary>
    private static void AppendBreaches(StringBuilder text, SnapshotDocument snapshot, int rows, TableText printer)
    {
        var broken = snapshot
            .Methods.Where(static m => m.Breaches is { Count: > 0 })
            .OrderByDescending(static m => m.Breaches!.Count)
            .ThenBy(static m => m.Id, StringComparer.Ordinal)
            .Take(rows)
            .ToArray();
        if (broken.Length == 0)
        {
            return;
        }
        AppendTitle(text, "budgets that were not kept", printer);
        foreach (var m in broken)
        {
            printer.AppendSentence(
                text,
                Invariant(
                    $"{m.Name}: {m.Breaches!.Count:N0} of {m.Calls:N0} calls allocated more than {m.MaxBytesPerCall:N0} B, {Units.Bytes(m.Allocated.MaxBytes)} at most"
                )
            );
            foreach (
                var site in (m.Sites ?? [])
                    .Where(static site => site.Breaches is { Count: > 0 })
                    .OrderByDescending(static site => site.Bytes)
                    .Take(BreachingSites)
            )
            {
                printer.AppendSentence(text, Invariant($"  {m.PlaceOf(site)} {Words.Of(site.Kind)} {site.Text}: {site.Breaches!.Count:N0} times"));
            }
            foreach (string line in m.Breaches.FirstStack.Take(StackLines))
            {
                printer.AppendSentence(text, "  " + line);
            }
        }
    }

    private static void AppendSites(StringBuilder text, SnapshotDocument snapshot, int rows, TableText printer)
    {
        var table = SiteTable.OfTop(snapshot, snapshot.Methods, Math.Min(TopSites, rows));
        if (table.Rows.Length > 0)
        {
            text.Append('\n');
            printer.Append(text, table, SiteTable.SummaryRank);
        }
    }

    /// <summary>
    /// Appends advice for the first of them, in the words of the rules. The tool knows more: the capacity that a collection needed.
    /// </summary>
    private static void AppendAdvice(StringBuilder text, SnapshotDocument snapshot, int rows, TableText printer)
    {
        var top = SiteTable.Top(snapshot, snapshot.Methods);
        if (top.Length == 0)
        {
            return;
        }
        AppendTitle(text, "advice (more by: dotnet hotpath show --advice)", printer);
        foreach (var (method, site, bytes, allBytes) in top.Take(Math.Min(TopAdvice, rows)))
        {
            var cause = Cause.Of(site.Kind, site.Type, site.Text, site.Origin ?? Origin.Other);
            long hits = (long)Math.Round(site.AllocatingHits * (method.SiteScale ?? 0));
            printer.AppendSentence(
                text,
                AdviceSentence.Of(cause.Name, Invariant($"{method.FileName}:{site.Line}"), hits, (long)bytes, allBytes, cause.Remedy)
            );
        }
    }

    private static void AppendPooled(StringBuilder text, Method[] called, int rows, TableText printer)
    {
        var table = PooledTable.Of(called, rows);
        if (table.Rows.Length > 0)
        {
            text.Append('\n');
            printer.Append(text, table, PooledTable.SummaryRank);
            printer.AppendSentence(text, PooledTable.Remark);
        }
    }

    private static void AppendNotes(StringBuilder text, SnapshotDocument snapshot, Method[] called, string? path, TableText printer)
    {
        text.Append('\n');
        foreach (string remark in Remarks.Of(snapshot, called))
        {
            printer.AppendSentence(text, remark);
        }
        if (path is not null)
        {
            text.Append("Snapshot: ").Append(VisibleText.Of(path)).Append('\n');
        }
    }

    private static void AppendTitle(StringBuilder text, string title, TableText printer) =>
        text.Append('\n').Append(title).Append('\n').Append('-', printer.Width).Append('\n');

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
