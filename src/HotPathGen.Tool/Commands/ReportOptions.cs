using System.CommandLine;
using HotPathGen.Tool.Reports;

namespace HotPathGen.Tool.Commands;

/// <summary>How a report is printed.</summary>
internal static class ReportOptions
{
    public static Option<bool> Markdown() => new("--markdown") { Description = "As Markdown, for a comment on a pull request." };

    public static Option<int> Top() =>
        new Option<int>("--top")
        {
            Description = "How many rows a table has at most.",
            HelpName = "N",
            DefaultValueFactory = static _ => 20,
        }.From1();

    public static void Print(ParseResult parsed, Report report, Option<bool> markdown, Option<int> top) =>
        parsed.InvocationConfiguration.Output.Write(
            parsed.GetValue(markdown) ? ReportMarkdown.Print(report, parsed.GetValue(top)) : ReportText.Print(report, parsed.GetValue(top))
        );
}
