using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>Decides to whom a namespace belongs, by the outermost namespace round it.</summary>
internal static class Namespaces
{
    /// <summary>Whether a namespace belongs to the base library, or to somebody who uses its name.</summary>
    public static bool IsSystem(INamespaceSymbol? space) => Outermost(space) == "System";

    /// <summary>Whether a namespace belongs to the base library or to what else its makers ship.</summary>
    public static bool IsFramework(INamespaceSymbol? space) => Outermost(space) is "System" or "Microsoft";

    private static string? Outermost(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space?.Name;
    }
}
