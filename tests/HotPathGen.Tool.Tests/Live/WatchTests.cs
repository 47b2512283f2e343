using System.Diagnostics;
using System.Globalization;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Watching;

namespace HotPathGen.Tool.Tests.Live;

public sealed class WatchTests
{
    private static readonly WatchView s_view = new(HasSites: false, IsSinceReset: false, "self-bytes", "");

    private static readonly LiveStatus s_status = new()
    {
        App = "Shop",
        Start = "2026-01-01T00:00:00.0000000Z",
        DurationNs = 1,
        Detail = DetailLevel.Light,
        OverheadPercent = 2,
        NextDetail = DetailLevel.Off,
        NextDetailMs = 4200,
        Methods = 1,
        Calls = 1,
        AllocatedBytes = 1,
    };

    [Test]
    public void An_interval_has_what_came_after_the_first_snapshot()
    {
        var (first, second) = (Run(1), Run(2));
        var merge = new SnapshotMerge();
        merge.Add("1", first);
        merge.Add("2", second);

        var interval = SnapshotInterval.Between(first, merge.ToDocument());

        Assert.That(interval.Methods.Select(FiguresOf), Is.EqualTo(second.Methods.Select(FiguresOf)));
        Assert.That(interval.Methods.SelectMany(SitesOf), Is.EqualTo(second.Methods.SelectMany(SitesOf)).And.Not.Empty);
        // The mean is that of the control calls, rounded down, and so is that of the merged snapshot.
        Assert.That(
            interval.Methods.Zip(second.Methods).Select(static pair => Math.Abs(pair.First.Time.MeanNs - pair.Second.Time.MeanNs)),
            Has.All.LessThanOrEqualTo(1)
        );

        static (string, long, long, long, long, long, long) FiguresOf(Method method) =>
            (
                method.Id,
                method.Calls,
                method.Allocated.SelfBytes,
                method.Time.SelfNs,
                method.Time.Histogram.Total,
                method.Allocated.Histogram.Total,
                method.Time.P50Ns
            );

        static IEnumerable<(string, long, long)> SitesOf(Method method) => (method.Sites ?? []).Select(site => (site.Text, site.Hits, site.Bytes));
    }

    [Test]
    public void An_interval_with_a_reset_begins_with_it()
    {
        var after = Run(2);

        Assert.That(SnapshotInterval.Between(Run(1), after), Is.SameAs(after));
    }

    [Test]
    public void A_screen_fits_the_terminal()
    {
        var frame = new WatchFrame(new(1234), s_status, null, Run(1));
        foreach (var (width, height) in ((int, int)[])[(100, 12), (60, 6), (40, 4)])
        {
            string[] lines = frame.ToLines(s_view, new TableText(width, IsUnicode: false), height, "");

            Assert.That(lines, Has.Length.EqualTo(height));
            Assert.That(lines.Select(static line => line.Length), Has.All.LessThanOrEqualTo(width));
        }

        Assert.That(frame.Heading(s_view), Does.StartWith("Shop (1234), light (off in 5 s); since reset "));
    }

    [Test]
    public void Keys_change_the_view()
    {
        Assert.That(After("s").Sort, Is.EqualTo("bytes"));
        Assert.That(After("S").Sort, Is.EqualTo("name"));
        Assert.That(After("ssS").Sort, Is.EqualTo("bytes"));
        Assert.That(After("i").IsSinceReset, Is.True);
        Assert.That(After("\t").HasSites, Is.True);
        Assert.That(After("\t\t").HasSites, Is.False);
        Assert.That(After(" ").IsPaused, Is.True);
        Assert.That(After("  ").IsPaused, Is.False);
        Assert.That(After("q").Request, Is.EqualTo(WatchRequest.Quit));
        Assert.That(After("r").Request, Is.EqualTo(WatchRequest.Reset));
        Assert.That(After("+").Request, Is.EqualTo(WatchRequest.RaiseLevel));
        Assert.That(After("-").Request, Is.EqualTo(WatchRequest.LowerLevel));
    }

    [Test]
    public void Letters_of_a_filter_are_no_commands()
    {
        Assert.That((After("/qrs").Filter, After("/qrs").Request), Is.EqualTo(("qrs", WatchRequest.None)));
        Assert.That((After("/qrs\b").Filter, After("/qrs\rq").Request), Is.EqualTo(("qr", WatchRequest.Quit)));
        Assert.That((After("/qrs\e").Filter, After("/qrs\r\e").Filter), Is.EqualTo(("", "")));
    }

    [Test]
    public void Where_the_output_is_no_terminal_tables_are_written()
    {
        using var program = new ServingProgram();
        program.Call(1000);

        string output = ToolRun.Of("watch", program.Name, "--interval", "100ms", "--count", "2", "--filter", "Inner").MustSucceed();

        Assert.That(output.Split($"HotPathGen.Tests.Host ({program.Name}), full;"), Has.Length.EqualTo(3));
        Assert.That(output, Does.Match(@"Work\.Inner +1,000 ").And.Not.Contain("Work.Outer"));
    }

    [Test]
    public void A_program_that_run_starts_is_watched_until_it_ends()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(CommandLine).Assembly.Location, "run", "--attach", "--out", "runs", "--", ServingProgram.Host, "until-stopped"]
        )
        {
            WorkingDirectory = folder.ToString(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOTPATH_DETAIL"] = "full";
        using var tool = Process.Start(start)!;
        var error = tool.StandardError.ReadToEndAsync();
        string? line = tool.StandardOutput.ReadLine();
        folder.Write("stop", "");
        string rest = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();

        Assert.That(tool.ExitCode, Is.Zero, error.Result);
        Assert.That(line, Does.StartWith("HotPathGen.Tests.Host (").And.Contain(", full; since reset"));
        Assert.That(rest, Does.Contain("HotPathGen: HotPathGen.Tests.Host, ").And.Contain("Work.Inner"));
        Assert.That(error.Result, Does.Contain(") has ended.\n").Or.Not.Contain("error"));
        Assert.That(File.ReadAllText(folder["runs/output-1.txt"]), Is.EqualTo("working\n"));
    }

    private static WatchView After(string keys) => keys.Aggregate(s_view, static (view, key) => view.After(KeyOf(key)));

    private static ConsoleKeyInfo KeyOf(char letter) =>
        new(
            letter,
            letter switch
            {
                '\t' => ConsoleKey.Tab,
                '\r' => ConsoleKey.Enter,
                '\b' => ConsoleKey.Backspace,
                '\e' => ConsoleKey.Escape,
                _ => ConsoleKey.None,
            },
            false,
            false,
            false
        );

    private static SnapshotDocument Run(int run) =>
        SnapshotReader.Read(Path.Combine(Verified.TestFolder, "Data/shop/before", run.ToString(CultureInfo.InvariantCulture) + ".hotpath.json"));
}
