using System.Collections.Immutable;
using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What one body holds by itself: each site of which optimized code allocates, and its calls. Lambdas and local functions are part of it.
/// </summary>
/// <param name="allocations">What allocates here.</param>
/// <param name="unknown">What is called here and nothing is known of.</param>
/// <param name="ownCalls">What is called here of this compilation: it allocates what its own body does.</param>
/// <param name="files">The files with other bodies that this was checked by.</param>
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

    /// <summary>What allocates here, its calls aside.</summary>
    public MethodSummary Own { get; } = MethodSummary.Of(allocations);

    /// <summary>Whether it allocates for certain, whoever calls it and wherever that is inlined.</summary>
    public bool IsLoud { get; } =
        allocations.Any(static found => found is { Certainty: Certainty.Always, Site.Type: not ITypeParameterSymbol } && !OffHeap.IsReturned(found));
}
