using System.Collections.Immutable;
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

    /// <summary>What weighs most of what optimized code allocates; null for a clean method.</summary>
    public Allocation? Worst => Allocations.FirstOrDefault(static found => found.Certainty == Certainty.Always)
        ?? Allocations.FirstOrDefault(static found => found.Certainty == Certainty.Sometimes);
}
