using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Comparison;

/// <summary>The check: what it passes, each kind of breach, and each reason why it cannot check.</summary>
[TestFixture]
public sealed class CheckTests : IDisposable
{
    private const int Passed = 0,
        Failed = 1,
        CouldNotCheck = 2;

    private static readonly (string, string) s_tiered = (
        "\"tieredCompilation\": {\n        \"value\": false",
        "\"tieredCompilation\": {\n        \"value\": true"
    );
    private static readonly (string, string) s_warmedUp = (
        "\"HOTPATH_SUMMARY\": \"none\"",
        "\"HOTPATH_SUMMARY\": \"none\",\n      \"HOTPATH_WARMUP_MS\": \"500\""
    );

    private TemporaryFolder _folder = null!;
    private string _baseline = null!;

    [OneTimeSetUp]
    public void Keep()
    {
        _folder = new();
        _baseline = _folder["hotpath.baseline.json"];
        ToolRun.Of("baseline", RecordedRuns.Before, "-o", _baseline).MustSucceed();
    }

    public void Dispose() => _folder.Dispose();

    [Test]
    public void A_baseline_is_small_sorted_and_without_lines() => Verified.Verify(File.ReadAllText(_baseline), "Baseline", "json");

    [Test]
    public void A_baseline_says_what_it_is_of()
    {
        string file = _folder["other.json"];

        Assert.That(
            Scrubbed(ToolRun.Of("baseline", RecordedRuns.Before, "-o", file).MustSucceed()),
            Is.EqualTo("other.json: 8 methods over 6 runs.\n")
        );
    }

    [Test]
    public void The_same_build_passes() => Verified.Verify(Check(Passed, RecordedRuns.Again, "--baseline", _baseline), "CheckPassed");

    [Test]
    public void What_allocates_more_is_named_with_its_line() =>
        Verified.Verify(Check(Failed, RecordedRuns.After, "--baseline", _baseline), "CheckFailed");

    [Test]
    public void Markdown_is_for_a_comment() =>
        Verified.Verify(Check(Failed, RecordedRuns.After, "--baseline", _baseline, "--markdown"), "CheckFailed", "md");

    [Test]
    public void Another_build_may_stand_for_the_baseline()
    {
        Assert.That(
            Check(Failed, RecordedRuns.After, "--against", RecordedRuns.Before),
            Does.StartWith("failed: 2 breaches. ")
                .And.Contain("  Shop.cs:32:20: call: String.ToUpperInvariant: name.ToUpperInvariant(): was 0, is 47.977\n")
        );
        Assert.That(Check(Passed, RecordedRuns.Again, "--against", RecordedRuns.Before), Does.StartWith("passed: 8 methods of "));
    }

    [Test]
    public void A_method_that_moved_is_checked_by_what_it_was()
    {
        (string, string) moves = ("M:Shop.Cart.Describe", "M:Shop.Goods.Cart.Describe"),
            renames = ("M:Shop.Label.Print(Shop.Cart)", "M:Shop.Ticket.Write(Shop.Cart)");
        string moved = RecordedRuns.Edit(_folder, RecordedRuns.After, moves),
            same = RecordedRuns.Edit(_folder, RecordedRuns.Again, moves),
            renamed = RecordedRuns.Edit(_folder, RecordedRuns.Again, renames);

        Assert.That(
            Check(Failed, moved, "--baseline", _baseline),
            Does.Contain("Shop.cs:32:20: call: String.ToUpperInvariant: name.ToUpperInvariant(): was 0, is 47.977\n")
                .And.Contain("2 methods moved, and checked all the same: Shop.Cart.Describe(), Shop.Parts.Label.Print(Cart).\n")
        );
        Assert.That(
            Check(Passed, same, "--baseline", _baseline, "--fail-on-new"),
            Does.StartWith("passed: 8 methods of ").And.Not.Contain("did not run")
        );
        // A method is recognized by its body only where all its sites are known. A baseline has only sites that allocate.
        Assert.That(
            Check(Passed, renamed, "--against", RecordedRuns.Before, "--fail-on-new"),
            Does.StartWith("passed: 8 methods of ").And.Contain("1 method moved, and checked all the same: ")
        );
        Assert.That(Check(Failed, renamed, "--baseline", _baseline, "--fail-on-new"), Does.Contain("1 method of the baseline did not run"));
    }

