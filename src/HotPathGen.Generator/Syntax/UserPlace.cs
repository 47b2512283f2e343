using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Syntax;

/// <summary>
/// Where code is in the user's files. A tool can write code between the user's lines and hide it, as Razor does (<c>#line hidden</c>). Such code has
/// the place of the first of the user's lines in it, or else of the last one before it.
/// </summary>
internal static class UserPlace
{
    public static FileLinePositionSpan Of(SyntaxNode code) => Of(code.GetFirstToken(), code.Span);

    /// <param name="first">The token whose place is asked for.</param>
    /// <param name="code">The code that begins there.</param>
    public static FileLinePositionSpan Of(SyntaxToken first, TextSpan code)
    {
        var place = first.GetLocation().GetMappedLineSpan();
        if (!IsHidden(first))
        {
            return place;
        }

        var tree = first.SyntaxTree!;
        var lines = tree.GetText().Lines.GetLinePositionSpan(code);
        var around = tree.GetLineMappings().Where(static line => !line.IsHidden).TakeWhile(line => line.Span.Start <= lines.End).ToArray();
        var within = around.FirstOrDefault(line => line.Span.Start >= lines.Start);
        // The directive that hides the code can itself name the file that the code is in.
        return within.MappedSpan.IsValid ? StartOf(within.MappedSpan)
            : around.Length > 0 && around[around.Length - 1].MappedSpan is { HasMappedPath: true } before && before.Path != place.Path ? EndOf(before)
            : place;
    }

    /// <summary>Whether a tool wrote all of the code: no line of it is the user's.</summary>
    public static bool IsNowhere(SyntaxNode code) => IsHidden(code.GetFirstToken()) && code.DescendantTokens().All(IsHidden);

    public static bool IsHidden(SyntaxToken token) => token.SyntaxTree?.GetLineVisibility(token.SpanStart) == LineVisibility.Hidden;

    private static FileLinePositionSpan StartOf(FileLinePositionSpan place) => new(place.Path, place.StartLinePosition, place.StartLinePosition);

    private static FileLinePositionSpan EndOf(FileLinePositionSpan place) => new(place.Path, place.EndLinePosition, place.EndLinePosition);
}
