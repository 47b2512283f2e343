using System.Text.RegularExpressions;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Running;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Comparison;

/// <summary>Estimates from a sample of calls: a difference within their interval is no change, and a gate takes none.</summary>
[TestFixture]
public sealed class EstimateTests : IDisposable
{
    private const string Spin = "Shop.Work.Spin()";
    private const string Describe = "Shop.Cart.Describe()";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void One_build_twice_shows_no_difference_of_estimates()
    {
        string before = SampledRuns.Edit(_folder, SampledRuns.LightBefore, SampledRuns.WithMargins),
            again = SampledRuns.Edit(_folder, SampledRuns.LightAgain, SampledRuns.WithMargins);
        string report = ToolRun.Of("diff", before, "--to", again).MustSucceed();

        Assert.That(report, Does.Contain("Bytes per call: 0 methods more, 0 less, 3 the same").And.Contain("Time: no change is proved.\n"));
        // A single run on each side has no range, so the interval alone decides.
        foreach (var (file, other) in RecordedRuns.Files(before).Zip(RecordedRuns.Files(again)))
        {
            Assert.That(ToolRun.Of("diff", file, "--to", other).MustSucceed(), Does.Contain("Bytes per call: 0 methods more, 0 less, "), file);
        }
    }

    [Test]
    public void A_change_beyond_the_interval_of_estimates_is_one()
    {
        string before = SampledRuns.Edit(_folder, SampledRuns.LightBefore, SampledRuns.WithMargins),
            after = SampledRuns.Edit(_folder, SampledRuns.LightAfter, SampledRuns.WithMargins);

        Verified.Verify(ToolRun.Of("diff", before, "--to", after).MustSucceed(), "DiffSampled");
    }

    [Test]
    public void Exact_bytes_are_compared_exactly_where_time_is_an_estimate() =>
        Assert.That(
            ToolRun.Of("diff", SampledRuns.StandardBefore, "--to", SampledRuns.StandardAfter).MustSucceed(),
            Does.Contain("Bytes per call: 1 method more, 0 less, 2 the same.\n")
                .And.Contain("Sampled.Names.Of(int)  338.99  781.98  +442.99  +130.7 %\n")
        );

    /// <summary>Each side's interval alone is narrower than the difference. Together they are √(a² + b²) wide.</summary>
    [TestCase(0.8, "~", "within ±")]
    [TestCase(0.6, "+", "p=")]
    public void Margins_of_time_add_up_in_quadrature(double share, string change, string last)
    {
        var change0 = Pair(RecordedRuns.Before, RecordedRuns.After, Spin).Time!;
        Assert.That((change0.IsProved, change0.IsSelfProved), Is.EqualTo((true, true)));
        double difference = change0.New.Value - change0.Old.Value;
        // Six runs of a side have a margin that is √6 times narrower than that of each.
        SnapshotDocument Edit(SnapshotDocument document) => SampledRuns.Sampled(document, Spin, share * difference * Math.Sqrt(6), marginBytes: 0);
        string before = SampledRuns.Edit(_folder, RecordedRuns.Before, Edit),
            after = SampledRuns.Edit(_folder, RecordedRuns.After, Edit);

        string row = RowOf(ToolRun.Of("diff", before, "--to", after).MustSucceed(), "time per call", Spin);

        Assert.That(row, Does.Contain($" {change}").And.Contain(last));
        var time = Pair(before, after, Spin).Time!;
        Assert.That(time.MarginNs, Is.EqualTo(share * difference * Math.Sqrt(2)).Within(difference / 100));
        Assert.That((time.IsProved, time.IsSelfProved), Is.EqualTo((change == "+", change == "+")));
        Assert.That(
            ToolRun.Of("diff", before, "--to", after).MustSucceed(),
            Does.Contain("1 method with estimates from a sample of calls: a difference within its 95 % interval, √(a² + b²) of the margins of both")
        );
    }

