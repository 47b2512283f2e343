using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>A site of a body that has room for a probe.</summary>
/// <param name="site">What allocates there.</param>
/// <param name="place">The place of its probe.</param>
/// <param name="text">Its source text, as a snapshot shows it.</param>
internal sealed class FoundSite(Site site, ProbePlace place, string text)
{
    public Site Site => site;

    public SiteKind Kind => site.Kind;

    /// <summary>For a call: the called method.</summary>
    public IMethodSymbol? Callee => site.Callee;

    public ProbePlace Probe => place;

    /// <summary>The first token of the site, which gives its line and column.</summary>
    public SyntaxToken First => place.First;

    /// <summary>The position of the site in the text.</summary>
    public int Place => place.First.SpanStart;

    public string Text => text;

    /// <summary>How deep the site is nested. If two probes begin at one position, the outer one comes first.</summary>
    public int Level { get; init; }

    /// <summary>Whether the site is evaluated before an object that the JIT, unoptimized, would allocate before the site.</summary>
    public bool IsBeforeNew { get; init; }

    /// <summary>The number of the site in the method. It is known when all sites are.</summary>
    public string Index { get; set; } = "";

    /// <summary>Whether a probe stands before the first element of the site.</summary>
    public bool IsBegun { get; set; }
}
