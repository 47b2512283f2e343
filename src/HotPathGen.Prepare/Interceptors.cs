using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>Where a file's copy has what the file has.</summary>
/// <param name="Copy">The copy.</param>
/// <param name="PositionOf">From a position in the file to that in the copy.</param>
internal sealed record Moved(SourceText Copy, Func<int, int> PositionOf);

/// <summary>Interceptors name the files of calls by their contents, and so not the copies that are compiled: their attributes are written anew.</summary>
internal static class Interceptors
{
    /// <summary>The text of a generated file with the places of the copies.</summary>
    public static SourceText Relocate(SourceText text, CSharpParseOptions options, Func<string, Moved?> copyOf)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, options);
        var changes = new List<TextChange>();
        foreach (var (literal, place, displayName) in InterceptedPlace.In(tree, CancellationToken.None))
        {
            if (copyOf(place.Contents) is { } moved)
            {
                var there = new InterceptedPlace(InterceptedPlace.ContentsOf(moved.Copy), moved.PositionOf(place.Position));
                changes.Add(new(literal.Span, $"\"{there.Data(displayName)}\""));
            }
        }

        return changes.Count == 0 ? text : text.WithChanges(changes);
    }
}
