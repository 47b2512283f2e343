using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Sites;

/// <summary>Prints a site's source as snapshots show it: on one line, and cut to the length that can be shown.</summary>
internal static class SiteText
{
    public const int Longest = 60;

    private const string Cut = "..";
    private const string Captures = "captures ";

    public static string OneLine(string text) => OneLine(text, 0, text.Length);

    /// <summary>Prints a part of a text on one line.</summary>
    public static string OneLine(string text, int start, int end)
    {
        char[] line = new char[Longest];
        int length = 0;
        bool afterBlank = false;
        for (int i = start; i < end; i++)
        {
            char letter = text[i];
            if (letter == '#' && IsDirective(text, i, start) && text.IndexOf('\n', i) is var next)
            {
                i = next < 0 ? end : next;
                continue;
            }

            if (letter is ' ' or '\t' or '\r' or '\n')
            {
                afterBlank = length > 0;
                continue;
            }

            int needed = afterBlank ? 2 : 1;
            if (length + needed > Longest)
            {
                return new string(line, 0, Longest - Cut.Length) + Cut;
            }

            if (afterBlank)
            {
                line[length++] = ' ';
                afterBlank = false;
            }

            line[length++] = letter;
        }

        return new(line, 0, length);
    }

    /// <summary>Whether a line begins with the letter, apart from blanks.</summary>
    private static bool IsDirective(string text, int position, int start)
    {
        while (--position >= start && text[position] is ' ' or '\t') { }
        return position >= start && text[position] == '\n';
    }

    public static string OfClosure(IEnumerable<string> names) => OneLine(Captures + string.Join(", ", names));

    public static string OfLoop(CommonForEachStatementSyntax loop) =>
        OneLine($"{(loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword) ? "await " : "")}foreach ({loop.Expression})");

    /// <summary>The node that stands for an expression in reports. Within <c>a?.b</c>, only the whole chain can be wrapped.</summary>
    public static SyntaxNode Shown(SyntaxNode expression)
    {
        var whole = expression;
        for (var node = expression; node is ExpressionSyntax; node = node.Parent)
        {
            // An argument in the chain behind the question mark stands for itself.
            if (node.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == node && whole.SpanStart == node.SpanStart)
            {
                whole = conditional;
            }
        }

        return whole;
    }
}
