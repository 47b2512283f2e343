using System.Collections.Immutable;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>What is known of a call beyond the user's own methods.</summary>
internal static class Calls
{
    /// <summary>How sure it is that a method of another assembly allocates; null in the second place for one that does not.</summary>
    public static (bool IsKnown, Certainty? Certainty) OfForeign(IMethodSymbol definition, SiteKind kind) => kind switch
    {
        SiteKind.Growth => (true, Certainty.Sometimes),
        SiteKind.Linq => (true, definition.ReturnType is { IsReferenceType: true, TypeKind: not TypeKind.TypeParameter } ? Certainty.Always : Certainty.Sometimes),
        SiteKind.Reflection => (true, Certainty.Sometimes),
        _ when definition.ReturnType is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol && definition.ContainingType?.ContainingNamespace is { } space && IsSystem(space) => (true, Certainty.Always),
        _ => (false, null),
    };

    /// <summary>Whether another method may run instead: that of a derived class.</summary>
    public static bool MayBeReplaced(IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke || method.ContainingType?.TypeKind == TypeKind.Interface && !method.IsStatic
        || ((method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed)) && method.ContainingType is { IsSealed: false, IsValueType: false });

    /// <summary>The method that runs for a receiver of a type that has no derived ones.</summary>
    public static IMethodSymbol Resolve(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (receiver is not ({ IsSealed: true } or { IsValueType: true }) || !MayBeReplaced(method) || method.MethodKind == MethodKind.DelegateInvoke)
        {
            return method;
        }

        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return receiver.FindImplementationForInterfaceMember(method) as IMethodSymbol ?? method;
        }

        for (ITypeSymbol? type = receiver; type is not null; type = type.BaseType)
        {
            foreach (IMethodSymbol candidate in type.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (IMethodSymbol? overridden = candidate; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    {
                        return candidate;
                    }
                }
            }
        }

        return method;
    }

    private static bool IsSystem(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space.Name == "System";
    }
}
