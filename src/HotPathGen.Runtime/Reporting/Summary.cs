using System.Globalization;
using System.Text;
using HotPathGen.Causes;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>The table at the end of a measured run: what was measured, the rows that matter most, what to know about them.</summary>
internal static class Summary
{
    private const int WideFrom = 150;
    private const int Cell = 9;
    private const int TopSites = 12;
    private const int TopAdvice = 3;
    private const int BreachingSites = 3;
    private const int StackLines = 3;

    private static readonly string[] s_callColumns = ["calls", "mean", "p95", "p99"];
    private static readonly string[] s_siteColumns = ["hits", "B/hit", "B total", "share", "scale"];
    private static readonly string[] s_pooledColumns = ["uses", "on stack", "missed", "p95", "for 95 %", "for 99 %"];
    private static readonly string[] s_sumColumns = ["inclusive", "self", "share", "B/call", "B p95", "B total", "B self"];

    /// <summary>Wide enough for a row on one line; otherwise it takes two.</summary>
    public static bool IsWide(int columns) => columns >= WideFrom;

    /// <summary>The summary as text with line feeds.</summary>
    /// <param name="snapshot">What to summarize.</param>
    /// <param name="path">Where the snapshot was written; null if it could not be.</param>
    /// <param name="style">What the reader's terminal can show.</param>
    public static string Of(Snapshot snapshot, string? path, ReportStyle style)
    {
        var text = new StringBuilder();
        AppendHead(text, snapshot, style);
        AppendTable(text, snapshot, path, style);
        AppendBreaches(text, snapshot, style);
        var top = SitesOf(snapshot);
        AppendSites(text, snapshot, top, style);
        AppendAdvice(text, snapshot, top, style);
        AppendPooled(text, snapshot, style);
        AppendNotes(text, snapshot, path, style);
        return text.ToString();
    }

    private static void AppendHead(StringBuilder text, Snapshot snapshot, ReportStyle style)
    {
        var process = snapshot.Process;
        var (gc, tiering) = (process.Gc, process.Tiering);
        string clock =
            process.ClockKind == ClockKind.None
                ? "clock none"
                : Invariant(
                    $"clock {SnapshotJson.NameOf(process.ClockKind)}; a frame costs {process.FrameNs:0.#} ns, {process.InnerNs:0.#} of them inside it, subtracted"
                );
        text.Append('\n');
        Wrap(
            text,
            style,
            Invariant(
                $"HotPathGen: {process.App}, {Units.Time(process.DurationNs, style.IsUnicode)}, up to {snapshot.RecordCount} thread(s) at once; {process.Runtime}, {process.Architecture}, {process.Cores} cores"
            )
        );
        Wrap(
            text,
            style,
            Invariant(
                $"GC {(gc.IsServer ? "server" : "workstation")}{(gc.IsConcurrent ? " concurrent" : "")}: gen0 {gc.Gen0}, gen1 {gc.Gen1}, gen2 {gc.Gen2}, paused {Units.Time(gc.PauseNs, style.IsUnicode)}"
            )
        );
        string code = tiering.IsAheadOfTime
            ? "compiled ahead of time"
            : $"tiered compilation {Word(tiering.TieredCompilation)}, PGO {Word(tiering.TieredPgo)}, ReadyToRun {Word(tiering.ReadyToRun)}";
        Wrap(text, style, $"{code}; {clock}");
        text.Append('\n');
    }

    private static string Word(TieringSetting setting) => (setting.IsOn ? "on" : "off") + (setting.Source == "default" ? "" : $" ({setting.Source})");

