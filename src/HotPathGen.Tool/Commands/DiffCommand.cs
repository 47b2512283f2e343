using System.CommandLine;
using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Commands;

internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<string[]>("BASE")
        {
            Description = "Snapshots of the build before, one a run; a folder stands for those in it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var @new = new Option<string[]>("--to")
        {
            Description = "Snapshots of the build after, one a run.",
            HelpName = "NEW",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var markdown = ReportOptions.Markdown();
        var top = ReportOptions.Top();
        var command = new Command("diff", "Compares two builds: bytes and calls exactly, time where the runs prove a change.")
        {
            old,
            @new,
            markdown,
            top,
        };
        command.SetAction(parsed =>
        {
            var report = ComparisonReport.Of(SnapshotComparison.Of(RunSet.Read(parsed.GetValue(old)!), RunSet.Read(parsed.GetValue(@new)!)));
            ReportOptions.Print(parsed, report, markdown, top);
            return ExitCode.Done;
        });
        return command.WithExplanation(
            """
            Each snapshot is a run. Take runs of both builds on one machine, as many as the report asks for.
            """,
            ("run --gate --runs 8 --out before -- MyProject", "the build before; then change it, and the same with --out after"),
            ("diff before --to after", "what changed"),
            ("diff before --to after --markdown > comment.md", "the same for a pull request")
        );
    }
}
