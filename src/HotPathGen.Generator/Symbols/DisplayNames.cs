using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>Names symbols for messages.</summary>
internal static class DisplayNames
{
    private static readonly SymbolDisplayFormat s_member = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    /// <summary>A type as the source would name it.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static string Of(IMethodSymbol method) =>
        method switch
        {
            { MethodKind: MethodKind.Constructor } => "new " + Of(method.ContainingType),
            { AssociatedSymbol: { } member } => member.ToDisplayString(s_member),
            _ => (method.ReducedFrom ?? method).ToDisplayString(s_member),
        };
}
