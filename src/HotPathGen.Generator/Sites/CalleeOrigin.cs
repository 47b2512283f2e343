using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>Says to whom the callee of a site belongs. Advice depends on who could change the callee.</summary>
internal static class CalleeOrigin
{
    /// <param name="site">Any site; the callee matters only for calls.</param>
    /// <param name="assembly">The assembly that the site is in.</param>
    public static Origin Of(Site site, IAssemblySymbol assembly)
    {
        if (site is not { Kind: SiteKind.Call, Callee: { } callee })
        {
            return Origin.Other;
        }

        if (callee.MethodKind == MethodKind.DelegateInvoke)
        {
            return Origin.Delegate;
        }

        bool isOwn = SymbolEqualityComparer.Default.Equals(callee.ContainingAssembly, assembly),
            isFramework = Namespaces.IsFramework(callee.ContainingNamespace);
        // A class that derives from a base class of the framework mostly comes from the framework, too. A call through an interface, or one that
        // compares objects, may run anybody's code.
        return (isOwn && (callee.IsAbstract || PreparedMark.Of(callee) is not null))
            || (
                isFramework
                && callee
                    is { IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface }
                        or { Name: "Equals" or "GetHashCode", ContainingType.SpecialType: SpecialType.System_Object }
            )
                ? Origin.Abstract
            : isFramework || (isOwn && IsLeftToAnother(callee)) ? Origin.Framework
            : isOwn ? Origin.Own
            : Origin.Other;
    }

    /// <summary>Whether another generator writes the body, as for <c>[GeneratedRegex]</c>.</summary>
    private static bool IsLeftToAnother(IMethodSymbol callee) =>
        callee is { IsPartialDefinition: true, PartialImplementationPart: null }
        || callee.AssociatedSymbol is IPropertySymbol { IsPartialDefinition: true, PartialImplementationPart: null };
}
