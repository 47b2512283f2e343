using Microsoft.CodeAnalysis;

namespace HotPathGen.CodeFixes;

/// <summary>Types that hold the number of their elements themselves, so that reading it calls no other code.</summary>
internal static class Counted
{
    private static readonly HashSet<string> s_collections =
    [
        "List",
        "Dictionary",
        "HashSet",
        "Queue",
        "Stack",
        "SortedList",
        "SortedDictionary",
        "SortedSet",
        "LinkedList",
        "KeyCollection",
        "ValueCollection",
        "ICollection",
        "IList",
        "IReadOnlyCollection",
        "IReadOnlyList",
        "IDictionary",
        "IReadOnlyDictionary",
        "ISet",
        "IReadOnlySet",
    ];

    private static readonly HashSet<string> s_indexed = ["List", "IList", "IReadOnlyList"];

    /// <summary>The property with the number of elements; null for other types.</summary>
    public static string? Property(ITypeSymbol? type) =>
        type switch
        {
            { SpecialType: SpecialType.System_String } or IArrayTypeSymbol { IsSZArray: true } => "Length",
            INamedTypeSymbol
            {
                Name: "Span" or "ReadOnlySpan",
                ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
            } => "Length",
            INamedTypeSymbol { Name: "ArraySegment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } =>
                "Count",
            INamedTypeSymbol named when IsCollection(named) && s_collections.Contains(named.Name) => "Count",
            _ => null,
        };

    /// <summary>Whether an element can be read by its index, from 0.</summary>
    public static bool IsIndexed(ITypeSymbol type) =>
        type
            is IArrayTypeSymbol { IsSZArray: true }
                or { SpecialType: SpecialType.System_String }
                or INamedTypeSymbol { Name: "ArraySegment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        || (type is INamedTypeSymbol named && IsCollection(named) && s_indexed.Contains(named.Name));

    public static bool IsCollection(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";
}
