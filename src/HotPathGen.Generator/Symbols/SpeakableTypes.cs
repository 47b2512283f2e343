using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>Decides which types another file can name.</summary>
internal static class SpeakableTypes
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
    );

    /// <summary>The full name of a type; null if it has none that another file can use.</summary>
    public static string? Print(ITypeSymbol type) =>
        TypeParts.Any(type, static part =>
            part.IsAnonymousType
            || part is IErrorTypeSymbol
            || part is INamedTypeSymbol { IsFileLocal: true }
            || part.TypeKind is TypeKind.FunctionPointer
        )
            ? null
            : type.ToDisplayString(s_full);

    public static bool IsFileLocal(ITypeSymbol type) =>
        type switch
        {
            INamedTypeSymbol named => named.IsFileLocal
                || named.TypeArguments.Any(IsFileLocal)
                || (named.ContainingType is { } outer && IsFileLocal(outer)),
            IArrayTypeSymbol array => IsFileLocal(array.ElementType),
            IPointerTypeSymbol pointer => IsFileLocal(pointer.PointedAtType),
            _ => false,
        };
}
