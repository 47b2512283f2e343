using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>A site of a body that has room for a probe.</summary>
/// <param name="site">What allocates there.</param>
/// <param name="place">Where its probe stands.</param>
/// <param name="text">Its source, as a snapshot shows it.</param>
internal sealed class FoundSite(Site site, ProbePlace place, string text)
{
    public Site Site => site;

    public SiteKind Kind => site.Kind;

    /// <summary>The method that does it, for calls.</summary>
    public IMethodSymbol? Callee => site.Callee;

    public ProbePlace Probe => place;

    /// <summary>Its first token, which gives its line and column.</summary>
    public SyntaxToken First => place.First;

    /// <summary>Its position in the text.</summary>
    public int Place => place.First.SpanStart;

    public string Text => text;

    /// <summary>How deep it is nested: of two probes that begin at one position, the outer one comes first.</summary>
    public int Level { get; init; }

    /// <summary>Whether it is evaluated before an object that the JIT, unoptimized, would allocate before it.</summary>
    public bool IsBeforeNew { get; init; }

    /// <summary>Its number in the method, known when all sites are.</summary>
    public string Index { get; set; } = "";

    /// <summary>Whether a probe stands before its first element.</summary>
    public bool IsBegun { get; set; }
}
