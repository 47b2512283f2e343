using System.CommandLine;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Commands;

internal static class SnapshotCommand
{
    public static Command Create()
    {
        var program = ProgramArgument.Create();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the snapshot goes.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("snapshot", "Takes a snapshot of a program while it runs.") { program, output };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var measured = await MeasuredPrograms.ByAsync(parsed.GetRequiredValue(program), cancellation);
                byte[] json = await measured.SnapshotJsonAsync(cancellation);
                OutputFile.Write(parsed.GetRequiredValue(output), stream => stream.Write(json));
                return ExitCode.Done;
            }
        );
        return command.WithExamples(
            ("snapshot 1234 -o now.hotpath.json", "what the process has recorded since its start or the last reset"),
            ("snapshot OrderService -o now.hotpath.json", "the same, by the name of the app")
        );
    }
}
