using System.Collections.Immutable;
using HotPathGen.Generator.Library;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// What one body allocates by itself: each site at which optimized code allocates, and the body's calls. Lambdas and local functions are part of the
/// body. It has no symbols: it is kept from one compilation to the next.
/// </summary>
/// <param name="allocations">The allocations in the body.</param>
/// <param name="unknown">The calls in the body of which nothing is known.</param>
/// <param name="ownCalls">The calls of methods of this compilation. Such a call allocates what the method's own body does.</param>
/// <param name="isInlined">Whether a caller inlines the body for certain.</param>
/// <param name="files">The file of the body, and the files of the other bodies that were used to check this one.</param>
internal sealed class BodyAllocations(
    ImmutableArray<Allocation> allocations,
    ImmutableArray<UnknownCall> unknown,
    ImmutableArray<OwnCall> ownCalls,
    bool isInlined,
    ImmutableArray<FileVersion> files
)
{
    public ImmutableArray<Allocation> Allocations => allocations;

    public ImmutableArray<UnknownCall> Unknown => unknown;

    public ImmutableArray<OwnCall> OwnCalls => ownCalls;

    public bool IsInlined => isInlined;

    public ImmutableArray<FileVersion> Files => files;

    /// <summary>What the body allocates apart from its calls.</summary>
    public MethodSummary Own { get; } = MethodSummary.Of(allocations);

    /// <summary>Whether the body allocates for certain, whoever calls it and wherever it is inlined.</summary>
    public bool IsLoud { get; } =
        allocations.Any(static found => found is { Certainty: Certainty.Always, IsOfTypeParameter: false, IsReturned: false });
}

/// <summary>A version of a file.</summary>
/// <param name="Index">The index of the file in the compilation.</param>
/// <param name="Version">The version: <see cref="FileDeclarations.Version"/>.</param>
internal readonly record struct FileVersion(int Index, object Version);
