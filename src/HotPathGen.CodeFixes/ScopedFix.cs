using System.Composition;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.CodeFixes;

/// <summary>Makes a pooled span <c>scoped</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ScopedFix() : Fix(RuleIds.NotScoped)
{
    private const string Title = "Make it scoped";

    private protected override Proposal? Propose(Place place) =>
        place.Node.FirstAncestorOrSelf<ParameterSyntax>() is { Type: { } type }
            ? new Proposal(Title, Title).Insert(place.Tree, type.SpanStart, "scoped ")
            : null;
}
