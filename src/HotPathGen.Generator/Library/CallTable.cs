using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>
/// The table of what calls of the base library were measured to allocate (tests/allocation-table/MeasureCalls.cs). It has a line for each type. The
/// line has the type's methods behind their verdicts, with parameters only where overloads differ.
/// </summary>
internal static class CallTable
{
    private static readonly Lazy<Dictionary<string, string>> s_lines = new(Read);

    /// <summary>The verdict on a method: 'n' never, 'a' always, 's' sometimes; null if the method is not in the table.</summary>
    public static char? Verdict(IMethodSymbol definition)
    {
        if (
            definition.ContainingType?.GetDocumentationCommentId() is not { } type
            || definition.GetDocumentationCommentId() is not { } id
            || !s_lines.Value.TryGetValue(type.Substring(2), out string? line)
        )
        {
            return null;
        }

        string member = id.Substring(type.Length + 1);
        int end = member.IndexOfAny(['(', '~']);
        string name = end < 0 ? member : member.Substring(0, end);
        int arity = name.IndexOf("``", StringComparison.Ordinal);
        return Find(line, member) ?? Find(line, arity < 0 ? name : name.Substring(0, arity));
    }

    private static char? Find(string line, string member)
    {
        for (int at = line.IndexOf(member, StringComparison.Ordinal); at >= 0; at = line.IndexOf(member, at + 1, StringComparison.Ordinal))
        {
            int end = at + member.Length;
            if (at > 1 && line[at - 2] == ' ' && (end == line.Length || line[end] == ' '))
            {
                return line[at - 1];
            }
        }

        return null;
    }

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(CallTable).Assembly.GetManifestResourceStream("calls.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            int blank = line.IndexOf(' ');
            lines.Add(line.Substring(0, blank), line.Substring(blank));
        }

        return lines;
    }
}
