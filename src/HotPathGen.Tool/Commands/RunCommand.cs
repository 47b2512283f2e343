using System.CommandLine;
using System.Globalization;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Running;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Watching;

namespace HotPathGen.Tool.Commands;

internal static class RunCommand
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs", "-n")
        {
            Description = "How often to run the program; a snapshot each.",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        }.From1();
        var gate = new Option<bool>("--gate")
        {
            Description =
                "Without tiering (DOTNET_TieredCompilation=0), so that bytes are the same in every run. The code is not what production settles "
                + "to with PGO, which may allocate less. Every call is recorded (HOTPATH_DETAIL=full), unless HOTPATH_DETAIL is set.",
        };
        var folder = new Option<string?>("--out", "-o")
        {
            Description = "The folder of the snapshots; a new one in hotpath by default.",
            HelpName = "DIR",
        };
        var framework = new Option<string?>("--framework", "-f")
        {
            Description = "The target framework to build, of a project with several.",
            HelpName = "TFM",
        };
        var properties = new Option<string[]>("--property", "-p") { Description = "A property for the build: NAME=VALUE.", HelpName = "NAME=VALUE" };
        var attach = new Option<bool>("--attach")
        {
            Description = "Watches the program while it runs. What it writes goes to a file beside the snapshots.",
        };
        var program = new Argument<string[]>("PROGRAM")
        {
            Description = "After --: a project, its folder or a .cs file, which is built measured; or a .dll or program that was; and its arguments.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("run", "Builds measured, runs, and shows what the runs recorded.")
        {
            runs,
            gate,
            folder,
            framework,
            properties,
            attach,
            program,
        };
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetRequiredValue(program);
            var error = parsed.InvocationConfiguration.Error;
            string target = parsed.GetValue(folder)
                ?? Path.Combine("hotpath", DateTime.UtcNow.ToString("'run-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture));
            string[] buildArguments =
            [
                .. (parsed.GetValue(properties) ?? []).Select(static property => $"-p:{property}"),
                .. parsed.GetValue(framework) is { } tfm ? (string[])["-f", tfm] : [],
            ];
            if (parsed.GetValue(gate))
            {
                GateLevel.MustBeExact(Environment.GetEnvironmentVariable(GateLevel.Variable));
            }

            var runnable = RunnableProgram.Of(given[0], buildArguments);
            if (parsed.GetValue(gate))
            {
                error.Write("--gate: tiering is off, so that bytes repeat; code that production settles to with PGO may allocate less\n");
            }

            string[] files = new MeasuredRuns(
                runnable,
                given[1..],
                parsed.GetValue(runs),
                target,
                parsed.GetValue(gate),
                error,
                parsed.GetValue(attach) ? process => AttachedWatch.Show(process, parsed.InvocationConfiguration) : null
            ).Run();
            var console = TableConsole.Of(parsed.InvocationConfiguration.Output);
            console.Line("");
            var merged = SnapshotFiles.Merge(files);
            ShowReport.Overview(merged, new()).Write(console);
            error.Write($"Snapshots: {target}\n");
            if (parsed.GetValue(gate))
            {
                GateLevel.MustHaveBeenExact(merged, target);
            }

            return ExitCode.Done;
        });
        return command.WithExamples(
            ("run -- src/App", "builds the project measured, runs it, shows the result"),
            ("run --runs 5 --gate --out baseline -- src/App --input large.txt", "five runs whose bytes can be compared"),
            ("run -p HotPathInstrumentAll=true -- app.cs", "a file-based app, every method measured"),
            ("run --attach -- src/Service", "the same, and what it does while it runs"),
            ("run -- bin/Release/net10.0/App.dll", "what was built measured before")
        );
    }
}
