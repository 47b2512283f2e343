using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>What the types of a method's head are made of.</summary>
internal static class TypeParts
{
    /// <summary>Every type that the head names, with element types, type arguments and containing types.</summary>
    public static IEnumerable<ITypeSymbol> OfHead(IMethodSymbol method) => method.Parameters.Select(parameter => parameter.Type)
        .Append(method.ReturnType)
        .Concat(method.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes))
        .SelectMany(Of);

    public static IEnumerable<ITypeSymbol> Of(ITypeSymbol type)
    {
        IEnumerable<ITypeSymbol> parts = type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            IPointerTypeSymbol pointer => [pointer.PointedAtType],
            IFunctionPointerTypeSymbol function => function.Signature.Parameters.Select(parameter => parameter.Type).Append(function.Signature.ReturnType),
            INamedTypeSymbol { ContainingType: { } outer } nested => nested.TypeArguments.Append(outer),
            INamedTypeSymbol named => named.TypeArguments,
            _ => [],
        };
        return parts.SelectMany(Of).Prepend(type);
    }
}
