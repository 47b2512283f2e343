using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>What is known of a call beyond the user's own methods.</summary>
internal static class Calls
{
    /// <summary>
    /// How sure it is that a method of another assembly allocates: as measured, else by what it gives back; null in the second place for one that
    /// does not.
    /// </summary>
    public static (bool IsKnown, Certainty? Certainty) OfForeign(IMethodSymbol definition, SiteKind kind, IOperation operation) =>
        CallTable.Verdict(definition) switch
        {
            'n' or 'a' when kind == SiteKind.Growth => (true, Certainty.Sometimes),
            'n' => (
                true,
                (
                    kind == SiteKind.Linq
                    && definition.Parameters.Length > 0
                    && !IsOfCollection(operation, takesOnlySource: definition.Parameters.Length == 1)
                ) || (kind == SiteKind.Reflection && IsSearch(definition))
                    ? Certainty.Sometimes
                    : null
            ),
            'a' => (true, Certainty.Always),
            's' => (true, Certainty.Sometimes),
            _ when MayBeReplaced(definition) => (false, null),
            _ => kind switch
            {
                SiteKind.Growth => (true, Certainty.Sometimes),
                SiteKind.Linq => (
                    true,
                    definition.ReturnType is { IsReferenceType: true, TypeKind: not TypeKind.TypeParameter } ? Certainty.Always : Certainty.Sometimes
                ),
                SiteKind.Reflection => (true, IsLook(definition) ? null : Certainty.Sometimes),
                // What a property gives back it may well have.
                _ when definition.MethodKind != MethodKind.PropertyGet
                        && definition.ReturnType is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol
                        && definition.ContainingType?.ContainingNamespace is { } space
                        && IsSystem(space) => (true, Certainty.Always),
                _ => (false, null),
            },
        };

    /// <summary>Looked for and not found, as in the table's samples, it allocates less.</summary>
    private static bool IsSearch(IMethodSymbol definition) =>
        definition is { MethodKind: MethodKind.Ordinary, ReturnType.IsReferenceType: true, Parameters.Length: > 0, Name: not "GetType" }
        && (definition.Name.StartsWith("Get", StringComparison.Ordinal) || definition.Name.StartsWith("Make", StringComparison.Ordinal));

    /// <summary>Compared, or asked for a flag, what is reflected on stays as it is.</summary>
    private static bool IsLook(IMethodSymbol definition) =>
        definition.MethodKind is MethodKind.UserDefinedOperator or MethodKind.PropertyGet && definition.ReturnType.IsValueType;

    /// <summary>
    /// The table's LINQ is over arrays and lists; anything else has an enumerator, but that a collection is asked for its count and its ends.
    /// </summary>
    private static bool IsOfCollection(IOperation operation, bool takesOnlySource)
    {
        var source = operation is IInvocationOperation { Arguments: [{ Value: var value }, ..] } ? value : null;
        while (source is IConversionOperation { IsImplicit: true } conversion)
        {
            source = conversion.Operand;
        }

        return source?.Type is IArrayTypeSymbol or INamedTypeSymbol { MetadataName: "List`1" }
            || (
                takesOnlySource
                && source?.Type is INamedTypeSymbol { MetadataName: "IList`1" or "ICollection`1" or "IReadOnlyList`1" or "IReadOnlyCollection`1" }
            );
    }

    /// <summary>Whether another method may run instead: that of a derived class.</summary>
    public static bool MayBeReplaced(IMethodSymbol method) =>
        method.MethodKind == MethodKind.DelegateInvoke
        || method.ContainingType?.TypeKind == TypeKind.Interface && !method.IsStatic
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

    private static bool IsSystem(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
        {
            space = outer;
        }

        return space.Name == "System";
    }
}
