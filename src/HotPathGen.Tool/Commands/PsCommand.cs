using System.CommandLine;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Commands;

internal static class PsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "As JSON: raw figures, every column." };
        var command = new Command("ps", "Lists the measured programs that run, with their level and what they do now.") { json };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var programs = await RunningPrograms.ReadAsync(cancellation);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    output.Write(TableJson.Of([programs.Table]));
                    return ExitCode.Done;
                }

                var console = TableConsole.Of(output);
                if (programs.Table.Rows.Length > 0)
                {
                    console.Write(programs.Table);
                }
                else
                {
                    console.Sentence(programs.Table.WhenEmpty);
                }

                foreach (string remark in programs.Remarks)
                {
                    parsed.InvocationConfiguration.Error.Write(remark + "\n");
                }

                return ExitCode.Done;
            }
        );
        return command.WithExplanation(
            "Figures a second are those of half a second while ps looks. Bytes are those of the whole process.",
            ("ps", "what is measured on this machine"),
            ("ps --json | jq '.programs[].process'", "for programs")
        );
    }
}