    private static void AppendTable(StringBuilder text, Snapshot snapshot, string? path, ReportStyle style)
    {
        var called = snapshot
            .Methods.Where(static m => m.Calls > 0)
            .OrderByDescending(static m => m.Allocated.Self)
            .ThenByDescending(static m => m.Time.Self)
            .ThenBy(static m => m.Method.Id, StringComparer.Ordinal)
            .ToArray();
        if (called.Length == 0)
        {
            text.Append("No hot method was called.\n");
            return;
        }
        long selfNs = called.Sum(static m => m.Time.Self);
        AppendRow(text, style, "method", s_callColumns, s_sumColumns);
        text.Append('-', TableWidth(style)).Append('\n');
        foreach (var m in called.Take(style.Rows))
        {
            AppendRow(
                text,
                style,
                ShortName.Of(VisibleText.Name(m.Method.Name) + Marks(m), NameWidth(style)),
                [Units.Count(m.Calls), Time(m.Time.Mean), Time(m.Time.Percentile(0.95)), Time(m.Time.Percentile(0.99))],
                [
                    Time(m.Time.Inclusive),
                    Time(m.Time.Self),
                    selfNs == 0 ? "-" : Invariant($"{100.0 * m.Time.Self / selfNs:0.0} %"),
                    Units.Bytes(m.Allocated.Mean),
                    Units.Bytes(m.Allocated.Percentile(0.95)),
                    Units.Bytes(m.Allocated.Inclusive),
                    Units.Bytes(m.Allocated.Self),
                ]
            );
        }
        if (called.Length > style.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{called.Length - style.Rows} more method(s){(path is null ? "" : " in the snapshot")}\n");
        }

        string Time(long ns) => snapshot.Process.ClockKind == ClockKind.None ? "-" : Units.Time(ns, style.IsUnicode);
    }

    /// <summary>Methods that went beyond their budgets: how often, where, and by whom first.</summary>
    private static void AppendBreaches(StringBuilder text, Snapshot snapshot, ReportStyle style)
    {
        var broken = snapshot
            .Methods.Where(static m => m.Breaches is { Count: > 0 })
            .OrderByDescending(static m => m.Breaches!.Count)
            .ThenBy(static m => m.Method.Id, StringComparer.Ordinal)
            .Take(style.Rows)
            .ToArray();
        if (broken.Length == 0)
        {
            return;
        }

        text.Append("\nbudgets that were not kept\n").Append('-', TableWidth(style)).Append('\n');
        foreach (var m in broken)
        {
            Wrap(
                text,
                style,
                Invariant(
                    $"{m.Method.Name}: {m.Breaches!.Count:N0} of {m.Calls:N0} calls allocated more than {m.Method.MaxBytesPerCall:N0} B, {Units.Bytes(m.Allocated.Max)} at most"
                )
            );
            foreach (
                var site in (m.Twins?.Sites ?? [])
                    .Where(static site => site.Breaches is { Count: > 0 })
                    .OrderByDescending(static site => site.Bytes)
                    .Take(BreachingSites)
            )
            {
                Wrap(
                    text,
                    style,
                    Invariant(
                        $"  {m.Method.File[(m.Method.File.LastIndexOf('/') + 1)..]}:{site.Line}:{site.Column} {site.Kind} {site.Text}: {site.Breaches!.Count:N0} times"
                    )
                );
            }

            foreach (string line in m.Breaches.FirstStack.Take(StackLines))
            {
                Wrap(text, style, "  " + line);
            }
        }
    }

    /// <summary>The sites that allocate most, whatever their method.</summary>
    private static TopSite[] SitesOf(Snapshot snapshot) =>
        [
            .. snapshot
                .Methods.SelectMany(static m => (m.Twins?.Sites ?? []).Select(site => new TopSite(m.Method, m.Twins!.Scale, site)))
                .Where(static s => s.Site.Bytes > 0)
                .OrderByDescending(static s => s.Site.Bytes * s.Scale)
                .ThenBy(static s => s.Method.Id, StringComparer.Ordinal)
                .ThenBy(static s => s.Site.Line)
                .ThenBy(static s => s.Site.Column)
                .Take(TopSites),
        ];

    private static void AppendSites(StringBuilder text, Snapshot snapshot, TopSite[] top, ReportStyle style)
    {
        if (top.Length == 0)
        {
            return;
        }

        long allBytes = AllBytes(snapshot);
        text.Append('\n').Append("site".PadRight(SiteWidth(style)));
        AppendCells(text, s_siteColumns);
        text.Append('\n').Append('-', TableWidth(style)).Append('\n');
        foreach (var (method, scale, site) in top.Take(style.Rows))
        {
            double bytes = site.Bytes * scale;
            text.Append(
                ShortName
                    .Of(
                        VisibleText.Of(Invariant($"{method.File[(method.File.LastIndexOf('/') + 1)..]}:{site.Line}:{site.Column} {site.Kind}")),
                        SiteWidth(style)
                    )
                    .PadRight(SiteWidth(style))
            );
            AppendCells(
                text,
                [
                    Units.Count(site.Hits),
                    Units.Bytes(site.Bytes / Math.Max(1, site.Hits)),
                    Units.Bytes((long)bytes),
                    Invariant($"{100 * bytes / Math.Max(1, allBytes):0.0} %"),
                    Invariant($"x{scale:0.00}"),
                ]
            );
            string what = site.Type.Length > 0 && !site.Text.Contains(site.Type, StringComparison.Ordinal) ? $"{site.Type}: {site.Text}" : site.Text;
            what = Printable(VisibleText.Of(what), style);
            text.Append("\n  ")
                .Append(what.Length > TableWidth(style) - 2 ? VisibleText.Start(what, TableWidth(style) - 4) + ".." : what)
                .Append('\n');
        }
    }

