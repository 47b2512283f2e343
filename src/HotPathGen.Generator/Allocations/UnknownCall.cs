using System.Collections.Immutable;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>A call of a method of which nothing is known.</summary>
/// <param name="Callee">The called method.</param>
/// <param name="Reported">The place of the call in the method that was asked for.</param>
/// <param name="Place">The place that a snapshot gives.</param>
/// <param name="Through">The names of the user's methods that lead to the call, outermost first.</param>
internal sealed record UnknownCall(UnknownCallee Callee, SourceSpan Reported, SitePlace Place, ImmutableArray<string> Through);

/// <summary>A called method of which nothing is known.</summary>
/// <param name="Name">Its name for messages.</param>
/// <param name="Signature">Its full name and parameters.</param>
internal sealed record UnknownCallee(string Name, string Signature)
{
    /// <summary>The contract, if the called member is one of a type parameter. The type that a caller gives for it may be known.</summary>
    public Constraint? Constraint { get; init; }

    public static UnknownCallee Of(IMethodSymbol callee, ITypeSymbol? receiver = null) =>
        new(DisplayNames.Of(callee), callee.ToDisplayString())
        {
            Constraint =
                receiver is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal }
                && callee.ContainingType?.OriginalDefinition.GetDocumentationCommentId() is { } type
                && callee.OriginalDefinition.GetDocumentationCommentId() is { } member
                    ? new(ordinal, type, callee.Name, member)
                    : null,
        };
}

/// <summary>A member of an interface that a type parameter of a method must implement.</summary>
/// <param name="TypeParameter">The index of the type parameter.</param>
/// <param name="Type">The documentation-comment id of the interface.</param>
/// <param name="Name">The name of the member.</param>
/// <param name="Member">The documentation-comment id of the member.</param>
internal sealed record Constraint(int TypeParameter, string Type, string Name, string Member);