    [TestCase(0.8, 0)]
    [TestCase(0.6, 1)]
    [TestCase(null, 0)]
    public void Margins_of_bytes_do_too_and_without_one_no_change_is_seen(double? share, int change)
    {
        var exact = Pair(RecordedRuns.Before, RecordedRuns.After, Describe);
        Assert.That((exact.BytesChange, exact.SelfBytesChange), Is.EqualTo((1, 1)));
        double difference = exact.New.MeanBytesPerCall - exact.Old.MeanBytesPerCall;
        SnapshotDocument Edit(SnapshotDocument document) => SampledRuns.Sampled(document, Describe, 1, share * difference * Math.Sqrt(6));
        string before = SampledRuns.Edit(_folder, RecordedRuns.Before, Edit),
            after = SampledRuns.Edit(_folder, RecordedRuns.After, Edit);

        var pair = Pair(before, after, Describe);

        Assert.That((pair.BytesChange, pair.SelfBytesChange, pair.IsBytesWithinInterval), Is.EqualTo((change, change, change == 0)));
        string report = ToolRun.Of("diff", before, "--to", after).MustSucceed();
        Assert.That(report, Does.Contain(change == 0 ? " the same, 1 within the interval of the estimates.\n" : " the same.\n"));
        Assert.That(
            report.Contains("bytes of 1 method are estimates without an interval, in which no change can be seen.", StringComparison.Ordinal),
            Is.EqualTo(share is null)
        );
    }

    /// <summary>Self is what a method takes less what the methods below take, so that it has their margins, too.</summary>
    [Test]
    public void Self_figures_have_the_margins_of_the_methods_below()
    {
        var document = SnapshotReader.Read(RecordedRuns.Files(RecordedRuns.Before)[0]);
        document = SampledRuns.Sampled(SampledRuns.Sampled(document, "Shop.Kept.Describe(Cart)", 30, 3), Describe, 20, 2);
        var methods = RunSet.Of([("one", document)]).Methods.Values.ToDictionary(static method => method.Name, static method => method.Margins);
        var kept = document.Methods.Single(static m => m.Name == "Shop.Kept.Describe(Cart)");
        var describe = document.Methods.Single(static m => m.Name == Describe);
        Assert.That(describe.Calls, Is.EqualTo(2 * kept.Calls), "half of its calls are from the other");

        Assert.That((methods[kept.Name].Ns, methods[kept.Name].Bytes), Is.EqualTo((30.0, 3.0)));
        Assert.That(methods[Describe].SelfNs, Is.EqualTo(20.0 * describe.Calls).Within(1e-6));
        double below = 20 * describe.Calls / Math.Sqrt(2),
            own = 30 * kept.Calls;
        Assert.That(methods[kept.Name].SelfNs, Is.EqualTo(Math.Sqrt(own * own + below * below)).Within(1e-6));
        Assert.That(methods[kept.Name].SelfBytes, Is.EqualTo(methods[kept.Name].SelfNs / 10).Within(1e-6));
        Assert.That(methods[Spin], Is.EqualTo(default(Margins)));
    }

    [Test]
    public void Sites_of_one_sampled_run_on_each_side_prove_no_change()
    {
        string[] before = RecordedRuns.Files(SampledRuns.LightBefore),
            after = RecordedRuns.Files(SampledRuns.LightAfter);

        Assert.That(Pair(before[0], after[0], "Sampled.Names.Of(int)").ChangedSites, Is.Empty);
        Assert.That(Pair(SampledRuns.LightBefore, SampledRuns.LightAfter, "Sampled.Names.Of(int)").ChangedSites, Is.Not.Empty);
    }

    [Test]
    public void A_check_of_time_fails_only_beyond_the_interval()
    {
        string[] check = ["--slower", "10"];
        Assert.That(ToolRun.Of(["check", RecordedRuns.After, "--against", RecordedRuns.Before, .. check]).Output, Does.Contain("--slower 10"));
        SnapshotDocument Edit(SnapshotDocument document) =>
            SampledRuns.Sampled(document, Spin, 1e6, 0) with
            {
                Process = document.Process with { Detail = DetailLevel.Standard },
            };

        var run = ToolRun.Of([
            "check",
            SampledRuns.Edit(_folder, RecordedRuns.After, Edit),
            "--against",
            SampledRuns.Edit(_folder, RecordedRuns.Before, Edit),
            .. check,
        ]);

        Assert.That(run.Output, Does.StartWith("failed: ").And.Contain("the time of 7 methods").And.Not.Contain("--slower 10"));
    }

