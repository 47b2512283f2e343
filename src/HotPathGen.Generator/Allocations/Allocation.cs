using HotPathGen.Causes;
using HotPathGen.Generator.Library;

namespace HotPathGen.Generator.Allocations;

/// <summary>Something in a method's body that allocates. It has no symbols: it is kept from one compilation to the next.</summary>
/// <param name="Kind">The kind of the site.</param>
/// <param name="Certainty">How sure it is that the operation allocates.</param>
/// <param name="Reported">The place to report.</param>
/// <param name="Place">The place that a snapshot gives.</param>
internal sealed record Allocation(SiteKind Kind, Certainty Certainty, SourceSpan Reported, SitePlace Place)
{
    /// <summary>Where the expression begins. Allocations are reported in this order.</summary>
    public required int Start { get; init; }

    /// <summary>The text that a snapshot would show of the allocation.</summary>
    public required string Text { get; init; }

    /// <summary>What allocates, as the beginning of a rule's message.</summary>
    public required string Subject { get; init; }

    /// <summary>The allocation with its place, as a link of a chain.</summary>
    public required string Link { get; init; }

    /// <summary>Why it happens, and what helps. The tool gives the same advice.</summary>
    public required Cause Cause { get; init; }

    /// <summary>For a call: the method whose body runs, if it is one of this compilation.</summary>
    public MethodId? Callee { get; init; }

    /// <summary>For a call: the documentation-comment id of the called method.</summary>
    public string? CalleeId { get; init; }

    /// <summary>Whether the allocated type is a type parameter.</summary>
    public bool IsOfTypeParameter { get; init; }

    /// <summary>For <c>new T()</c>: the index of T in the method's type parameters.</summary>
    public int? MadeTypeParameter { get; init; }

    /// <summary>Whether the object is the result of its method.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Whether the object can stay off the heap in a caller that inlines the method.</summary>
    public bool CanStayInCaller { get; init; }

    /// <summary>For a call: the allocation within the called method.</summary>
    public Allocation? Inside { get; init; }

    /// <summary>This allocation and those that it leads to, outermost first.</summary>
    public IEnumerable<Allocation> Chain
    {
        get
        {
            for (var link = this; link is not null; link = link.Inside)
            {
                yield return link;
            }
        }
    }
}

/// <summary>A part of a file's text.</summary>
/// <param name="File">The index of the file in the compilation.</param>
/// <param name="Span">The part.</param>
internal readonly record struct SourceSpan(int File, Microsoft.CodeAnalysis.Text.TextSpan Span);

/// <summary>The place of a site: the position in the file, and the line and column, as <c>12:34</c>.</summary>
internal readonly record struct SitePlace(int Position, string LineAndColumn);
