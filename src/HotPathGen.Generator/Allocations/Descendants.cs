using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>Knows which types of a compilation derive from which. The first question finds the answer for all types.</summary>
internal sealed class Descendants(Compilation compilation)
{
    private readonly Lazy<ILookup<ISymbol, INamedTypeSymbol>> _derived = new(() =>
        Types(compilation.Assembly.GlobalNamespace)
            .Where(static type => type is { TypeKind: TypeKind.Class, BaseType: not null })
            .ToLookup(static type => (ISymbol)type.BaseType!.OriginalDefinition, SymbolEqualityComparer.Default)
    );

    /// <summary>All types that derive from a type; null if code outside this compilation may derive from it, too.</summary>
    public IEnumerable<INamedTypeSymbol>? Of(INamedTypeSymbol type) => IsOpen(type) ? null : Below(type.OriginalDefinition);

    private IEnumerable<INamedTypeSymbol> Below(INamedTypeSymbol type) => _derived.Value[type].SelectMany(derived => Below(derived).Prepend(derived));

    /// <summary>Whether code outside this compilation may derive from a type. Nobody derives from the types of an application.</summary>
    private bool IsOpen(INamedTypeSymbol type) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
        || (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication) && IsVisible(type));

    private static bool IsVisible(INamedTypeSymbol type) =>
        type.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (type.ContainingType is not { } outer || IsVisible(outer));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol space) =>
        space
            .GetMembers()
            .SelectMany(static member =>
                member switch
                {
                    INamespaceSymbol inner => Types(inner),
                    INamedTypeSymbol type => Types(type).Prepend(type),
                    _ => [],
                }
            );
}
