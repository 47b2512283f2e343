using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Checks;

/// <summary>The data of a copied body that are kept until its copy is checked.</summary>
/// <param name="Body">The body as it was written.</param>
/// <param name="Facts">The meaning of the body.</param>
/// <param name="Kept">The parts of its text that the copy repeats.</param>
internal sealed record CopiedBody(SyntaxNode Body, (int Place, ulong Fact)[] Facts, KeptText Kept);

/// <summary>
/// Checks that a copy has the meaning of its original body. A copy is compiled only if it binds, and binds to the members, types and conversions of
/// the original body. Each build checks each copy. What the copying itself knows about C# only decides how many copies pass.
/// </summary>
internal static class CopyCheck
{
    /// <summary>Why the copy cannot be used; null if it can.</summary>
    /// <param name="copied">The original body.</param>
    /// <param name="copy">The copy, in a compilation that has all that the final one will have.</param>
    /// <param name="model">The semantic model of the copy's file.</param>
    /// <param name="symbols">The hashes of that compilation's symbols.</param>
    /// <param name="errors">The errors of that file.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static string? Fault(
        CopiedBody copied,
        MethodDeclarationSyntax copy,
        SemanticModel model,
        SymbolHashes symbols,
        IReadOnlyList<Diagnostic> errors,
        CancellationToken cancellation
    )
    {
        var body = (SyntaxNode?)copy.Body ?? copy.ExpressionBody!;
        if (errors.FirstOrDefault(error => copy.Span.Contains(error.Location.SourceSpan)) is { } found)
        {
            return $"its copy with probes would not compile at '{Shown(copied, copied.Kept, body, found.Location.SourceSpan)}': {found.Id}: "
                + $"{SiteText.OneLine(found.GetMessage(System.Globalization.CultureInfo.InvariantCulture))}";
        }

        if (model.GetOperation(copy, cancellation) is not { } operation)
        {
            return "the compiler does not understand its copy with probes";
        }

        var facts = Meaning.OfCopy(operation, body.SpanStart, copied.Kept, model, symbols, cancellation);
        return FirstDifference(copied, facts) is { } place
            ? $"'{Shown(copied.Body, place)}' would mean something else in its copy with probes"
            : null;
    }

    /// <summary>
    /// The first place at which the copy means something else; null if there is none. Parts that the copy does not repeat are left out: they are
    /// written out in another form.
    /// </summary>
    private static int? FirstDifference(CopiedBody copied, (int Place, ulong Fact)[] facts)
    {
        int i = 0,
            j = 0;
        (int Start, int End)[] gaps = [.. copied.Kept.Gaps()];
        while (true)
        {
            while (i < copied.Facts.Length && Array.Exists(gaps, gap => copied.Facts[i].Place >= gap.Start && copied.Facts[i].Place < gap.End))
            {
                i++;
            }

            if (i >= copied.Facts.Length || j >= facts.Length)
            {
                return i < copied.Facts.Length ? copied.Facts[i].Place
                    : j < facts.Length ? facts[j].Place
                    : null;
            }

            if (copied.Facts[i] != facts[j])
            {
                return Math.Min(copied.Facts[i].Place, facts[j].Place);
            }

            i++;
            j++;
        }
    }

    private static string Shown(SyntaxNode body, int place) => SiteText.OneLine(Expression(body.FindToken(body.SpanStart + place)).ToString());

    private static string Shown(CopiedBody copied, KeptText kept, SyntaxNode body, TextSpan span)
    {
        for (int i = span.Start; i < span.End; i++)
        {
            if (kept.InBody(i - body.SpanStart) is >= 0 and var place)
            {
                return Shown(copied.Body, place);
            }
        }

        return SiteText.OneLine(body.SyntaxTree.GetText().ToString(span));
    }

    /// <summary>The expression to show for a token. A name alone says little, so the whole call or access is shown.</summary>
    private static SyntaxNode Expression(SyntaxToken token)
    {
        var node = token.Parent!;
        while (
            node.Parent
                is MemberAccessExpressionSyntax
                    or InvocationExpressionSyntax
                    or ArgumentListSyntax
                    or ElementAccessExpressionSyntax
                    or BracketedArgumentListSyntax
            && node.Parent.SpanStart <= token.SpanStart
        )
        {
            node = node.Parent;
        }

        return node;
    }
}
