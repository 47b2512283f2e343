using HotPathGen.Generator.Allocations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Sites;

/// <summary>A site's source as snapshots show it: on one line, and no more of it than can be shown.</summary>
internal static class SiteText
{
    public const int Longest = 60;

    private const string Cut = "..";
    private const string Captures = "captures ";

    public static string OneLine(string text)
    {
        string line = string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line.Substring(0, Longest - Cut.Length) + Cut;
    }

    public static string OfClosure(IEnumerable<string> names) => Captures + string.Join(", ", names);

    public static string OfLoop(CommonForEachStatementSyntax loop) => $"{(loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword) ? "await " : "")}foreach ({loop.Expression})";

    /// <summary>What stands for an expression: within <c>a?.b</c> nothing can be wrapped but the whole.</summary>
    public static SyntaxNode Shown(SyntaxNode expression)
    {
        SyntaxNode whole = expression;
        for (SyntaxNode? node = expression; node is ExpressionSyntax; node = node.Parent)
        {
            // Not from an argument in the chain behind the question mark.
            if (node.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == node && whole.SpanStart == node.SpanStart)
            {
                whole = conditional;
            }
        }

        return whole;
    }

    /// <summary>What a snapshot would show of an allocation that source shows.</summary>
    public static string Of(Allocation allocation) => allocation switch
    {
        { Site.Kind: SiteKind.Closure } => Captures + allocation.Captures,
        { Site.Kind: SiteKind.Enumerator, Syntax: CommonForEachStatementSyntax loop } => OneLine(OfLoop(loop)),
        var other => OneLine(Shown(other.Syntax).ToString()),
    };
}
