using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Symbols;

/// <summary>
/// The parts that types are made of: element types, type arguments, containing types. Every head and most sites are asked, so this uses no iterator.
/// </summary>
internal static class TypeParts
{
    /// <summary>Whether a condition holds for a type that a head names, or for a part of such a type.</summary>
    public static bool AnyOfHead(IMethodSymbol method, Func<ITypeSymbol, bool> holds)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Any(parameter.Type, holds))
            {
                return true;
            }
        }

        foreach (var parameter in method.TypeParameters)
        {
            foreach (var type in parameter.ConstraintTypes)
            {
                if (Any(type, holds))
                {
                    return true;
                }
            }
        }

        return Any(method.ReturnType, holds);
    }

    public static bool Any(ITypeSymbol type, Func<ITypeSymbol, bool> holds)
    {
        if (holds(type))
        {
            return true;
        }

        switch (type)
        {
            case IArrayTypeSymbol array:
                return Any(array.ElementType, holds);
            case IPointerTypeSymbol pointer:
                return Any(pointer.PointedAtType, holds);
            case IFunctionPointerTypeSymbol { Signature: var signature }:
                return AnyOfHead(signature, holds);
            case INamedTypeSymbol named:
                foreach (var argument in named.TypeArguments)
                {
                    if (Any(argument, holds))
                    {
                        return true;
                    }
                }

                return named.ContainingType is { } outer && Any(outer, holds);
            default:
                return false;
        }
    }
}
