using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Twins;

/// <summary>A site that has its probe in the text.</summary>
internal sealed class PlacedSite(Site site, int place, string description, string text)
{
    public SiteKind Kind => site.Kind;

    /// <summary>The method that does it, for calls.</summary>
    public IMethodSymbol? Callee => site.Callee;

    /// <summary>Its position in the text.</summary>
    public int Place => place;

    /// <summary>Line, column, kind, type and text, between tabs; of calls also whose the callee is, where that is known.</summary>
    public string Description => description;

    /// <summary>Its source, as a snapshot shows it.</summary>
    public string Text => text;

    /// <summary>Its number in the method, known when all sites are.</summary>
    public string Index { get; set; } = "";

    /// <summary>Whether a probe stands before its first element.</summary>
    public bool IsBegun { get; set; }
}
