using HotPathGen.Generator.Allocations;
using HotPathGen.Generator.Library;

namespace HotPathGen.Generator.Analysis;

/// <summary>Describes allocations in the words of the rules.</summary>
internal static class AllocationWords
{
    /// <summary>The beginning of a message that does not say what kind of object is made.</summary>
    public static string Whole(Allocation allocation) =>
        allocation.Kind == SiteKind.Enumerator ? $"An enumerator of {allocation.Subject}" : allocation.Subject;

    /// <summary>The end of a rule's message: how sure the allocation is, and, for a call, what allocates in the called method.</summary>
    public static string Rest(Allocation allocation)
    {
        string sometimes = allocation is { Certainty: Certainty.Sometimes, Kind: not SiteKind.Growth } ? " at times" : "";
        return allocation.Inside is null ? sometimes : sometimes + ": " + Chain(allocation.Inside);
    }

    /// <summary>The chain from an allocation to the one that it finally leads to, each with its place.</summary>
    public static string Chain(Allocation allocation) => string.Join(" > ", allocation.Chain.Select(static link => link.Link));
}
