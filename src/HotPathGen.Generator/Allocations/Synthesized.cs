using HotPathGen.Generator.Library;
using HotPathGen.Generator.Sites;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Allocations;

/// <summary>One of the things that a compiler-written member does.</summary>
/// <param name="Callee">The method that it calls; null if it allocates itself.</param>
/// <param name="Receiver">The type on which that method is called.</param>
/// <param name="Makes">What it allocates itself.</param>
/// <param name="Certainty">How sure that allocation is.</param>
internal readonly record struct Part(IMethodSymbol? Callee, ITypeSymbol? Receiver, Site? Makes = null, Certainty Certainty = Certainty.Always);

/// <summary>
/// Knows the members of records, anonymous types and tuples that have no source. They compare their parts, hash them and return them, and allocate if
/// the members of these parts do. The language's specification of records says what the members do. A part is treated as EqualityComparer.Default
/// treats it.
/// </summary>
internal static class Synthesized
{
    /// <summary>
    /// What a member does, as it is written for its own type; null for a member that the compiler does not write. The members of an anonymous type
    /// have no symbols of their own.
    /// </summary>
    public static IEnumerable<Part>? PartsOf(IMethodSymbol method, ITypeSymbol? receiver = null) =>
        (receiver is INamedTypeSymbol { IsAnonymousType: true } anonymous ? anonymous : method.ContainingType) switch
        {
            { IsAnonymousType: true } type => OfValues(method, type.GetMembers().OfType<IPropertySymbol>().Select(static property => property.Type)),
            { Name: "ValueTuple", Arity: > 0, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } type => OfValues(
                method,
                type.TypeArguments
            ),
            { IsRecord: true } type when method.IsImplicitlyDeclared => OfRecord(method, type),
            _ => null,
        };

    private static IEnumerable<Part> OfValues(IMethodSymbol method, IEnumerable<ITypeSymbol> values) =>
        method.Name switch
        {
            "Equals" => values.SelectMany(value => Equality(value, method.ContainingType)),
            "GetHashCode" => values.SelectMany(value => Hash(value, method.ContainingType)),
            "CompareTo" => values.SelectMany(static value => Comparison(value)),
            "ToString" => [Text(method)],
            _ => [],
        };

    private static IEnumerable<Part> OfRecord(IMethodSymbol method, INamedTypeSymbol type) =>
        method.Name switch
        {
            "op_Equality" or "op_Inequality" => TypedEquals(type) is { } typed ? [new(typed, type)] : [],
            "Equals" when method.Parameters is [{ Type: var other }] && Same(other, type) => Fields(type)
                .SelectMany(field => Equality(field.Type, type))
                .Concat(
                    type.BaseType is { IsRecord: true } inherited && TypedEquals(inherited) is { } typed ? PartsOf(typed) ?? [new(typed, type)] : []
                ),
            "Equals" => TypedEquals(type) is { } typed ? [new(typed, type)] : [],
            "GetHashCode" => Fields(type)
                .SelectMany(field => Hash(field.Type, type))
                .Concat(
                    type.BaseType is { IsRecord: true } inherited && Find(inherited, "GetHashCode", 0) is { } hash
                        ? PartsOf(hash) ?? [new(hash, type)]
                        : []
                ),
            "Deconstruct" => method
                .Parameters.SelectMany(parameter => type.GetMembers(parameter.Name).OfType<IPropertySymbol>())
                .Select(static property => property.GetMethod)
                .OfType<IMethodSymbol>()
                .Select(getter => new Part(getter, type)),
            // This allocates a builder, its text, and the texts of the parts.
            "ToString" => [Text(method)],
            "PrintMembers" => [Text(method) with { Certainty = Certainty.Sometimes }],
            _ => [],
        };

