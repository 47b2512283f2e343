using HotPathGen.Generator.Library;
using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Sites;

/// <summary>Whose the callee of a site is: advice depends on who could change it.</summary>
internal static class CalleeOrigin
{
    /// <param name="site">Any site; only calls have a callee that matters.</param>
    /// <param name="assembly">The one that the site is in.</param>
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
        // A base class of the framework is mostly derived from there; what is behind an interface, or compares objects, may be anybody's.
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

    /// <summary>Whether another generator writes the body, as that of <c>[GeneratedRegex]</c> does.</summary>
    private static bool IsLeftToAnother(IMethodSymbol callee) =>
        callee is { IsPartialDefinition: true, PartialImplementationPart: null }
        || callee.AssociatedSymbol is IPropertySymbol { IsPartialDefinition: true, PartialImplementationPart: null };
}
