using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What one body allocates by itself: each site at which optimized code allocates, and the body's calls. Lambdas and local functions are part of the
/// body.
/// </summary>
/// <param name="allocations">The allocations in the body.</param>
/// <param name="unknown">The calls in the body of which nothing is known.</param>
/// <param name="ownCalls">The calls of methods of this compilation. Such a call allocates what the method's own body does.</param>
/// <param name="files">The files of the other bodies that were used to check this one.</param>
internal sealed class BodyAllocations(
    ImmutableArray<Allocation> allocations,
    ImmutableArray<UnknownCall> unknown,
    ImmutableArray<OwnCall> ownCalls,
    IReadOnlyCollection<SyntaxTree> files
)
{
    public ImmutableArray<Allocation> Allocations => allocations;

    public ImmutableArray<UnknownCall> Unknown => unknown;

    public ImmutableArray<OwnCall> OwnCalls => ownCalls;

    public IReadOnlyCollection<SyntaxTree> Files => files;

    /// <summary>What the body allocates apart from its calls.</summary>
    public MethodSummary Own { get; } = MethodSummary.Of(allocations);

    /// <summary>Whether the body allocates for certain, whoever calls it and wherever it is inlined.</summary>
    public bool IsLoud { get; } =
        allocations.Any(static found => found is { Certainty: Certainty.Always, Site.Type: not ITypeParameterSymbol } && !OffHeap.IsReturned(found));
}