    private static Part Text(IMethodSymbol method) => new(null, null, new(SiteKind.Call, method.ReturnType, method));

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic);

    private static IMethodSymbol? TypedEquals(INamedTypeSymbol type) =>
        type.GetMembers("Equals")
            .OfType<IMethodSymbol>()
            .FirstOrDefault(method => method is { IsStatic: false, Parameters: [{ Type: var other }] } && Same(other, type));

    private static IEnumerable<Part> Equality(ITypeSymbol type, ITypeSymbol owner)
    {
        type = Value(type);
        return IsCompared(type) ? []
            : ByInterface(type, "IEquatable") is { } typed ? [new(typed, type)]
            // The value is used as an object. The JIT removes the box for some types.
            : type.IsValueType ? [new(null, null, new(SiteKind.Boxing, type), Certainty.Sometimes)]
            : OfObject(type, owner, "Equals", 1);
    }

    private static IEnumerable<Part> Hash(ITypeSymbol type, ITypeSymbol owner)
    {
        type = Value(type);
        return IsCompared(type) ? []
            : type.IsValueType
            && !type.GetMembers("GetHashCode").OfType<IMethodSymbol>().Any(static method => method.Parameters.IsEmpty)
            && type is not INamedTypeSymbol { IsTupleType: true }
                ? [new(null, null, new(SiteKind.Boxing, type))]
            : OfObject(type, owner, "GetHashCode", 0);
    }

    private static IEnumerable<Part> Comparison(ITypeSymbol type)
    {
        type = Value(type);
        return type.TypeKind == TypeKind.TypeParameter || IsNumberOrText(type) || type.TypeKind == TypeKind.Enum ? []
            : ByInterface(type, "IComparable") is { } typed ? [new(typed, type)]
            : [new(null, null, new(SiteKind.Boxing, type), Certainty.Sometimes)];
    }

    /// <summary>Whether a value is compared without code of its own: by its bits, or as an object whose type does not define equality.</summary>
    private static bool IsCompared(ITypeSymbol type) =>
        IsNumberOrText(type)
        || type.TypeKind
            is TypeKind.Enum
                or TypeKind.Pointer
                or TypeKind.FunctionPointer
                or TypeKind.Array
                or TypeKind.Delegate
                or TypeKind.TypeParameter;

    private static bool IsNumberOrText(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr;

    private static ITypeSymbol Value(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type;

    private static IMethodSymbol? ByInterface(ITypeSymbol type, string name) =>
        type.AllInterfaces.FirstOrDefault(candidate =>
            candidate is { TypeArguments: [var argument], ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            && candidate.Name == name
            && Same(argument, type)
        )
            is { } found
        && found.GetMembers().OfType<IMethodSymbol>().FirstOrDefault() is { } member
            ? type.FindImplementationForInterfaceMember(member) as IMethodSymbol ?? member
            : null;

    /// <summary>
    /// The override of a type, or the method that it inherits. For an interface, it is the method that any object has, which the owner inherits.
    /// </summary>
    private static IEnumerable<Part> OfObject(ITypeSymbol type, ITypeSymbol owner, string name, int parameters) =>
        (Find(type, name, parameters) ?? Find(Root(owner), name, parameters)) is not { } method
        || (method.ContainingType.SpecialType == SpecialType.System_Object && type.IsSealed)
            ? []
            : [new(method, type)];

    private static ITypeSymbol Root(ITypeSymbol type)
    {
        while (type.BaseType is { } inherited)
        {
            type = inherited;
        }

        return type;
    }

    private static IMethodSymbol? Find(ITypeSymbol type, string name, int parameters)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (
                at.GetMembers(name)
                    .OfType<IMethodSymbol>()
                    .FirstOrDefault(method =>
                        !method.IsStatic
                        && method.Parameters.Length == parameters
                        && (parameters == 0 || method.Parameters[0].Type.SpecialType == SpecialType.System_Object)
                    ) is
                { } method
            )
            {
                return method;
            }
        }

        return null;
    }

    private static bool Same(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
