using System.Composition;
using HotPathGen.Generator.Parsing;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.CodeFixes;

/// <summary>Rewrites an ordinary hot method as a pair, to which pooled parameters can be added.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class PairFix() : Fix(RuleIds.CouldBePair)
{
    private protected override Proposal? Propose(Place place)
    {
        if (
            place.Node is not MethodDeclarationSyntax method
            || place.Model.GetDeclaredSymbol(method, place.Cancellation) is not IMethodSymbol symbol
            || !Pairable.Is(method, symbol, place.Model, place.Cancellation)
        )
        {
            return null;
        }

        string name = method.Identifier.ValueText;
        var proposal = new Proposal($"Write it as a pair: '{name}' and '{Pairable.CoreName(name)}'", "Write hot methods as pairs");
        Pairing.Split(proposal, method);
        return proposal;
    }
}
