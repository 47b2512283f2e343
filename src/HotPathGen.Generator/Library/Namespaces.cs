using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>Whose a namespace is, by the outermost one round it.</summary>
internal static class Namespaces
{
    /// <summary>The base library's, and of those who write theirs under its name.</summary>
    public static bool IsSystem(INamespaceSymbol? space) => Outermost(space) == "System";

    /// <summary>The same, and what else its makers ship.</summary>
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
