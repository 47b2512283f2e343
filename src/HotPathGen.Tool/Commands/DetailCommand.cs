using System.CommandLine;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Commands;

internal static class DetailCommand
{
    public static Command Create()
    {
        var program = ProgramArgument.Create();
        var level = new Argument<string>("LEVEL") { Description = "How much is recorded from the next call on." };
        level.AcceptOnlyFromAmong(Words.DetailLevels);
        var overhead = new Option<string?>("--overhead")
        {
            Description = "How much of a method's own time the calls that are recorded may cost, below full. Without it, this does not change.",
            HelpName = "PERCENT",
        };
        var time = new Option<string?>("--for")
        {
            Description = "After this time the program puts the old level and overhead back by itself: 500ms, 30s, 5m, 2h.",
            HelpName = "TIME",
        };
        overhead.Validators.Add(result => AddErrorTo(result, overhead, Amount.Percent, "a percentage above 0, up to 100"));
        time.Validators.Add(result => AddErrorTo(result, time, Amount.Time, "a time like 500ms, 30s, 5m or 2h, of at most 24 days"));
        var command = new Command("detail", "Sets how much a program records, while it runs.") { program, level, overhead, time };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var measured = await MeasuredPrograms.ByAsync(parsed.GetRequiredValue(program), cancellation);
                var status = await measured.SetDetailAsync(
                    (DetailLevel)Words.NumberOf(parsed.GetRequiredValue(level), Words.DetailLevels),
                    Amount.Percent(parsed.GetValue(overhead)),
                    Amount.Time(parsed.GetValue(time)),
                    cancellation
                );
                parsed.InvocationConfiguration.Output.Write(
                    FormattableString.Invariant($"{status.App} ({measured.Process}): {LevelWords.Of(status, hasOverhead: true)}\n")
                );
                return ExitCode.Done;
            }
        );
        return command.WithExamples(
            ("detail 1234 full --for 30s", "every call for half a minute, then as before, even if the tool is gone"),
            ("detail OrderService light --overhead 2%", "a random sample of the calls, at a low cost"),
            ("detail 1234 off", "nothing is recorded any more")
        );
    }

    private static void AddErrorTo<T>(System.CommandLine.Parsing.OptionResult result, Option option, Func<string?, T?> read, string expected)
        where T : struct
    {
        if (result.Tokens.Count > 0 && read(result.Tokens[0].Value) is null)
        {
            result.AddError($"{option.Name} takes {expected}, not '{result.Tokens[0].Value}'.");
        }
    }
}
