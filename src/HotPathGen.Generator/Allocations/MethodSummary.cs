using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>A call of something that nothing is known of.</summary>
/// <param name="Callee">What is called.</param>
/// <param name="Syntax">Where, in the method that was asked for.</param>
/// <param name="Through">The user's methods that lead there, outermost first.</param>
internal sealed record UnknownCall(IMethodSymbol Callee, SyntaxNode Syntax, ImmutableArray<IMethodSymbol> Through)
{
    /// <summary>The type parameter whose member it is: what a caller gives for it may be known.</summary>
    public ITypeParameterSymbol? Of { get; init; }
}

/// <summary>A call of a method of this compilation.</summary>
/// <param name="Site">Kind and method, as called.</param>
/// <param name="Implementation">The method whose body runs.</param>
/// <param name="Operation">What calls.</param>
internal sealed record OwnCall(Site Site, IMethodSymbol Implementation, IOperation Operation)
{
    public IMethodSymbol Callee => Site.Callee!;
}

/// <summary>What a method allocates, in its body or by what it calls there, in the order of the source.</summary>
internal sealed record MethodSummary(ImmutableArray<Allocation> Allocations)
{
    private static readonly MethodSummary s_clean = new([]);

    public static MethodSummary Of(IReadOnlyCollection<Allocation> found) =>
        found.Count == 0 ? s_clean : new([.. found.OrderBy(static found => found.Syntax.SpanStart).ThenBy(static found => found.Site.Kind)]);

    /// <summary>What weighs most of what a call of the method allocates once it is optimized; null if it is clean.</summary>
    public Allocation? WorstOf(IMethodSymbol called) =>
        Allocations.FirstOrDefault(found => found.Certainty == Certainty.Always && !IsStruct(found, called))
        ?? Allocations.FirstOrDefault(found => found.Certainty == Certainty.Sometimes && !IsStruct(found, called));

    /// <summary>A new T is no object where T is a struct.</summary>
    private static bool IsStruct(Allocation found, IMethodSymbol called) =>
        found
            is {
                Inside: null,
                Site: { Kind: SiteKind.Object, Type: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal } }
            }
        && ordinal < called.TypeArguments.Length
        && called.TypeArguments[ordinal].IsValueType;
}
