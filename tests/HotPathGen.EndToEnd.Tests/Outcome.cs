using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The result of a finished child process.</summary>
internal sealed partial record Outcome(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The warnings and errors of a build, each only once.</summary>
    public IReadOnlyList<BuildMessage> Messages =>
        [
            .. Diagnostic()
                .Matches(Output)
                .Select(match => new BuildMessage(
                    match.Groups["severity"].Value,
                    match.Groups["id"].Value,
                    match.Groups["place"].Value.Trim(),
                    match.Groups["text"].Value.Trim()
                ))
                .Distinct(),
        ];

    public IReadOnlyList<BuildMessage> Warnings => [.. Messages.Where(message => message.Severity == "warning")];

    public IReadOnlyList<BuildMessage> Errors => [.. Messages.Where(message => message.Severity == "error")];

    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The number of lines with a text. The summary at the end of a build repeats warnings but not these lines.</summary>
    public int CountOf(string text) => Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    public Outcome MustSucceed()
    {
        Assert.That(ExitCode, Is.Zero, ToString());
        return this;
    }

    public Outcome MustFail()
    {
        Assert.That(ExitCode, Is.Not.Zero, ToString());
        return this;
    }

    public override string ToString() => $"{Command}\nexit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}\n---";

    [GeneratedRegex(@"^(?<place>.*?)\s*: (?<severity>warning|error) (?<id>[A-Za-z]+\d+)\s*: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}

/// <summary>One warning or error as MSBuild prints it.</summary>
internal sealed record BuildMessage(string Severity, string Id, string Place, string Text);
