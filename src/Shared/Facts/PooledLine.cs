using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>Describes a pooled parameter as a line of text, from generated code to the runtime.</summary>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Kind">The type of buffer that the core gets.</param>
/// <param name="Element">The element type; for objects, the type itself.</param>
/// <param name="StackLimit">The bytes that may be on the stack; 0 if none may.</param>
internal sealed record PooledLine(string Parameter, PooledKind Kind, string Element, int StackLimit)
{
    public string Print() => string.Join("\t", Parameter, Words.Of(Kind), Element, StackLimit.ToString(CultureInfo.InvariantCulture));

    public static PooledLine Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new(parts[0], (PooledKind)Words.NumberOf(parts[1], Words.PooledKinds), parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Parses the pooled parameters of a method, one per line.</summary>
    public static PooledLine[] ParseAll(string lines) => [.. lines.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
}