    [Test]
    public void New_methods_that_allocate_fail_where_they_are_asked_to()
    {
        string text = File.ReadAllText(_baseline);
        int line = text.IndexOf("    {\"assembly\":\"Shop\",\"id\":\"M:Shop.Parser.CountWords", StringComparison.Ordinal);
        string without = _folder.Write("without.json", text.Remove(line, text.IndexOf("\n    {", line, StringComparison.Ordinal) + 1 - line));

        Assert.That(
            Check(Passed, RecordedRuns.Again, "--baseline", without),
            Does.Contain("1 allocating method not in the baseline and not checked (--fail-on-new checks it): Shop.Parser.CountWords(string).\n")
        );
        Assert.That(
            Check(Failed, RecordedRuns.Again, "--baseline", without, "--fail-on-new"),
            Does.Contain(
                """

                Shop.cs:53: Shop.Parser.CountWords(string)
                  bytes per call of a method that is not in the baseline: is 160, allowed 0 (without.json)
                  Shop.cs:61:20: call: String.Split: text.Split(' '): is 160

                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public void Bytes_that_differed_between_runs_of_the_baseline_leave_as_much_room_and_no_more()
    {
        string text = File.ReadAllText(_baseline);
        Assert.That(text, Does.Contain("\"bytesPerCall\":78.26,"));
        string room = _folder.Write(
            "room.json",
            text.Replace("\"bytesPerCall\":78.26,", "\"bytesPerCall\":78.26,\"upTo\":102.247,", StringComparison.Ordinal)
        );
        string less = _folder.Write(
            "less.json",
            text.Replace("\"bytesPerCall\":78.26,", "\"bytesPerCall\":78.26,\"upTo\":102.246,", StringComparison.Ordinal)
        );

        // 126.234 bytes are measured, and this is allowed: 102.247 + (102.247 - 78.26).
        Assert.That(Check(Failed, RecordedRuns.After, "--baseline", room), Does.Not.Contain("Shop.Cart.Describe()\n"));
        Assert.That(
            Check(Failed, RecordedRuns.After, "--baseline", less),
            Does.Contain("Shop.Cart.Describe()\n  bytes per call: was 78.26..102.246, is 126.234, allowed 126.232 (less.json)\n")
        );
    }

    [Test]
    public void The_minimum_over_runs_counts()
    {
        string[] after = RecordedRuns.Files(RecordedRuns.After),
            again = RecordedRuns.Files(RecordedRuns.Again);

        Assert.That(
            ToolRun.Of(["check", .. after, again[0], "--baseline", _baseline]).ExitCode,
            Is.EqualTo(Passed),
            "one run in which nothing grew proves that the build need not allocate more"
        );
    }

    [TestCase("{ \"method\": \"Shop.Parser.CountWords\", \"maxBytesPerCall\": 160 }", "")]
    [TestCase(
        "{ \"method\": \"Shop.Parser.CountWords\", \"maxBytesPerCall\": 159.9 }",
        "Shop.cs:53: Shop.Parser.CountWords(string)\n  bytes per call: is 160, allowed 159.9 (budgets.json: budgets[0])\n  Shop.cs:61:20: call: "
            + "String.Split: text.Split(' '): is 160\n"
    )]
    [TestCase(
        "{ \"method\": \"M:Shop.Parser.CountWords(System.String)\", \"maxP99Bytes\": 100 }",
        "Shop.cs:53: Shop.Parser.CountWords(string)\n  p99 of bytes: is 160, allowed 100 (budgets.json: budgets[0])\n  Shop.cs:61:20: call: "
            + "String.Split: text.Split(' '): is 160\n"
    )]
    [TestCase("{ \"method\": \"Shop.Work.Spin()\", \"maxP99Ns\": 1000000000 }", "")]
    [TestCase("{ \"method\": \"Shop.Work.Spin()\", \"maxP99Ns\": 1 }", "Shop.cs:75: Shop.Work.Spin()\n  p99 of ns: is ")]
    [TestCase("{ \"method\": \"Shop.Cart.Describe\", \"maxCalls\": 4000 }", "")]
    [TestCase(
        "{ \"method\": \"Shop.Cart.Describe\", \"maxCalls\": 3999 }",
        "Shop.cs:28: Shop.Cart.Describe()\n  calls: is 4,000, allowed 3,999 (budgets.json: budgets[0])\n"
    )]
    [TestCase("{ \"method\": \"Shop.Cart.T*\", \"maxCalls\": 3999 }", "Shop.cs:25: Shop.Cart.Total(int)\n  calls: is ")]
    [TestCase("{ \"method\": \"*.Describe\", \"mustRun\": true }", "")]
    [TestCase(
        "{ \"method\": \"Shop.Cart.NeverCalled\", \"maxBytesPerCall\": 0 }",
        "Shop.cs:39: Shop.Cart.NeverCalled()\n  calls: is 0, allowed 1 or more (budgets.json: budgets[0])\n  It has a budget and never ran.\n"
    )]
    [TestCase("{ \"method\": \"Shop.Cart.Never*\", \"mustRun\": false, \"maxBytesPerCall\": 0 }", "")]
    [TestCase(
        "{ \"method\": \"Shop.Cart.*\", \"mustRun\": true }",
        "Shop.cs:39: Shop.Cart.NeverCalled()\n  calls: is 0, allowed 1 or more (budgets.json: budgets[0])\n  It has a budget and never ran.\n"
    )]
    [TestCase(
        "{ \"method\": \"Shop.Basket.*\", \"maxBytesPerCall\": 0 }",
        "Shop.Basket.*\n  methods of this name: is 0, allowed 1 or more (budgets.json: budgets[0])\n"
    )]
    [TestCase(
        "{ \"method\": \"Shop.Cart.describe\", \"mustRun\": false }",
        "Shop.Cart.describe\n  methods of this name: is 0, allowed 1 or more (budgets.json: budgets[0])\n"
    )]
    public void A_budget_is_kept_or_broken(string budget, string breach)
    {
        string file = _folder.Write("budgets.json", $$"""{ "budgets": [ {{budget}}, /* comments and a last comma are allowed */ ] } // here too""");
        string report = Check(breach.Length == 0 ? Passed : Failed, RecordedRuns.Before, "--budget", file);

        Assert.That(
            report,
            breach.Length == 0
                ? Does.StartWith("passed: 1 budget of budgets.json, 1 budget in source; 6 runs")
                : Does.StartWith("failed: 1 breach. ").And.Contain("\n\n" + breach)
        );
    }

    [Test]
    public void A_budget_in_source_needs_no_file()
    {
        Assert.That(Check(Passed, RecordedRuns.Before), Is.EqualTo("passed: 1 budget in source; 6 runs, .NET 10, gate code\n"));
        string broken = RecordedRuns.Edit(
            _folder,
            RecordedRuns.Before,
            (
                "\"name\": \"Shop.Parser.CountWords(string)\",\n      \"file\": \"Shop.cs\",\n      \"line\": 53,\n      \"form\": \"pair\",",
                "\"name\": \"Shop.Parser.CountWords(string)\",\n      \"file\": \"Shop.cs\",\n      \"line\": 53,\n      \"form\": \"pair\",\n   "
                    + "   \"maxBytesPerCall\": 100,"
            )
        );
        Assert.That(
            Check(Failed, broken),
            Does.Contain(
                "\n\nShop.cs:53: Shop.Parser.CountWords(string)\n  bytes per call: is 160, allowed 100 ([Instrument(MaxBytesPerCall = 100)])\n  "
                    + "Shop.cs:61:20: call: String.Split: text.Split(' '): is 160\n"
            )
        );
    }

    [Test]
    public void A_budget_in_source_whose_method_never_ran_is_broken()
    {
        string unused = RecordedRuns.Edit(
            _folder,
            RecordedRuns.Before,
            (
                "\"name\": \"Shop.Cart.NeverCalled()\",\n      \"file\": \"Shop.cs\",\n      \"line\": 39,\n      \"form\": \"pair\",",
                "\"name\": \"Shop.Cart.NeverCalled()\",\n      \"file\": \"Shop.cs\",\n      \"line\": 39,\n      \"form\": \"pair\",\n      "
                    + "\"maxBytesPerCall\": 0,"
            )
        );

        Assert.That(
            Check(Failed, unused),
            Does.Contain(
                "\n\nShop.cs:39: Shop.Cart.NeverCalled()\n  calls: is 0, allowed 1 or more ([Instrument(MaxBytesPerCall = 0)])\n  It has a "
                    + "budget and never ran.\n"
            )
        );
    }

    [Test]
    public void What_first_calls_do_is_told_from_what_every_call_does()
    {
        string file = _folder.Write(
            "adds.json",
            """{ "budgets": [ { "method": "DocSearch.Best<T>.Add", "maxBytesPerCall": 0 }, { "method": "DocSearch.Word.ToTerm", "maxBytesPerCall": 0 } ] }"""
        );
        string report = Check(Failed, RecordedSnapshot.DocSearch, "--budget", file, "--ignore-conditions");

        Assert.That(
            report,
            Does.Contain("  5 of 160,170 calls allocate; what only first calls do, HOTPATH_WARMUP_MS or HotPath.Reset() leaves out.\n")
        );
        Assert.That(report.Split("calls allocate;"), Has.Length.EqualTo(2), "most calls of ToTerm allocate");
    }

    [Test]
    public void Time_fails_where_it_is_proved_to_be_beyond_the_threshold()
    {
        Assert.That(
            Check(Failed, RecordedRuns.After, "--against", RecordedRuns.Before, "--slower", "40"),
            Does.Match(
                @"\n\nShop\.cs:75: Shop\.Work\.Spin\(\)\n  time per call: was [\d.]+ µs, is [\d.]+ µs, allowed [\d.]+ µs \(--slower 40\)\n  \+\d+\.\d % of the median; p = 0\.0076 that it is no more than 40 %, corrected for 7 methods\.\n"
            )
        );
        Assert.That(Check(Failed, RecordedRuns.After, "--against", RecordedRuns.Before, "--slower", "60"), Does.Not.Contain("time per call"));
        Assert.That(
            Check(Passed, RecordedRuns.Again, "--against", RecordedRuns.Before, "--slower", "0"),
            Does.Contain("the time of 8 methods over 6 and 6 runs (alpha = 0.05)")
        );
    }

    [Test]
    public void Too_few_runs_cannot_check_time()
    {
        string[] old = RecordedRuns.Files(RecordedRuns.Before)[..4],
            @new = RecordedRuns.Files(RecordedRuns.Again)[..4];
        var run = ToolRun.Of(["check", .. @new, "--against", .. old, "--slower", "10"]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((CouldNotCheck, "")));
        Assert.That(
            Scrubbed(run.Error),
            Is.EqualTo(
                "error: Data/shop/again/1.hotpath.json: time cannot be checked: 4 and 4 runs cannot prove anything of 8 methods at alpha = 0.05.\n"
                    + "Take at least 5 runs on each side.\n"
            )
        );
    }

    [Test]
    public void Code_of_several_tiers_cannot_be_checked_unless_told()
    {
        string unsettled = RecordedRuns.Edit(_folder, RecordedRuns.Again, s_tiered);

        Assert.That(
            Refused("check", unsettled, "--baseline", _baseline),
            Does.Contain(
                "1.hotpath.json: $.process.tiering: bytes cannot be checked: code of several tiers ran, and they allocate differently.\nTake "
                    + "snapshots with dotnet hotpath run --gate"
            )
        );
        Assert.That(Refused("baseline", unsettled, "-o", _folder["never.json"]), Does.Contain("bytes cannot be checked"));
        Assert.That(File.Exists(_folder["never.json"]), Is.False);
        Assert.That(Check(Passed, unsettled, "--baseline", _baseline, "--ignore-conditions"), Does.StartWith("passed: 8 methods of"));
        string calls = _folder.Write("calls.json", """{ "budgets": [ { "method": "Shop.Cart.Describe", "maxCalls": 1 } ] }""");
        string without = RecordedRuns.Edit(_folder, RecordedRuns.Again, s_tiered, ("\n      \"maxBytesPerCall\": 0,", ""));
        Assert.That(Check(Failed, without, "--budget", calls), Does.Contain("calls: is 4,000, allowed 1"), "calls are the same in any code");
    }

    [Test]
    public void Settled_code_is_checked_over_three_runs()
    {
        string settled = RecordedRuns.Edit(_folder, RecordedRuns.Again, s_tiered, s_warmedUp),
            after = RecordedRuns.Edit(_folder, RecordedRuns.After, s_tiered, s_warmedUp);
        string baseline = _folder["settled.json"];
        ToolRun.Of("baseline", settled, "-o", baseline).MustSucceed();

        Assert.That(Check(Passed, settled, "--baseline", baseline), Does.EndWith("settled code\n"));
        Assert.That(Check(Failed, after, "--baseline", baseline), Does.StartWith("failed: 2 breaches."));
        Assert.That(
            Refused(["check", .. Directory.GetFiles(settled)[..2], "--baseline", baseline]),
            Does.Contain("the minimum over at least 3 runs counts, and there are 2")
        );
    }

    [Test]
    public void A_method_with_too_few_calls_for_settled_code_is_not_checked()
    {
        var tier0 = ("\"mayHoldTier0\": false", "\"mayHoldTier0\": true");
        string settled = RecordedRuns.Edit(_folder, RecordedRuns.Again, s_tiered, s_warmedUp),
            after = RecordedRuns.Edit(_folder, RecordedRuns.After, s_tiered, s_warmedUp, tier0);
        string baseline = _folder["settled2.json"];
        ToolRun.Of("baseline", settled, "-o", baseline).MustSucceed();

        Assert.That(Check(Passed, after, "--baseline", baseline), Does.Contain("7 methods not checked: too few calls for settled code.\n"));
    }

    [TestCase("\"server\": false", "\"server\": true", "GC: workstation, now server")]
    [TestCase(".NET 10.0.12", ".NET 11.0.0", "runtime: .NET 10, now .NET 11")]
    [TestCase("\"HOTPATH_SUMMARY\": \"none\"", "\"HOTPATH_SITES\": \"off\"", "HOTPATH_SITES: all, now off")]
    [TestCase("\"readyToRun\": {\n        \"value\": true", "\"readyToRun\": {\n        \"value\": false", "ReadyToRun: on, now off")]
    public void Other_conditions_cannot_be_checked_unless_told(string old, string @new, string difference)
    {
        string other = RecordedRuns.Edit(_folder, RecordedRuns.Again, (old, @new));

        Assert.That(
            Refused("check", other, "--baseline", _baseline),
            Does.EndWith(
                $"1.hotpath.json: $.process: it was not taken as hotpath.baseline.json was: {difference}.\nTake snapshots as the baseline's "
                    + $"were, or make a new baseline; --ignore-conditions checks all the same.\n"
            )
        );
        Assert.That(Check(Passed, other, "--baseline", _baseline, "--ignore-conditions"), Does.StartWith("passed: "));
        Assert.That(
            Refused("check", RecordedRuns.Again, RecordedRuns.Edit(_folder, RecordedRuns.Before, (old, @new)), "--baseline", _baseline),
            Does.Contain($"it cannot be checked together with Data/shop/again/1.hotpath.json: {difference}.\n")
        );
    }

    [Test]
    public void Another_patch_of_the_runtime_is_no_other_condition() =>
        Check(Passed, RecordedRuns.Edit(_folder, RecordedRuns.Again, (".NET 10.0.12", ".NET 10.0.99")), "--baseline", _baseline);

    [Test]
    public void Nothing_to_check_by_is_said()
    {
        string without = RecordedRuns.Edit(_folder, RecordedRuns.Again, ("\n      \"maxBytesPerCall\": 0,", ""));

        Assert.That(
            Refused("check", without),
            Does.EndWith(
                "1.hotpath.json: there is nothing to check it by.\nGive --baseline, --budget or --against, or put [Instrument(MaxBytesPerCall = "
                    + "0)] on a method.\n"
            )
        );
        Assert.That(
            Refused("check", without, "--slower", "10", "--baseline", _baseline),
            Is.EqualTo(
                "error: --slower: there is no other build to be slower than.\nGive --against with snapshots of the build before, taken on the "
                    + "same machine, and a percentage.\n"
            )
        );
        Assert.That(
            Refused("check", without, "--slower", "-1", "--against", RecordedRuns.Before),
            Does.StartWith("error: --slower: a percentage is 0 or more.\n")
        );
    }

    [TestCase("", "$ (line 1, byte 1)")]
    [TestCase("[]", "$ (line 1, byte 2)")]
    [TestCase("null", "$: it is null.")]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/2\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [] }",
        "$.schema: the schema is \"hotpath-baseline/2\"; only \"hotpath-baseline/1\" can be read."
    )]
    [TestCase("{ \"schema\": \"hotpath-baseline/1\", \"runs\": 1, \"methods\": [] }", "there is no \"conditions\".")]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/1\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [ { \"assembly\": \"A\", \"id\": \"M:B\", "
            + "\"bytesPerCall\": -1 } ] }",
        "$.methods[0].bytesPerCall (line 1, byte "
    )]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/1\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [ { \"assembly\": \"A\", \"id\": \"M:B\", "
            + "\"bytesPerCall\": NaN } ] }",
        "$.methods[0].bytesPerCall (line 1, byte "
    )]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/1\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [ { \"assembly\": \"A\", \"id\": \"M:B\", "
            + "\"bytesPerCall\": 9, \"upTo\": 8 } ] }",
        "$.methods[0].upTo: it is less than bytesPerCall."
    )]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/1\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [ { \"assembly\": \"A\", \"id\": \"M:B\", "
            + "\"bytesPerCall\": 9 }, { \"assembly\": \"A\", \"id\": \"M:B\", \"bytesPerCall\": 8 } ] }",
        "$.methods[1].id: \"M:B\" of assembly \"A\" is there twice."
    )]
    [TestCase(
        "{ \"schema\": \"hotpath-baseline/1\", \"conditions\": CONDITIONS, \"runs\": 1, \"methods\": [ { \"assembly\": \"A\", \"id\": \"M:B\", "
            + "\"bytesPerCall\": 9, \"sites\": [ { \"kind\": \"array\", \"text\": \"x\", \"bytesPerCall\": 1 }, { \"kind\": \"array\", \"text\": \"x\", "
            + "\"bytesPerCall\": 1 } ] } ] }",
        "$.methods[0].sites[1]: the same site is there twice."
    )]
    public void A_damaged_baseline_is_one_clear_error(string text, string error)
    {
        string conditions = File.ReadAllLines(_baseline)[2].Trim().TrimEnd(',')["\"conditions\": ".Length..];
        string file = _folder.Write("damaged.json", text.Replace("CONDITIONS", conditions, StringComparison.Ordinal));

        Assert.That(
            Refused("check", RecordedRuns.Again, "--baseline", file),
            Does.StartWith("error: damaged.json: ")
                .And.Contain(error)
                .And.EndWith("\nMake a baseline with dotnet hotpath baseline FILE… -o hotpath.baseline.json, and keep it as it was written.\n")
        );
    }

    [Test]
    public void A_baseline_that_was_cut_off_is_one_clear_error()
    {
        string text = File.ReadAllText(_baseline);
        for (int length = 0; length < text.TrimEnd().Length; length += 97)
        {
            Assert.That(
                Refused("check", RecordedRuns.Again, "--baseline", _folder.Write("cut.json", text[..length])),
                Does.StartWith("error: cut.json: $")
            );
        }
    }

    [TestCase("", "$ (line 1, byte 1)")]
    [TestCase("{ \"budgets\": [ { \"maxBytesPerCall\": 0 } ] }", "there is no \"method\".")]
    [TestCase("{ \"budgets\": [ { \"method\": \"A\", \"maxBytesPerCal\": 0 } ] }", "$.budgets[0].maxBytesPerCal (line 1, byte ")]
    [TestCase("{ \"budgets\": [ { \"method\": \"A\", \"maxBytesPerCall\": -1 } ] }", "$.budgets[0].maxBytesPerCall (line 1, byte ")]
    [TestCase("{ \"budgets\": [ { \"method\": \"A\", \"maxCalls\": \"5\" } ] }", "$.budgets[0].maxCalls (line 1, byte ")]
    [TestCase("{ \"budgets\": [ { \"method\": \"A\" } ] }", "$.budgets[0]: the budget of \"A\" asks for nothing.")]
    [TestCase("{ \"budgets\": [ { \"method\": \"\", \"maxCalls\": 1 } ] }", "$.budgets[0].method: it is empty.")]
    [TestCase("{ \"budgets\": [ { \"method\": \"A\", \"maxCalls\": 1, \"maxCalls\": 2 } ] }", "there is \"maxCalls\" twice.")]
    public void A_damaged_file_of_budgets_is_one_clear_error(string text, string error) =>
        Assert.That(
            Refused("check", RecordedRuns.Again, "--budget", _folder.Write("broken.json", text)),
            Does.StartWith("error: broken.json: ").And.Contain(error)
        );

    [Test]
    public void A_missing_file_is_one_clear_error([Values("--baseline", "--budget")] string option) =>
        Assert.That(
            Refused("check", RecordedRuns.Again, option, _folder["nowhere.json"]),
            Does.StartWith("error: nowhere.json: there is no such file.\n")
        );

    [Test]
    public void What_help_and_the_page_show_can_be_read()
    {
        string help = ToolRun.Of("check", "--help").Output,
            page = File.ReadAllText(Path.Combine(Verified.TestFolder, "..", "..", "docs", "compare-and-guard.md")).ReplaceLineEndings("\n");
        string[] shown = [Between(help, "allowed:\n", "Examples:"), Between(page, "```jsonc\n", "```")];

        Assert.That(shown, Has.All.Contain("maxBytesPerCall").And.All.Contain("//"));
        foreach (string budgets in shown)
        {
            Assert.That(
                Check(Failed, RecordedRuns.Before, "--budget", _folder.Write("shown.json", budgets)),
                Does.Contain("Checked: 3 budgets of shown.json")
            );
        }

        static string Between(string text, string start, string end)
        {
            int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
            return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
        }
    }

    private string Check(int exitCode, params string[] arguments)
    {
        var run = ToolRun.Of(["check", .. arguments]);
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((exitCode, "")), run.Output);
        return Scrubbed(run.Output);
    }

    private string Refused(params string[] arguments)
    {
        var run = ToolRun.Of(arguments);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((CouldNotCheck, "")));
        return Scrubbed(run.Error);
    }

    /// <summary>Removes the folders of this machine from a text.</summary>
    private string Scrubbed(string text) =>
        text.Replace(_folder[""] + "/", "", StringComparison.Ordinal).Replace(Verified.TestFolder + "/", "", StringComparison.Ordinal);
}
