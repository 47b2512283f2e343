using System.ComponentModel;
using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>A hot method that is not measured. It runs as in production, and only the snapshot's coverage section lists it.</summary>
/// <param name="name">Its name for display, with its namespace.</param>
/// <param name="file">The path of its source file, as the compiler has it.</param>
/// <param name="line">The line of its declaration, from 1.</param>
/// <param name="reason">Why it is not measured, in one sentence.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PlainMethod(string name, string file, int line, string reason)
{
    internal string Name { get; } = name;
    internal string File { get; } = file;
    internal int Line { get; } = line;
    internal string Reason { get; } = reason;

    internal string Print() => string.Join(MethodRegistration.Separator, Name, File, Line.ToString(CultureInfo.InvariantCulture), Reason);

    internal static PlainMethod Parse(string[] parts) => new(parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
}
