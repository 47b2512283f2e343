using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>Something in a method's body that allocates.</summary>
/// <param name="Site">The kind of the allocation, its type and the called method.</param>
/// <param name="Operation">The operation that allocates. For a closure, the first function that captures; for a state machine, the body.</param>
/// <param name="Syntax">The place to report: what the user sees as the expression.</param>
/// <param name="Certainty">How sure it is that the operation allocates.</param>
internal sealed record Allocation(Site Site, IOperation Operation, SyntaxNode Syntax, Certainty Certainty)
{
    /// <summary>
    /// The token that a snapshot gives as the site's place. For a closure, it is where the scope begins; for a state machine, where the body begins.
    /// </summary>
    public SyntaxToken Place { get; init; } = SiteText.Shown(Syntax).GetFirstToken();

    /// <summary>The names of the variables that a closure holds.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    /// <summary>The text that a snapshot would show of the allocation.</summary>
    public string Text =>
        this switch
        {
            { Site.Kind: SiteKind.Closure } => SiteText.OfClosure(Captures),
            { Site.Kind: SiteKind.Enumerator, Syntax: CommonForEachStatementSyntax loop } => SiteText.OfLoop(loop),
            _ => SiteText.OneLine(SiteText.Shown(Syntax).ToString()),
        };

    /// <summary>For a call: the allocation within the called method.</summary>
    public Allocation? Inside { get; init; }

    /// <summary>This allocation and those that it leads to, outermost first.</summary>
    public IEnumerable<Allocation> Chain
    {
        get
        {
            for (var link = this; link is not null; link = link.Inside)
            {
                yield return link;
            }
        }
    }
}
