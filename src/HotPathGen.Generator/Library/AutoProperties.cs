using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Library;

/// <summary>Properties whose accessors the compiler writes.</summary>
internal static class AutoProperties
{
    /// <summary>Whether the compiler keeps a property's value in a field of its own.</summary>
    public static bool HasField(IPropertySymbol property) =>
        property
            .ContainingType.GetMembers()
            .Any(member =>
                member is IFieldSymbol { IsImplicitlyDeclared: true } field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)
            );

    /// <summary>Whether an accessor does nothing but read or write that field.</summary>
    public static bool IsAccessor(IMethodSymbol method) =>
        method.AssociatedSymbol is IPropertySymbol { IsAbstract: false } property
        && HasField(property)
        && method.DeclaringSyntaxReferences.All(static reference =>
            reference.GetSyntax() is ParameterSyntax or AccessorDeclarationSyntax { Body: null, ExpressionBody: null }
        );
}
