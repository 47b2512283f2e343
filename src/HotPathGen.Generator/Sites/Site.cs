using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>What one operation allocates or may allocate.</summary>
/// <param name="Kind">The kind of the site.</param>
/// <param name="Type">The allocated type, if it is known.</param>
/// <param name="Callee">For calls: the called method.</param>
internal readonly record struct Site(SiteKind Kind, ITypeSymbol? Type = null, IMethodSymbol? Callee = null);
