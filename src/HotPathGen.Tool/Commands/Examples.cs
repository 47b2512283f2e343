using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace HotPathGen.Tool.Commands;

/// <summary>Help that ends with examples and with the text that is too long for the list of commands.</summary>
internal static class Examples
{
    public static Command WithExamples(this Command command, params (string CommandLine, string Meaning)[] examples) =>
        command.WithExplanation("", examples);

    public static Command WithExplanation(this Command command, string explanation, params (string CommandLine, string Meaning)[] examples)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, explanation, examples);
        command.Options.Add(help);
        return command;
    }

    private sealed class HelpWithExamples(HelpAction help, string explanation, (string CommandLine, string Meaning)[] examples)
        : SynchronousCommandLineAction
    {
        // A user who asks for help has not yet given the required arguments.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (explanation.Length > 0)
            {
                output.Write(explanation.ReplaceLineEndings("\n") + "\n\n");
            }

            output.Write("Examples:\n");
            foreach (var (commandLine, meaning) in examples)
            {
                output.Write($"  dotnet hotpath {commandLine}\n      {meaning}\n");
            }

            return code;
        }
    }
}