    [TestCase("check", "--baseline", "BASELINE")]
    [TestCase("check", "--baseline", "BASELINE", "--fail-on-new")]
    [TestCase("check", "--baseline", "BASELINE", "--ignore-conditions")]
    [TestCase("check", "--budget", "BUDGETS", "--ignore-conditions")]
    [TestCase("check", "--against", "BEFORE")]
    [TestCase("baseline", "-o", "NEW")]
    [TestCase("baseline", "-o", "NEW", "--ignore-conditions")]
    public void Estimated_bytes_are_refused_with_one_error(string command, params string[] options)
    {
        string baseline = _folder["hotpath.baseline.json"],
            made = _folder["new.json"];
        ToolRun.Of("baseline", SampledRuns.StandardBefore, "-o", baseline).MustSucceed();
        string budgets = _folder.Write("budgets.json", """{ "budgets": [ { "method": "Sampled.Names.Of", "maxBytesPerCall": 1 } ] }""");
        string[] given =
        [
            .. options.Select(option =>
                option switch
                {
                    "BASELINE" => baseline,
                    "BUDGETS" => budgets,
                    "BEFORE" => SampledRuns.StandardBefore,
                    "NEW" => made,
                    _ => option,
                }
            ),
        ];

        var run = ToolRun.Of([command, SampledRuns.LightBefore, .. given]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(
            run.Error,
            Does.Match(
                "^error: .*1\\.hotpath\\.json: \\$\\.process\\.detail: its bytes are estimates from a sample of the calls \\(level light\\), "
                    + "which no baseline and no check takes\\.\nTake snapshots with run --gate, or with HOTPATH_DETAIL=standard or full\\.\n$"
            )
        );
        Assert.That(File.Exists(made), Is.False);
    }

    [Test]
    public void The_other_build_must_have_exact_bytes_too() =>
        Assert.That(
            ToolRun.Of("check", SampledRuns.StandardBefore, "--against", SampledRuns.LightBefore, "--ignore-conditions").Error,
            Does.Contain("light/before/1.hotpath.json: $.process.detail: its bytes are estimates")
        );

    [Test]
    public void A_snapshot_that_was_merged_with_estimates_is_refused()
    {
        ToolRun
            .Of([
                "merge",
                .. RecordedRuns.Files(SampledRuns.StandardBefore),
                RecordedRuns.Files(SampledRuns.LightBefore)[0],
                "-o",
                _folder["all.hotpath.json"],
            ])
            .MustSucceed();

        Assert.That(ToolRun.Of("baseline", _folder["all.hotpath.json"], "-o", _folder["b.json"]).Error, Does.Contain("its bytes are estimates"));
    }

    [Test]
    public void Exact_bytes_and_exact_calls_are_checked()
    {
        string baseline = _folder["exact.json"];
        ToolRun.Of("baseline", SampledRuns.StandardBefore, "-o", baseline).MustSucceed();
        Assert.That(ToolRun.Of("check", SampledRuns.StandardBefore, "--baseline", baseline).MustSucceed(), Does.StartWith("passed: 3 methods"));
        Assert.That(ToolRun.Of("check", SampledRuns.StandardAfter, "--baseline", baseline).ExitCode, Is.EqualTo(1));

        string calls = _folder.Write("calls.json", """{ "budgets": [ { "method": "Sampled.Names.Of", "maxCalls": 1 } ] }""");
        Assert.That(ToolRun.Of("check", SampledRuns.LightBefore, "--budget", calls).Output, Does.Contain("calls: is 400,000, allowed 1"));
    }

    /// <summary>At the level standard, sums of bytes are exact, and the histogram of bytes is of a sample.</summary>
    [Test]
    public void A_percentile_of_bytes_is_checked_only_where_every_call_was_recorded()
    {
        string sampled = _folder.Write("p99.json", """{ "budgets": [ { "method": "Sampled.Names.Of", "maxP99Bytes": 1 } ] }""");
        var run = ToolRun.Of("check", SampledRuns.StandardBefore, "--budget", sampled);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(
            run.Error,
            Does.Contain("$.process.detail: the p99 of bytes of Sampled.Names.Of(int) cannot be checked (")
                .And.EndsWith(
                    "budgets[0]): it is an estimate from a sample of the calls.\nTake snapshots with run --gate, or with HOTPATH_DETAIL=full.\n"
                )
        );

        string exact = _folder.Write("exact-p99.json", """{ "budgets": [ { "method": "Sampled.Work.Spin", "maxP99Bytes": 1 } ] }""");
        Assert.That(ToolRun.Of("check", SampledRuns.StandardBefore, "--budget", exact).MustSucceed(), Does.StartWith("passed: "));
    }

    /// <summary>Control calls of contexts that are sampled unequally have another mean, to which the margin does not belong.</summary>
    [Test]
    public void The_time_that_is_compared_is_the_estimate_for_all_calls()
    {
        var method = SampledRuns.Standard.Methods.Single(m => m.Name == "Sampled.Names.Of(int)");
        var estimated = method with { Time = method.Time with { MeanNs = 1_000, InclusiveNs = 1_000 * method.Calls } };
        var runs = new MethodRuns(estimated);
        runs.Add(estimated, SampledRuns.Standard, default);

        Assert.That(runs.TimesNs, Is.EqualTo(new[] { 1_000.0 }));
        var full = SampledRuns.Standard with { Process = SampledRuns.Standard.Process with { Detail = DetailLevel.Full } };
        var exact = new MethodRuns(estimated);
        exact.Add(estimated, full, default);
        Assert.That(exact.TimesNs, Is.EqualTo(new[] { (double)method.Control!.Control.TotalNs / method.Control.Control.Calls }));
    }

    [TestCase("light", "this level estimates bytes from a sample of the calls, and a gate compares exact bytes")]
    [TestCase(" Light ", "this level estimates bytes from a sample of the calls, and a gate compares exact bytes")]
    [TestCase("off", "this level records nothing, and a gate compares bytes")]
    public void A_gate_refuses_a_level_that_is_not_exact(string level, string reason)
    {
        var refused = Assert.Throws<InputException>(() => GateLevel.MustBeExact(level));

        Assert.That(
            refused!.ToString(),
            Is.EqualTo($"error: HOTPATH_DETAIL={level.Trim()}: {reason}.\nUnset it, or set it to standard or full; or run without --gate.\n")
        );
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("standard")]
    [TestCase("full")]
    public void A_gate_takes_a_level_that_is(string? level) => Assert.That(() => GateLevel.MustBeExact(level), Throws.Nothing);

    [Test]
    public void A_gate_says_if_the_program_lowered_the_level()
    {
        Assert.That(
            Assert.Throws<InputException>(() => GateLevel.MustHaveBeenExact(SampledRuns.Light, "runs"))!.ToString(),
            Does.StartWith("error: runs: $.process.detail: bytes are estimates, which a gate does not take: the program set HotPath.Detail to Light")
        );
        Assert.That(() => GateLevel.MustHaveBeenExact(SampledRuns.Standard, "runs"), Throws.Nothing);
    }

    private static MethodPair Pair(string before, string after, string name) =>
        SnapshotComparison.Of(RunSet.Read([before]), RunSet.Read([after])).Pairs.Single(pair => pair.New.Name == name);

    private static string RowOf(string report, string section, string method) =>
        Regex.Match(report, $@"^{Regex.Escape(section)}\n(?:.+\n)*?({Regex.Escape(method)} .*)$", RegexOptions.Multiline).Groups[1].Value;
}
