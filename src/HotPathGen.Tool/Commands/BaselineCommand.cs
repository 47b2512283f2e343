using System.CommandLine;
using HotPathGen.Tool.Comparison;

namespace HotPathGen.Tool.Commands;

internal static class BaselineCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var output = new Option<string>("-o", "--output")
        {
            Description = "The baseline to write.",
            HelpName = "FILE",
            Required = true,
        };
        var force = ConditionOptions.IgnoreConditions();
        var command = new Command(
            "baseline",
            "Writes what a build allocates to a small file to commit, for check: methods, bytes per call, allocating sites, conditions."
        )
        {
            files,
            output,
            force,
        };
        command.SetAction(parsed =>
        {
            var runs = RunSet.Read(parsed.GetValue(files)!);
            Preconditions.MustBeExact(runs);
            if (!parsed.GetValue(force))
            {
                Preconditions.MustBePossible(runs);
            }

            var baseline = Baseline.Of(runs);
            OutputFile.Write(parsed.GetValue(output)!, BaselineFile.Print(baseline));
            parsed.InvocationConfiguration.Output.Write($"{parsed.GetValue(output)}: {baseline.Methods.Length} methods over {baseline.Runs} runs.\n");
            return ExitCode.Done;
        });
        return command.WithExplanation(
            """
            Several snapshots are runs of one build: the minimum counts, and where runs differ, the maximum is kept beside it.
            """,
            (
                "run --gate --runs 10 --out hotpath/gate -- MyProject",
                "the runs it is of: more than a check has, so that it knows how much they differ"
            ),
            ("baseline hotpath/gate -o hotpath.baseline.json", "the file to commit")
        );
    }
}
