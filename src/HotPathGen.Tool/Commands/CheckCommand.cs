using System.CommandLine;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Commands;

internal static class CheckCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var baseline = new Option<string>("--baseline")
        {
            Description = "No method may allocate more a call than this file says.",
            HelpName = "FILE",
        };
        var budget = new Option<string>("--budget") { Description = "Budgets to keep; see below.", HelpName = "FILE" };
        var against = new Option<string[]>("--against")
        {
            Description = "Snapshots of another build, on the same machine: no method may allocate more a call than there.",
            HelpName = "BASE",
            AllowMultipleArgumentsPerToken = true,
        };
        var slower = new Option<double?>("--slower")
        {
            Description = "Fail also where the runs prove that a method takes this many percent longer than in --against.",
            HelpName = "PERCENT",
        };
        var failsOnNew = new Option<bool>("--fail-on-new")
        {
            Description = "Fail also where a method allocates that the baseline does not know; without it they are named and not checked.",
        };
        var force = ConditionOptions.IgnoreConditions();
        var markdown = ReportOptions.Markdown();
        var command = new Command("check", "Fails if a build allocates more than it may: exit code 1, or 2 if it could not be checked.")
        {
            files,
            baseline,
            budget,
            against,
            slower,
            failsOnNew,
            force,
            markdown,
        };
        command.SetAction(parsed =>
        {
            var runs = RunSet.Read(parsed.GetValue(files)!);
            var verdict = Check(
                runs,
                parsed.GetValue(baseline),
                parsed.GetValue(budget),
                parsed.GetValue(against) ?? [],
                parsed.GetValue(slower),
                parsed.GetValue(failsOnNew),
                parsed.GetValue(force)
            );
            parsed.InvocationConfiguration.Output.Write(
                parsed.GetValue(markdown) ? ReportMarkdown.Print(CheckReport.Of(verdict, runs), mostRows: 100) : CheckReport.Text(verdict, runs)
            );
            return verdict.Breaches.Length == 0 ? ExitCode.Done : ExitCode.Regressed;
        });
        return command.WithExplanation(
            """
            Bytes are checked strictly, without a tolerance: the minimum over the runs given, against the baseline. They must have been taken
            with run --gate, or with HOTPATH_WARMUP_MS set and at least 3 runs; estimates of HOTPATH_DETAIL=light are refused. A method whose bytes differed between the runs of the
            baseline may allocate as much above its largest as they differed by; from ten runs on, the largest tenth does not count.
            [Instrument(MaxBytesPerCall = 0)] in the source is checked without any file.

            A file of budgets is JSON; comments are allowed:

              {
                "budgets": [
                  // A name with or without parameters, an id, or a pattern with *. Whatever has a budget must run.
                  { "method": "Shop.Cart.Total", "maxBytesPerCall": 0 },
                  { "method": "Shop.Parser.*", "maxP99Bytes": 4096, "maxP99Ns": 20000, "maxCalls": 100000 },
                  { "method": "Shop.Audit.*", "mustRun": true }    // every one of them; false: none need
                ]
              }
            """,
            ("check hotpath/gate --baseline hotpath.baseline.json", "no method allocates more than it did"),
            ("check hotpath/gate --budget hotpath.budgets.json --markdown > comment.md", "budgets are kept; the report is for a pull request"),
            ("check hotpath/gate", "[Instrument(MaxBytesPerCall = …)] alone"),
            ("check after --against before --slower 10", "no method allocates more than in before, and none is proved to be more than 10 % slower")
        );
    }

    private static Verdict Check(RunSet runs, string? baseline, string? budget, string[] against, double? slower, bool failsOnNew, bool force)
    {
        var known = baseline is null ? null : BaselineFile.Read(baseline);
        var budgets = budget is null ? null : BudgetFile.Read(budget);
        var old = against.Length > 0 ? RunSet.Read(against) : null;
        bool hasSource = runs.Methods.Values.Any(method => method.Latest.MaxBytesPerCall is not null);
        if (known is null && budgets is null && old is null && !hasSource)
        {
            throw new InputException(
                runs.FirstFile,
                "",
                "there is nothing to check it by",
                "Give --baseline, --budget or --against, or put [Instrument(MaxBytesPerCall = 0)] on a method."
            );
        }

        if (slower is not null && (old is null || slower is not >= 0))
        {
            throw new InputException(
                "--slower",
                "",
                old is null ? "there is no other build to be slower than" : "a percentage is 0 or more",
                "Give --against with snapshots of the build before, taken on the same machine, and a percentage."
            );
        }

        if (known is not null || old is not null || hasSource || budgets!.Any(budget => budget.LimitsBytes))
        {
            Preconditions.MustBeExact(runs);
            if (!force)
            {
                Preconditions.MustBePossible(runs);
            }
        }

        var check = new BuildCheck(runs);
        if (known is not null)
        {
            if (!force)
            {
                Preconditions.MustBeAs(runs, known.Conditions, baseline!);
            }

            check.Check(known, baseline!, failsOnNew);
        }
        if (old is not null)
        {
            Preconditions.MustBeExact(old);
            if (!force)
            {
                Preconditions.MustBePossible(old);
                Preconditions.MustBeAs(runs, old.Conditions, against[0]);
            }
            check.Check(Baseline.Of(old), against[0], failsOnNew, old);
        }
        if (budgets is not null)
        {
            check.Check(budgets, budget!);
        }

        check.CheckSource();
        if (slower is { } percent)
        {
            check.CheckTime(old!, percent);
        }

        return check.Verdict;
    }
}
