using System.Buffers;
using System.Text;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>Prints parts of a method's head on one line. Only tokens are printed, so comments and directives are left out.</summary>
internal static class HeadText
{
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\r\n\u0085\u2028\u2029");

    public static string OneLine(SyntaxNode node) => OneLine(node, node.Span.End);

    /// <param name="node">The node that is printed.</param>
    /// <param name="end">The position at which printing ends.</param>
    public static string OneLine(SyntaxNode node, int end)
    {
        var line = new StringBuilder();
        SyntaxToken previous = default;
        foreach (var token in node.DescendantTokens().TakeWhile(token => token.Span.End <= end))
        {
            if (previous != default && (previous.HasTrailingTrivia || token.HasLeadingTrivia))
            {
                line.Append(' ');
            }

            line.Append(Print(token));
            previous = token;
        }

        return line.ToString();
    }

    /// <summary>Prints a token. A string over several lines is escaped, so that it fits on one line.</summary>
    private static string Print(SyntaxToken token) =>
        token.Kind() switch
        {
            SyntaxKind.StringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken when token.Text.AsSpan().IndexOfAny(s_lineEnds) >= 0 =>
                SymbolDisplay.FormatLiteral(token.ValueText, quote: true),
            _ => token.Text,
        };
}