    /// <summary>
    /// What to do about the first of them, in the words of rules. The tool knows more: how much capacity what grows would have needed.
    /// </summary>
    private static void AppendAdvice(StringBuilder text, Snapshot snapshot, TopSite[] top, ReportStyle style)
    {
        if (top.Length == 0)
        {
            return;
        }

        text.Append("\nadvice (more by: dotnet hotpath show --advice)\n").Append('-', TableWidth(style)).Append('\n');
        foreach (var (method, scale, site) in top.Take(Math.Min(TopAdvice, style.Rows)))
        {
            var cause = Cause.Of(site.Kind, site.Type, site.Text, site.Origin);
            string place = Invariant($"{method.File[(method.File.LastIndexOf('/') + 1)..]}:{site.Line}");
            string sentence = AdviceSentence.Of(
                cause.Name,
                place,
                (long)Math.Round(site.AllocatingHits * scale),
                (long)(site.Bytes * scale),
                AllBytes(snapshot),
                cause.Remedy
            );
            Wrap(text, style, Printable(sentence, style));
        }
    }

    /// <summary>The pooled parameters that were used most; those that something is wrong with come first.</summary>
    private static void AppendPooled(StringBuilder text, Snapshot snapshot, ReportStyle style)
    {
        var used = snapshot
            .Methods.SelectMany(static m => m.Pooled.Select(pooled => new UsedPooled(m.Method, pooled)))
            .Where(static p => p.Pooled.Uses > 0)
            .OrderByDescending(static p => Faults(p.Pooled).Length > 0)
            .ThenByDescending(static p => p.Pooled.Uses)
            .ThenBy(static p => p.Method.Id, StringComparer.Ordinal)
            .ThenBy(static p => p.Pooled.Name, StringComparer.Ordinal)
            .Take(style.Rows)
            .ToArray();
        if (used.Length == 0)
        {
            return;
        }

        int width = TableWidth(style) - s_pooledColumns.Length * (Cell + 1);
        text.Append('\n').Append("pooled".PadRight(width));
        AppendCells(text, s_pooledColumns);
        text.Append('\n').Append('-', TableWidth(style)).Append('\n');
        foreach (var (method, pooled) in used)
        {
            text.Append(ShortName.Of(VisibleText.Name(pooled.Name), width).PadRight(width));
            AppendCells(
                text,
                [
                    Units.Count(pooled.Uses),
                    Invariant($"{100.0 * pooled.Sums.OnStack / pooled.Uses:0.0} %"),
                    Units.Bytes(pooled.Sums.MissBytes),
                    Units.Count(pooled.Lengths.Percentile(0.95)),
                    Limit(pooled.StackLimitFor(0.95)),
                    Limit(pooled.StackLimitFor(0.99)),
                ]
            );
            text.Append("\n  ").Append(ShortName.Of(VisibleText.Name(method.Name), TableWidth(style) - 2)).Append('\n');
            if (Faults(pooled) is { Length: > 0 } faults)
            {
                Wrap(text, style, "  " + faults);
            }
        }
        Wrap(
            text,
            style,
            "missed: what renting allocated. p95: of the lengths, in elements. for 95 %, 99 %: the StackLimit that would keep so many calls on "
                + "the stack."
        );

        static string Limit(long? bytes) => bytes is { } known ? Invariant($"{known} B") : "-";
    }

    private static string Faults(PooledFigures pooled)
    {
        (long Count, string What)[] faults =
        [
            (pooled.Outstanding, "not returned"),
            (pooled.Sums.UsesAfterReturn, "written to after its return"),
            (pooled.Sums.DoubleReturns, "returned twice"),
        ];
        return string.Join(", ", faults.Where(static fault => fault.Count > 0).Select(static fault => Invariant($"! {fault.What}: {fault.Count}")));
    }

    private static int SiteWidth(ReportStyle style) => TableWidth(style) - s_siteColumns.Length * (Cell + 1);

