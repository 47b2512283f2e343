using System.CommandLine;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Commands;

internal static class ShowCommand
{
    public static Command Create()
    {
        var files = SnapshotArgument.Create();
        var command = new Command("show", "Shows snapshots as tables; several are merged.") { files };
        command.SetAction(parsed =>
        {
            var snapshot = SnapshotFiles.Merge(parsed.GetRequiredValue(files));
            MethodTable.Write(snapshot, parsed.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
