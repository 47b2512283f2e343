using System.CommandLine;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Watching;

namespace HotPathGen.Tool.Commands;

internal static class WatchCommand
{
    public static Command Create()
    {
        var program = ProgramArgument.Create();
        program.Arity = ArgumentArity.ZeroOrOne;
        program.Description += " Without it, the only one that runs.";
        var interval = new Option<string>("--interval")
        {
            Description = "The time between two looks: 500ms, 1s, 1m.",
            HelpName = "TIME",
            DefaultValueFactory = static _ => "1s",
        };
        interval.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (Amount.Time(result.Tokens[0].Value) is not { } time || time < TimeSpan.FromMilliseconds(100)))
            {
                result.AddError($"--interval takes a time from 100ms on, like 500ms, 1s or 1m, not '{result.Tokens[0].Value}'.");
            }
        });
        var sites = new Option<bool>("--sites") { Description = "Sites instead of methods." };
        var sinceReset = new Option<bool>("--since-reset")
        {
            Description = "Figures since the program's start or its last reset, not of the last interval.",
        };
        var sort = new Option<string>("--sort")
        {
            Description = "The order of methods, the largest first.",
            HelpName = "ORDER",
            DefaultValueFactory = static _ => "self-bytes",
        };
        sort.AcceptOnlyFromAmong([.. Selection.Orders.Keys]);
        var filter = new Option<string>("--filter")
        {
            Description = "Only methods with this in their name, id, assembly or file; * stands for anything.",
            HelpName = "TEXT",
            DefaultValueFactory = static _ => "",
        };
        var top = new Option<int?>("--top")
        {
            Description = "Rows of each table where the output is no terminal; 10 without it.",
            HelpName = "N",
        }.From1();
        var count = new Option<int?>("--count") { Description = "How many tables, where the output is no terminal.", HelpName = "N" }.From1();
        var command = new Command("watch", "Shows what a program does while it runs, again and again.")
        {
            program,
            interval,
            sites,
            sinceReset,
            sort,
            filter,
            top,
            count,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var measured = await MeasuredPrograms.ByAsync(parsed.GetValue(program), cancellation);
                var watch = new Watch(measured, Amount.Time(parsed.GetRequiredValue(interval))!.Value);
                var view = new WatchView(
                    parsed.GetValue(sites),
                    parsed.GetValue(sinceReset),
                    parsed.GetRequiredValue(sort),
                    parsed.GetRequiredValue(filter)
                );
                await watch.RunAsync(
                    view,
                    parsed.GetValue(top),
                    parsed.GetValue(count),
                    parsed.InvocationConfiguration.Output,
                    parsed.InvocationConfiguration.Error,
                    cancellation
                );
                return ExitCode.Done;
            }
        );
        return command.WithExplanation(
            $"Keys: {WatchView.Keys.Replace("  ", ", ")}.",
            ("watch", "the only measured program that runs"),
            ("watch OrderService --sort self-time", "what takes the time now"),
            ("watch 1234 --sites --filter Parser", "where the methods of Parser allocate"),
            ("watch 1234 --interval 10s --count 6 > minute.txt", "six tables in a minute")
        );
    }
}