    private static string Marks(MethodFigures m) =>
        (m.IsProbeHeavy ? " !" : "")
        + (m.HasWallTime ? " ~" : "")
        + (!m.HasWallTime && m.Twins is { Probing.Calls: > 0, IsTimedByControl: false } ? " p" : "")
        + Coverage.Mark(m.Coverage)
        + (m.Twins?.Difference is { } difference ? Invariant($" ({difference:+0.#;-0.#} B)") : "");

    private static void AppendNotes(StringBuilder text, Snapshot snapshot, string? path, ReportStyle style)
    {
        text.Append('\n');
        Wrap(
            text,
            style,
            "B: bytes allocated, 1 KB = 1,000 B. share: of all self time. self: without nested hot methods. !: probe-heavy. ~: wall time."
        );
        AppendSiteNotes(text, snapshot, style);
        foreach (string footnote in Coverage.Footnotes(snapshot.Methods.Where(static m => m.Calls > 0).Select(static m => (m.Coverage, m.Obstacle))))
        {
            Wrap(text, style, footnote);
        }

        foreach (string note in snapshot.Notes)
        {
            Wrap(text, style, note);
        }

        if (snapshot.Methods.Count(static m => m.Calls == 0 && m.Open == 0) is var silent and > 0)
        {
            Wrap(text, style, Invariant($"{silent} hot method(s) were never called."));
        }

        if (snapshot.Announcements.Sum(static a => a.Plain.Length) is var plain and > 0)
        {
            Wrap(text, style, Coverage.OfPlain(plain));
        }

        if (path is not null)
        {
            text.Append("Snapshot: ").Append(VisibleText.Of(path)).Append('\n');
        }
    }

    private static void AppendSiteNotes(StringBuilder text, Snapshot snapshot, ReportStyle style)
    {
        var twins = snapshot.Methods.Where(static m => m.Twins is { Probing.Calls: > 0 }).ToArray();
        if (twins.Length == 0)
        {
            return;
        }

        long bytes = twins.Sum(static m => m.Twins!.Probing.SelfBytes),
            unattributed = twins.Sum(static m => m.Twins!.UnattributedBytes);
        Wrap(
            text,
            style,
            Invariant(
                $"Sites: hits and bytes per hit are of the calls that probed; totals are scaled to all calls by what \"scale\" says. {Units.Bytes(unattributed)} of their {Units.Bytes(bytes)} fell outside any site."
            )
        );
        if (twins.Any(static m => m.Twins!.Difference is not null))
        {
            Wrap(
                text,
                style,
                "(+n B): a probing call allocates so much more than a control call, which runs the plain twin; probes changed what the JIT could do."
            );
        }
    }

    private static int NameWidth(ReportStyle style) =>
        IsWide(style.Columns)
            ? style.Columns - 1 - (s_callColumns.Length + s_sumColumns.Length) * (Cell + 1)
            : TableWidth(style) - s_callColumns.Length * (Cell + 1);

    private static int TableWidth(ReportStyle style) => style.Columns - 1;

    private static void AppendRow(StringBuilder text, ReportStyle style, string name, string[] call, string[] sums)
    {
        text.Append(name.PadRight(NameWidth(style)));
        AppendCells(text, call);
        if (!IsWide(style.Columns))
        {
            text.Append('\n').Append(' ', TableWidth(style) - sums.Length * (Cell + 1));
        }

        AppendCells(text, sums);
        text.Append('\n');
    }

    private static void AppendCells(StringBuilder text, string[] cells)
    {
        foreach (string cell in cells)
        {
            text.Append(' ').Append(cell.PadLeft(Cell));
        }
    }

    private static void Wrap(StringBuilder text, ReportStyle style, string sentence)
    {
        int column = 0;
        foreach (string word in VisibleText.Of(sentence).Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > TableWidth(style))
            {
                text.Append("\n  ");
                column = 2;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }

    private static long AllBytes(Snapshot snapshot) => snapshot.Methods.Sum(static m => m.Allocated.Self);

    private static string Printable(string text, ReportStyle style) =>
        style.IsUnicode
            ? text
            : string.Concat(text.Replace('×', 'x').Replace("…", "..").Select(static letter => char.IsAscii(letter) ? letter : '?'));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // Types of their own, where tuples would do: code for generic methods over those is compiled while the program ends.
    private sealed record TopSite(HotMethod Method, double Scale, SiteFigures Site);

    private sealed record UsedPooled(HotMethod Method, PooledFigures Pooled);
}
