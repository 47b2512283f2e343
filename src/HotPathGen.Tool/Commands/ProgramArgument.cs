using System.CommandLine;
using System.CommandLine.Completions;
using HotPathGen.Tool.Live;

namespace HotPathGen.Tool.Commands;

/// <summary>The argument for the running program that a command asks.</summary>
internal static class ProgramArgument
{
    public static Argument<string> Create()
    {
        var argument = new Argument<string>("PROGRAM") { Description = "The id of a measured process, or the name of its app: see ps." };
        argument.CompletionSources.Add(Running);
        return argument;
    }

    // A shell waits for this at each key. So the processes are named without asking them.
    private static IEnumerable<CompletionItem> Running(CompletionContext context) =>
        MeasuredProgram.Candidates().Select(static id => new CompletionItem(FormattableString.Invariant($"{id}")));
}
