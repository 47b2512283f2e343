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
    private const string Loop = "foreach (";

    public static string OneLine(string text, int longest = Longest)
    {
        string line = string.Join(" ", text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line.Substring(0, longest - Cut.Length) + Cut;
    }

    public static string OfClosure(IEnumerable<string> names) => Captures + string.Join(", ", names);

    public static string OfLoop(CommonForEachStatementSyntax loop) => $"{(loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword) ? "await " : "")}{Loop}{loop.Expression})";

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

    /// <summary>What must be in the method's source if the site still is; null where nothing can be said.</summary>
    public static string? Source(string kind, string text)
    {
        if (kind is "closure" or "state machine" or "exception" || text.StartsWith("using: ", StringComparison.Ordinal) || text.StartsWith("await using: ", StringComparison.Ordinal))
        {
            return null;
        }

        string source = text.EndsWith(Cut, StringComparison.Ordinal) ? text.Substring(0, text.Length - Cut.Length) : text;
        int loop = source.IndexOf(Loop, StringComparison.Ordinal);
        return kind == "enumerator" && loop >= 0 ? source.Substring(loop + Loop.Length).TrimEnd(')') : source;
    }
}
