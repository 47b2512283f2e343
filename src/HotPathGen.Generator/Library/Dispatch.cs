using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>Decides which method runs when one is called.</summary>
internal static class Dispatch
{
    /// <summary>Whether another method may run instead: one of a derived class, or one of any type that implements the interface.</summary>
    public static bool MayBeReplaced(IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke
        || (
            (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed))
            && method.ContainingType is { IsSealed: false, IsValueType: false }
        );

    /// <summary>
    /// Whether exactly this method runs for a receiver. For a type without derived types, it is the method that the type has or inherits.
    /// </summary>
    public static bool IsThat(IMethodSymbol resolved, ITypeSymbol? receiver) =>
        !MayBeReplaced(resolved)
        || (
            receiver is { IsSealed: true } or { IsValueType: true }
            && resolved is { IsAbstract: false, MethodKind: not MethodKind.DelegateInvoke, ContainingType.TypeKind: TypeKind.Class }
        );

    /// <summary>The method that runs for a receiver whose type has no derived types.</summary>
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

        return Override(method, receiver);
    }

    /// <summary>The method that runs when a virtual method is called on an object of exactly this type, not of a derived one.</summary>
    public static IMethodSymbol Override(IMethodSymbol method, ITypeSymbol receiver)
    {
        for (var type = receiver; type is not null; type = type.BaseType)
        {
            foreach (var candidate in type.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = candidate; overridden is not null; overridden = overridden.OverriddenMethod)
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
}
