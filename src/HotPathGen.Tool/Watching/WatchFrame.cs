using System.Globalization;
using System.Text;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Watching;

/// <summary>One picture of <c>watch</c>: a program's newest snapshot, the one before, and its status.</summary>
internal sealed record WatchFrame(MeasuredProgram Program, LiveStatus Status, SnapshotDocument? Before, SnapshotDocument After)
{
    private readonly Lazy<SnapshotDocument> _interval = new(() => Before is null ? After : SnapshotInterval.Between(Before, After));

    /// <summary>What is shown: the interval, or everything since the reset. The first snapshot has no interval.</summary>
    public SnapshotDocument Shown(WatchView view) => view.IsSinceReset ? After : _interval.Value;

    /// <summary>The line above the table.</summary>
    public string Heading(WatchView view)
    {
        var shown = Shown(view);
        double seconds = Math.Max(1e-9, shown.Process.DurationNs / 1e9);
        long calls = shown.Methods.Sum(static method => method.Calls);
        long bytes = shown.Methods.Sum(static method => method.Allocated.SelfBytes);
        string span = view.IsSinceReset || Before is null ? "since reset" : "last";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Status.App} ({Program.Process}), {LevelWords.Short(Status)}; {span} {Units.Time(shown.Process.DurationNs, isUnicode: false)}: "
                + $"{Units.Count((long)(calls / seconds))} calls/s, {Units.Bytes((long)(bytes / seconds))}/s in hot methods"
        );
    }

    /// <summary>The table, as many rows as there is room for.</summary>
    public Table ToTable(WatchView view, int rows)
    {
        var shown = Shown(view);
        var selection = new Selection(view.Sort, rows, view.Filter, HasAllFunctions: true);
        return view.HasSites ? ShowReport.SitesOf(shown, selection) : ShowReport.MethodsOf(shown, selection);
    }

    /// <summary>The lines of a screen.</summary>
    /// <param name="view">What is shown.</param>
    /// <param name="text">The width and the colours.</param>
    /// <param name="height">The number of lines.</param>
    /// <param name="news">What a key has done, or what went wrong; empty for the keys themselves.</param>
    public string[] ToLines(WatchView view, TableText text, int height, string news)
    {
        string state =
            (view.IsPaused ? "paused; " : "")
            + $"{(view.HasSites ? "sites by bytes" : $"methods by {view.Sort}")}"
            + (
                view.IsTyping ? $"; filter: {view.Filter}_ (Enter, Esc)"
                : view.Filter.Length > 0 ? $"; filter: {view.Filter}"
                : ""
            );
        List<string> lines = [Cut(Heading(view), text.Width), Cut(state, text.Width), ""];
        var table = ToTable(view, Math.Max(1, height));
        var printed = new StringBuilder();
        text.Append(printed, table);
        string[] body = table.Rows.Length > 0 ? printed.ToString().TrimEnd('\n').Split('\n') : ["Nothing of this kind was recorded."];
        lines.AddRange(body.Take(Math.Max(0, height - lines.Count - 1)));
        while (lines.Count < height - 1)
        {
            lines.Add("");
        }

        lines.Add(Cut(news.Length > 0 ? news : WatchView.Keys, text.Width));
        return [.. lines];
    }

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..Math.Max(0, width)];
}
