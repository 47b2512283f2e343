using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Comparison;

[TestFixture]
public sealed class DiffTests
{
    [Test]
    public void One_build_twice_shows_no_difference() =>
        Verified.Verify(ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.Again).MustSucceed(), "DiffSame");

    [Test]
    public void A_change_shows_bytes_sites_time_and_what_came_went_and_moved() =>
        Verified.Verify(ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.After).MustSucceed(), "Diff");

    [Test]
    public void Markdown_shows_the_most_important_first() =>
        Verified.Verify(ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.After, "--markdown", "--top", "6").MustSucceed(), "Diff", "md");

    [Test]
    public void The_other_way_round_everything_is_the_other_way_round()
    {
        string report = ToolRun.Of("diff", RecordedRuns.After, "--to", RecordedRuns.Before).MustSucceed();

        Assert.That(
            report,
            Does.Contain("Bytes per call: 1 method more, 2 less, 4 the same.\nTime: 0 methods slower, 1 faster, 6 without a proved change.\n")
        );
        Assert.That(report, Does.Contain("sites that ceased to allocate\nsite").And.Not.Contain("sites that began to allocate"));
    }

    [Test]
    public void A_site_begins_or_ceases_only_if_it_allocates_in_every_run()
    {
        using var folder = new TemporaryFolder();
        string after = RecordedRuns.Edit(folder, RecordedRuns.After);
        Assert.That(ToolRun.Of("diff", RecordedRuns.Before, "--to", after).MustSucceed(), Does.Contain("sites that began to allocate"));

        string one = RecordedRuns.Files(after)[0];
        File.WriteAllText(one, File.ReadAllText(one).Replace("\"name.ToUpperInvariant()\"", "\"name.ToUpper()\"", StringComparison.Ordinal));

        Assert.That(ToolRun.Of("diff", RecordedRuns.Before, "--to", after).MustSucceed(), Does.Not.Contain("sites that began"));
        Assert.That(ToolRun.Of("diff", after, "--to", RecordedRuns.Before).MustSucceed(), Does.Not.Contain("sites that ceased"));
        string baseline = folder["baseline.json"];
        ToolRun.Of("baseline", after, "-o", baseline).MustSucceed();
        Assert.That(File.ReadAllText(baseline), Does.Contain("Shop.Cart.Describe").And.Not.Contain("name.ToUpper"));
    }

    [Test]
    public void Too_few_runs_are_said_with_how_many_it_takes()
    {
        string[] before = RecordedRuns.Files(RecordedRuns.Before),
            after = RecordedRuns.Files(RecordedRuns.After);
        string report = ToolRun.Of(["diff", .. before.Take(3), "--to", .. after.Take(3)]).MustSucceed();

        Assert.That(report, Does.Contain("Time: no change is proved.\n").And.Contain("± ∞"));
        Assert.That(report, Does.Contain("warning: so few runs cannot prove any change of time in 7 methods: it takes 6 on each side.\n"));
    }

    [Test]
    public void Other_conditions_are_a_warning_for_each()
    {
        using var folder = new TemporaryFolder();
        string other = RecordedRuns.Edit(
            folder,
            RecordedRuns.Again,
            ("\"server\": false", "\"server\": true"),
            (".NET 10.0", ".NET 11.0"),
            ("\"tieredCompilation\": {\n        \"value\": false", "\"tieredCompilation\": {\n        \"value\": true")
        );

        Assert.That(
            ToolRun.Of("diff", RecordedRuns.Before, "--to", other).MustSucceed(),
            Does.Contain(
                """

                warning: the conditions differ, and so may the figures for that reason alone: code: gate, now unsettled.
                warning: the conditions differ, and so may the figures for that reason alone: runtime: .NET 10, now .NET 11.
                warning: the conditions differ, and so may the figures for that reason alone: PGO: off, now on.
                warning: the conditions differ, and so may the figures for that reason alone: quick JIT for loops: off, now on.
                warning: the conditions differ, and so may the figures for that reason alone: GC: workstation, now server.
                warning: code of several tiers ran, whose bytes differ: take snapshots with run --gate, or with HOTPATH_WARMUP_MS.

                """.ReplaceLineEndings("\n")[1..]
            )
        );
    }

    [Test]
    public void Methods_that_moved_are_the_same_to_all_commands_and_stand_where_they_are_now()
    {
        using var folder = new TemporaryFolder();
        string moved = RecordedRuns.Moved(folder, RecordedRuns.Again, lines: 9),
            changed = RecordedRuns.Moved(folder, RecordedRuns.After, lines: 9),
            baseline = folder["baseline.json"];
        ToolRun.Of("baseline", RecordedRuns.Before, "-o", baseline).MustSucceed();

        string report = ToolRun.Of("diff", RecordedRuns.Before, "--to", moved).MustSucceed();
        Assert.That(
            report,
            Does.Contain("8 the same.")
                .And.Contain(" moved to another line of the same file.")
                .And.Not.Contain("sites that")
                .And.Not.Contain("new methods")
        );
        // The newest run counts, whatever the order of the files.
        Assert.That(
            ToolRun.Of(["diff", RecordedRuns.Before, "--to", .. RecordedRuns.Files(changed).Reverse()]).MustSucceed(),
            Does.Contain("  Shop.cs:41:20  call ")
        );
        Assert.That(ToolRun.Of("check", moved, "--baseline", baseline).MustSucceed(), Does.StartWith("passed: 8 methods of "));
        Assert.That(
            ToolRun.Of("check", changed, "--baseline", baseline).Output,
            Does.StartWith("failed: 2 breaches.").And.Contain("Shop.cs:41:20: call: ")
        );
        string shown = ToolRun.Of(["show", moved, .. RecordedRuns.Files(RecordedRuns.Before), "--sites"]).MustSucceed();
        Assert.That(shown, Does.Contain("Shop.cs:43:20 concatenation").And.Not.Contain("Shop.cs:34:20"));
    }

    [Test]
    public void A_mean_is_of_changes_that_are_proved()
    {
        string changed = ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.After).MustSucceed(),
            same = ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.Again).MustSucceed();

        // The mean of 61.3 and 63.8 %. There is no mean of times: only one method became slower.
        Assert.That(
            changed.Split('\n').Where(static line => line.Contains("geometric", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "geometric mean of the 2 methods with changed bytes that allocate before and after: +62.6 %" })
        );
        Assert.That(same, Does.Contain("no change is proved").And.Not.Contain("geometric"));
    }

    // A body is recognized by its sites. A method with a single site, or with none, could be any method.
    [TestCase("M:Shop.Parser.CountWords(System.String)", "M:Shop.Words.CountWords(System.String)", true)]
    [TestCase("M:Shop.Label.Print(Shop.Cart)", "M:Shop.Ticket.Write(Shop.Cart)", true)]
    [TestCase("M:Shop.Parser.CountWords(System.String)", "M:Shop.Parser.Words(System.String)", false)]
    [TestCase("M:Shop.Cart.Round(System.Int32)", "M:Shop.Money.Round(System.Int32)", false)]
    public void A_method_of_another_name_or_type_is_known_by_its_body(string id, string newId, bool isKnown)
    {
        using var folder = new TemporaryFolder();
        string report = ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.Edit(folder, RecordedRuns.Again, (id, newId))).MustSucceed();

        Assert.That(report.Contains("\nmethods that moved\n", StringComparison.Ordinal), Is.EqualTo(isKnown));
        Assert.That(report.Contains("\nnew methods\n", StringComparison.Ordinal), Is.EqualTo(!isKnown));
        Assert.That(report.Contains("\nmethods that are gone\n", StringComparison.Ordinal), Is.EqualTo(!isKnown));
    }

    [Test]
    public void Without_a_clock_bytes_are_compared_and_time_is_not()
    {
        using var folder = new TemporaryFolder();
        string without = RecordedRuns.Edit(folder, RecordedRuns.After, ("\"kind\": \"hardware\"", "\"kind\": \"none\""));

        Assert.That(
            ToolRun.Of("diff", RecordedRuns.Before, "--to", without).MustSucceed(),
            Does.Contain("2 methods more")
                .And.Contain("Time: not compared.")
                .And.Contain("warning: no time to compare")
                .And.Not.Contain("time per call")
        );
    }

    [Test]
    public void A_run_that_is_given_twice_is_an_error()
    {
        var run = ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.After, RecordedRuns.Files(RecordedRuns.After)[0]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(
            run.Error,
            Does.Contain("after/1.hotpath.json: $.process.start: the run of Shop that started at ").And.Contain(" too, and would count twice.\n")
        );
    }

    [Test]
    public void A_table_has_at_least_one_row()
    {
        var run = ToolRun.Of("diff", RecordedRuns.Before, "--to", RecordedRuns.After, "--top", "0");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--top takes a whole number from 1 on, not '0'."));
    }

    [Test]
    public void A_missing_side_is_an_error()
    {
        var run = ToolRun.Of("diff", RecordedRuns.Before);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--to"));
    }
}
