using System.CommandLine;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Commands;

internal static class ResetCommand
{
    public static Command Create()
    {
        var program = ProgramArgument.Create();
        var command = new Command("reset", "Drops what a program has recorded, while it runs.") { program };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var measured = await MeasuredPrograms.ByAsync(parsed.GetRequiredValue(program), cancellation);
                var status = await measured.ResetAsync(cancellation);
                parsed.InvocationConfiguration.Output.Write(FormattableString.Invariant($"{status.App} ({measured.Process}): reset\n"));
                return ExitCode.Done;
            }
        );
        return command.WithExamples(("reset 1234", "figures count from now on"), ("reset OrderService", "the same, by the name of the app"));
    }
}
