using System.CommandLine;
using System.CommandLine.Invocation;
using HotPathGen.Tool.Commands;

namespace HotPathGen.Tool;

/// <summary>The commands. This is also the one place that reports input of the user that cannot be used.</summary>
internal static class CommandLine
{
    public static int Invoke(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = Root().Parse(arguments.Length == 0 ? ["--help"] : arguments);
            if (parsed.Action is ParseErrorAction wrong)
            {
                wrong.ShowHelp = false;
            }

            int exitCode = parsed.Invoke(
                new()
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                }
            );
            if (parsed.Errors.Count == 0)
            {
                return exitCode;
            }

            error.Write(
                $"See: dotnet hotpath {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help\n"
            );
            return ExitCode.Failed;
        }
        catch (InputException e)
        {
            error.Write(e.ToString());
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root() =>
        new("Runs programs measured with HotPathGen, asks them while they run, and shows, merges, compares, guards and exports their snapshots.")
        {
            RunCommand.Create(),
            PsCommand.Create(),
            WatchCommand.Create(),
            SnapshotCommand.Create(),
            ResetCommand.Create(),
            DetailCommand.Create(),
            ServeCommand.Create(),
            ShowCommand.Create(),
            MergeCommand.Create(),
            DiffCommand.Create(),
            BaselineCommand.Create(),
            CheckCommand.Create(),
            ExportCommand.Create(),
            CompletionCommand.Create(),
        };
}
