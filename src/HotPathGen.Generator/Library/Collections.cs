using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>What is known of collections and similar types.</summary>
internal static class Collections
{
    private static readonly HashSet<string> s_emptying =
    [
        "Clear",
        "Dequeue",
        "TryDequeue",
        "Pop",
        "TryPop",
        "TryTake",
        "RemoveAt",
        "Remove",
        "RemoveLast",
        "RemoveFirst",
        "RemoveRange",
        "RemoveAll",
        "set_Length",
        "set_Count",
    ];

    private static readonly HashSet<string> s_linked =
    [
        "LinkedList",
        "SortedDictionary",
        "SortedSet",
        "ConcurrentDictionary",
        "ConcurrentStack",
        "ConcurrentBag",
    ];

    private static readonly HashSet<string> s_factoryTakers =
    [
        "GetOrAdd",
        "AddOrUpdate",
        "GetOrCreate",
        "GetOrCreateAsync",
        "GetValue",
        "EnsureInitialized",
    ];

    /// <summary>Whether a method takes elements out, which makes room for others.</summary>
    public static bool Empties(IMethodSymbol method) => s_emptying.Contains(method.Name);

    /// <summary>Whether each element is an object of its own, wherever it is added.</summary>
    public static bool IsLinked(ITypeSymbol? type) => s_linked.Contains(type?.Name ?? "");

    /// <summary>Whether a method takes a function that runs only if the method finds nothing, which is seldom.</summary>
    public static bool TakesFactory(IMethodSymbol method) => s_factoryTakers.Contains(method.Name);

    /// <summary>Whether the function that a type is made with runs once.</summary>
    public static bool IsMadeOnce(ITypeSymbol? type) => type is { Name: "Lazy" or "ThreadLocal" or "AsyncLocal" };

    /// <summary>
    /// Whether <c>foreach</c> over a type makes no object. That holds for arrays, text, spans, and collections whose enumerators are structs.
    /// </summary>
    public static bool HasStructEnumerator(ITypeSymbol? type) =>
        type
            is null
                or IArrayTypeSymbol
                or { SpecialType: SpecialType.System_String }
                or { IsRefLikeType: true }
                or INamedTypeSymbol
                {
                    Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" or "SortedList" or "KeyCollection" or "ValueCollection",
                    ContainingNamespace:
                    {
                        Name: "Generic",
                        ContainingNamespace:
                        { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
                    }
                };
}
