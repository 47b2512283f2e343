using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>A call of a method of which nothing is known.</summary>
/// <param name="Callee">The called method.</param>
/// <param name="Syntax">The place of the call in the method that was asked for.</param>
/// <param name="Through">The user's methods that lead to the call, outermost first.</param>
internal sealed record UnknownCall(IMethodSymbol Callee, SyntaxNode Syntax, ImmutableArray<IMethodSymbol> Through)
{
    /// <summary>The type parameter that has the called member, if any. The type that a caller gives for it may be known.</summary>
    public ITypeParameterSymbol? Of { get; init; }
}

/// <summary>A call of a method of this compilation.</summary>
/// <param name="Site">The kind of the site, and the method as it is called.</param>
/// <param name="Implementation">The method whose body runs.</param>
/// <param name="Operation">The operation that calls.</param>
internal sealed record OwnCall(Site Site, IMethodSymbol Implementation, IOperation Operation)
{
    public IMethodSymbol Callee => Site.Callee!;
}

/// <summary>What a method allocates, in its body or through the methods that it calls there, in the order of the source.</summary>
internal sealed record MethodSummary(ImmutableArray<Allocation> Allocations)
{
    private static readonly MethodSummary s_clean = new([]);

    public static MethodSummary Of(IReadOnlyCollection<Allocation> found) =>
        found.Count == 0 ? s_clean : new([.. found.OrderBy(static found => found.Syntax.SpanStart).ThenBy(static found => found.Site.Kind)]);

    /// <summary>The most certain allocation of a call of the method in optimized code; null if the method does not allocate.</summary>
    public Allocation? WorstOf(IMethodSymbol called) =>
        Allocations.FirstOrDefault(found => found.Certainty == Certainty.Always && !IsStruct(found, called))
        ?? Allocations.FirstOrDefault(found => found.Certainty == Certainty.Sometimes && !IsStruct(found, called));

    /// <summary>Whether the allocation is a <c>new T()</c> where T is a struct. Then it makes no object.</summary>
    private static bool IsStruct(Allocation found, IMethodSymbol called) =>
        found
            is {
                Inside: null,
                Site: { Kind: SiteKind.Object, Type: ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method, Ordinal: var ordinal } }
            }
        && ordinal < called.TypeArguments.Length
        && called.TypeArguments[ordinal].IsValueType;
}
