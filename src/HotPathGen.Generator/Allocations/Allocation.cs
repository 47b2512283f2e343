using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Allocations;

/// <summary>Something in a method's body that allocates.</summary>
/// <param name="Site">How, what and by which method.</param>
/// <param name="Operation">What does it; of a closure the first function that captures, of a state machine the body.</param>
/// <param name="Syntax">Where to say so: in the user's eyes the expression.</param>
/// <param name="Certainty">How sure it is.</param>
internal sealed record Allocation(Site Site, IOperation Operation, SyntaxNode Syntax, Certainty Certainty)
{
    /// <summary>
    /// The token that a snapshot gives as the site's place; of a closure where its scope begins, of a state machine where the body does.
    /// </summary>
    public SyntaxToken Place { get; init; } = SiteText.Shown(Syntax).GetFirstToken();

    /// <summary>The names that a closure holds.</summary>
    public IReadOnlyList<string> Captures { get; init; } = [];

    /// <summary>What a snapshot would show of it.</summary>
    public string Text =>
        this switch
        {
            { Site.Kind: SiteKind.Closure } => SiteText.OfClosure(Captures),
            { Site.Kind: SiteKind.Enumerator, Syntax: CommonForEachStatementSyntax loop } => SiteText.OfLoop(loop),
            _ => SiteText.OneLine(SiteText.Shown(Syntax).ToString()),
        };

    /// <summary>Within the method that is called here, what allocates.</summary>
    public Allocation? Inside { get; init; }

    /// <summary>This and what it leads to, outermost first.</summary>
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
