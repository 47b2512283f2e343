using System.Globalization;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    /// <param name="relativePath">Its path, which is the same on every machine.</param>
    /// <param name="byContents">Gives the copy of the file with these contents; null where the file itself is compiled.</param>
    /// <param name="byPath">Gives the copy of the file at a path; null where the file itself is compiled.</param>
    public static SourceText Relocate(SourceFile output, string relativePath, Func<string, Moved?> byContents, Func<string, Moved?> byPath)
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

        Open(output, relativePath, changes);
        return changes.Count == 0 ? output.Text : output.Text.WithChanges(changes.OrderBy(change => change.Span.Start));
    }

    /// <summary>
    /// Adds, behind each class of interceptors, a class through which other files can call them. Generators hide theirs in their file, and the copy
    /// of a body is in another one.
    /// </summary>
    private static void Open(SourceFile output, string relativePath, List<TextChange> changes)
    {
        if (!output.Mentions(InterceptedPlace.AttributeName))
        {
            return;
        }

        ClassDeclarationSyntax[] classes = [.. output.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()];
        var hidden = classes.Where(type => type.Modifiers.Any(SyntaxKind.FileKeyword)).Select(type => type.Identifier.ValueText).ToHashSet();
        int number = 0;
        foreach (var type in classes.Where(type => type is { TypeParameterList: null, Parent: not TypeDeclarationSyntax }))
        {
            MethodDeclarationSyntax[] methods = [.. InterceptedPlace.Interceptors(type)];
            if (methods.Length > 0 && methods.All(method => method.Modifiers.Any(SyntaxKind.StaticKeyword) && !Names(method, hidden)))
            {
                string name = $"{Marks.Interceptors}{PreparedFile.Key(relativePath, number++)}";
                changes.Add(
                    new(new(type.Span.End, 0), $" internal static class {name} {{ {string.Concat(methods.Select(method => Forward(method, type)))}}}")
                );
            }
        }
    }

    /// <summary>Whether the head of a method names one of <paramref name="types"/>.</summary>
    private static bool Names(MethodDeclarationSyntax method, HashSet<string> types) =>
        method
            .ConstraintClauses.Cast<SyntaxNode>()
            .Prepend(method.ParameterList)
            .Prepend(method.ReturnType)
            .SelectMany(part => part.DescendantTokens())
            .Any(token => types.Contains(token.ValueText));

    private static string Forward(MethodDeclarationSyntax method, ClassDeclarationSyntax type)
    {
        string typeParameters = method.TypeParameterList is { } list ? HeadText.OneLine(list) : "";
        var arguments = method.ParameterList.Parameters.Select(parameter =>
            parameter.Modifiers.FirstOrDefault(modifier => modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword)
                is { RawKind: not 0 } modifier
                ? $"{modifier.Text} {parameter.Identifier.Text}"
                : parameter.Identifier.Text
        );
        return $"internal static {(method.Modifiers.Any(SyntaxKind.UnsafeKeyword) ? "unsafe " : "")}{HeadText.OneLine(method.ReturnType)} "
            + $"{method.Identifier.Text}{typeParameters}{HeadText.OneLine(method.ParameterList)}"
            + $"{string.Concat(method.ConstraintClauses.Select(clause => " " + HeadText.OneLine(clause)))} => "
            + $"{(method.ReturnType is RefTypeSyntax ? "ref " : "")}{type.Identifier.Text}.{method.Identifier.Text}{typeParameters}"
            + $"({string.Join(", ", arguments)}); ";
    }
}
