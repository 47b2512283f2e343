using System.CommandLine;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Commands;

internal static class MergeCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the merged snapshot goes.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("merge", "Makes one snapshot of several: runs, hosts, processes of one build.") { files, output };
        command.SetAction(parsed =>
        {
            SnapshotFiles.Write(parsed.GetRequiredValue(output), SnapshotFiles.Merge(parsed.GetRequiredValue(files)));
            return ExitCode.Done;
        });
        return command.WithExamples(
            ("merge runs -o all.hotpath.json", "the runs in a folder"),
            ("merge web-*.hotpath.json worker-*.hotpath.json -o night.hotpath.json", "hosts of one build")
        );
    }
}
