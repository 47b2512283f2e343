using System.Globalization;

namespace HotPathGen.Shared;

/// <summary>How generated code describes a pooled parameter to the runtime: a line of text.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Kind">What the core gets.</param>
/// <param name="Element">Its element type; the type itself for objects.</param>
/// <param name="StackLimit">Bytes that may be on the stack; 0 where none may.</param>
internal sealed record PooledLine(string Parameter, PooledKind Kind, string Element, int StackLimit)
{
    public string Print() => string.Join("\t", Parameter, Words.Of(Kind), Element, StackLimit.ToString(CultureInfo.InvariantCulture));

    public static PooledLine Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new(parts[0], (PooledKind)Words.NumberOf(parts[1], Words.PooledKinds), parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    /// <summary>Of a method: one under the other.</summary>
    public static PooledLine[] ParseAll(string lines) => [.. lines.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
}
