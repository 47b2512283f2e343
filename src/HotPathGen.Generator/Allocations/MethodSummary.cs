using System.Collections.Immutable;
using HotPathGen.Generator.Library;

namespace HotPathGen.Generator.Allocations;

/// <summary>What a method allocates, in its body or through the methods that it calls there, in the order of the source.</summary>
internal sealed record MethodSummary(ImmutableArray<Allocation> Allocations)
{
    private static readonly MethodSummary s_clean = new([]);

    public static MethodSummary Of(IReadOnlyCollection<Allocation> found) =>
        found.Count == 0 ? s_clean : new([.. found.OrderBy(static found => found.Start).ThenBy(static found => found.Kind)]);

    /// <summary>The most certain allocation of a call of the method in optimized code; null if the method does not allocate.</summary>
    public Allocation? WorstOf(OwnCall call) =>
        Allocations.FirstOrDefault(found => found.Certainty == Certainty.Always && !IsStruct(found, call))
        ?? Allocations.FirstOrDefault(found => found.Certainty == Certainty.Sometimes && !IsStruct(found, call));

    /// <summary>Whether an object that the method makes and returns stays off the heap in a caller that inlines the method.</summary>
    public bool CanStayInCaller =>
        Allocations.All(static found => found.Certainty == Certainty.OnlyUnoptimized || found is { Inside: null, CanStayInCaller: true });

    /// <summary>Whether the allocation is a <c>new T()</c> where T is a struct. Then it makes no object.</summary>
    private static bool IsStruct(Allocation found, OwnCall call) =>
        found is { Inside: null, MadeTypeParameter: { } index } && index < call.TypeArguments.Length && call.TypeArguments[index].IsValueType;
}
