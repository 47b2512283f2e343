using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>What one operation allocates, or may.</summary>
/// <param name="Kind">How.</param>
/// <param name="Type">What, where that is known.</param>
/// <param name="Callee">The method that does it, for calls.</param>
internal readonly record struct Site(SiteKind Kind, ITypeSymbol? Type = null, IMethodSymbol? Callee = null);
