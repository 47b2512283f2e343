using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>Describes a site as a line of text, from generated code to the runtime.</summary>
/// <param name="Line">The line in the user's file, from 1.</param>
/// <param name="Column">The column in that line, from 1.</param>
/// <param name="Kind">What allocates.</param>
/// <param name="Type">What is allocated, or for calls the callee as <c>Type.Member</c>; empty if it is not known.</param>
/// <param name="Text">The site's source text, on one line.</param>
/// <param name="Origin">For calls, where the callee comes from.</param>
internal sealed record SiteLine(int Line, int Column, SiteKind Kind, string Type, string Text, Origin Origin)
{
    private const char Tab = '\t';

    public string Print()
    {
        string line = string.Join("\t", Number(Line), Number(Column), Words.Of(Kind), Type, Text);
        return Origin == Origin.Other ? line : line + Tab + Words.Of(Origin);
    }

    public static SiteLine Parse(string line)
    {
        string[] parts = line.Split(Tab);
        return new(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            (SiteKind)Words.NumberOf(parts[2], Words.SiteKinds),
            parts[3],
            parts[4],
            parts.Length > 5 ? (Origin)Words.NumberOf(parts[5], Words.Origins) : Origin.Other
        );
    }

    /// <summary>Parses the sites of a method, one per line.</summary>
    public static SiteLine[] ParseAll(string lines) => [.. lines.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
