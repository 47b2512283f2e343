using System.Globalization;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>A file and its copy, and how positions in the two correspond.</summary>
/// <param name="Original">The file.</param>
/// <param name="Copy">The copy.</param>
/// <param name="Path">The copy's path, as the compiler writes it.</param>
/// <param name="PositionOf">Converts a position in the file to the position in the copy.</param>
internal sealed record Moved(SourceText Original, SourceText Copy, string Path, Func<int, int> PositionOf);

/// <summary>
/// Writes the attributes of interceptors anew. They name calls by the contents or the path of a file, and so would not find the calls in the copy
/// that is compiled.
/// </summary>
internal static class Interceptors
{
    /// <summary>The text of a generated file, in which the places are those of the copies.</summary>
    /// <param name="output">The file that the generator wrote.</param>
    /// <param name="byContents">Gives the copy of the file with these contents; null where the file itself is compiled.</param>
    /// <param name="byPath">Gives the copy of the file at a path; null where the file itself is compiled.</param>
    public static SourceText Relocate(SourceFile output, Func<string, Moved?> byContents, Func<string, Moved?> byPath)
    {
        var changes = new List<TextChange>();
        foreach (var (literal, place, displayName) in InterceptedPlace.In(output.Tree, CancellationToken.None))
        {
            if (byContents(place.Contents) is { } moved)
            {
                var there = new InterceptedPlace(InterceptedPlace.ContentsOf(moved.Copy), moved.PositionOf(place.Position));
                changes.Add(new(literal.Span, $"\"{there.Data(displayName)}\""));
            }
        }

        foreach (var (arguments, path, position) in InterceptedPlace.ByLine(output.Tree, CancellationToken.None))
        {
            if (byPath(path) is { } moved && InterceptedPlace.PositionOf(moved.Original, position) is { } place)
            {
                var there = moved.Copy.Lines.GetLinePosition(moved.PositionOf(place));
                changes.Add(new(arguments[0].Span, SymbolDisplay.FormatLiteral(moved.Path, quote: true)));
                changes.Add(new(arguments[1].Span, (there.Line + 1).ToString(CultureInfo.InvariantCulture)));
                changes.Add(new(arguments[2].Span, (there.Character + 1).ToString(CultureInfo.InvariantCulture)));
            }
        }

        return changes.Count == 0 ? output.Text : output.Text.WithChanges(changes.OrderBy(change => change.Span.Start));
    }
}
