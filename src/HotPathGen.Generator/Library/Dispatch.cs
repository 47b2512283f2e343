using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Library;

/// <summary>Which method runs when one is called.</summary>
internal static class Dispatch
{
    /// <summary>Whether another method may run instead: that of a derived class, or of whatever has the interface.</summary>
    public static bool MayBeReplaced(IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke
        || (
            (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed))
            && method.ContainingType is { IsSealed: false, IsValueType: false }
        );

    /// <summary>Whether it is this method that runs for a receiver: one of a type without derived ones runs what it inherits.</summary>
    public static bool IsThat(IMethodSymbol resolved, ITypeSymbol? receiver) =>
        !MayBeReplaced(resolved)
        || (
            receiver is { IsSealed: true } or { IsValueType: true }
            && resolved is { IsAbstract: false, MethodKind: not MethodKind.DelegateInvoke, ContainingType.TypeKind: TypeKind.Class }
        );

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

        return Override(method, receiver);
    }

    /// <summary>What runs where a virtual method is called on an object that is of a type and of none that derives from it.</summary>
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
