using HotPathGen.Prepare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Tests.Prepare;

/// <summary>The place of each token of a file as the compiler reports it: mapped path, first and last line, visibility.</summary>
internal static class TokenLines
{
    /// <summary>
    /// The tokens of the original that are not at the same place in the copy. There are none if prepare works correctly. The heads of accessors, and
    /// of their properties, are not looked at: they run no code.
    /// </summary>
    public static IReadOnlyList<string> Moved(SyntaxTree original, SyntaxTree copy, string path)
    {
        var left = new Dictionary<(string, int, int, LineVisibility, string), int>();
        foreach (var place in Places(copy, path))
        {
            left[place] = left.GetValueOrDefault(place) + 1;
        }

        var moved = new List<string>();
        foreach (var place in Places(original, path, withHeads: false))
        {
            if (left.GetValueOrDefault(place) is var count and > 0)
            {
                left[place] = count - 1;
            }
            else if (place.Text is not ("async" or "=>" or "return"))
            {
                moved.Add(place.ToString());
            }
        }

        return moved;
    }

    public static SyntaxTree Parse(string text, SourceFile like) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)like.Root.SyntaxTree.Options, "elsewhere/copy.cs");

    private static bool IsInHead(SyntaxToken token) =>
        token.Parent!.FirstAncestorOrSelf<SyntaxNode>(node =>
            node is BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or MemberDeclarationSyntax
        )
            is BasePropertyDeclarationSyntax { AccessorList: not null };

    private static IEnumerable<(string File, int First, int Last, LineVisibility, string Text)> Places(
        SyntaxTree tree,
        string path,
        bool withHeads = true
    )
    {
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => token.Span.Length > 0 && (withHeads || !IsInHead(token))))
        {
            var span = token.GetLocation().GetMappedLineSpan();
            string file = span.HasMappedPath && span.Path.Length > 0 ? Path.GetFullPath(span.Path, Path.GetDirectoryName(path)!) : path;
            var visibility = tree.GetLineVisibility(token.SpanStart);
            yield return (
                file,
                span.StartLinePosition.Line,
                span.EndLinePosition.Line,
                visibility == LineVisibility.BeforeFirstLineDirective ? LineVisibility.Visible : visibility,
                token.Text
            );
        }
    }
}
