using System.CommandLine;
using HotPathGen.Tool.Commands;

namespace HotPathGen.Tool;

/// <summary>The commands, and the one place where what the user gave and cannot be used is told.</summary>
internal static class CommandLine
{
    public static int Invoke(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = Root().Parse(arguments);
            return parsed.Invoke(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }) is var code && parsed.Errors.Count > 0 ? ExitCode.Failed : code;
        }
        catch (InputException e)
        {
            error.Write(e.ToString());
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root() => new("Runs programs measured with HotPathGen, and shows, merges, compares, guards and exports their snapshots.")
    {
        ShowCommand.Create(),
        MergeCommand.Create(),
        ExportCommand.Create(),
    };
}
