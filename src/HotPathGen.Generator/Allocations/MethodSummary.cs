using System.Collections.Immutable;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>A call of something that nothing is known of.</summary>
/// <param name="Callee">What is called.</param>
/// <param name="Syntax">Where, in the method that was asked for.</param>
/// <param name="Through">The user's methods that lead there, outermost first.</param>
internal sealed record UnknownCall(IMethodSymbol Callee, SyntaxNode Syntax, ImmutableArray<IMethodSymbol> Through);

/// <summary>What a method allocates, and which of its calls nothing is known of.</summary>
internal sealed record MethodSummary(ImmutableArray<Allocation> Allocations, ImmutableArray<UnknownCall> Unknown)
{
    public static readonly MethodSummary Clean = new([], []);

    /// <summary>What weighs most of what a call of the method allocates once it is optimized; null if it is clean.</summary>
    public Allocation? WorstOf(IMethodSymbol called) => Allocations.FirstOrDefault(found => found.Certainty == Certainty.Always && !IsStruct(found, called))
        ?? Allocations.FirstOrDefault(found => found.Certainty == Certainty.Sometimes && !IsStruct(found, called));

    /// <summary>A new T is no object where T is a struct.</summary>
    private static bool IsStruct(Allocation found, IMethodSymbol called) =>
        found is { Inside: null, Site: { Kind: SiteKind.Object, Type: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal } } }
        && ordinal < called.TypeArguments.Length && called.TypeArguments[ordinal].IsValueType;
}
