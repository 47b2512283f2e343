using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>Finds the method that computes the length of a pooled parameter.</summary>
internal static class LengthMethod
{
    /// <summary>The method that a parameter names, or the unsupported reason.</summary>
    public static (IMethodSymbol? Method, string? UnsupportedReason) Of(PooledRequest request, IMethodSymbol core)
    {
        string name = request.Length!;
        var methods = new List<IMethodSymbol>();
        for (var type = core.ContainingType; type is not null; type = type.BaseType)
        {
            methods.AddRange(
                type.GetMembers(name)
                    .OfType<IMethodSymbol>()
                    .Where(method => method.MethodKind == MethodKind.Ordinary && WrittenPairs.Reaches(core, method))
            );
        }

        if (methods.Count == 0)
        {
            return (null, $"'{core.ContainingType.Name}' has no method '{name}'");
        }

        string? unsupportedReason = null;
        foreach (var method in methods)
        {
            string? found = Check(method, core);
            if (found is null)
            {
                return (method, null);
            }

            unsupportedReason ??= found;
        }

        return (null, unsupportedReason);
    }

    private static string? Check(IMethodSymbol method, IMethodSymbol core)
    {
        if (method.ReturnType.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64) || method.RefKind != RefKind.None)
        {
            return $"'{method.Name}' returns '{method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', neither int "
                + $"nor long";
        }

        if (core.IsStatic && !method.IsStatic)
        {
            return $"'{method.Name}' is not static, and the core is";
        }

        if (method.Arity != 0 && method.Arity != core.Arity)
        {
            return $"'{method.Name}' has other type parameters than the core";
        }

        var closed = method.IsGenericMethod ? method.Construct([.. core.TypeParameters]) : method;
        foreach (var parameter in closed.Parameters)
        {
            var given = core.Parameters.FirstOrDefault(other => other.Name == parameter.Name && PooledRequest.Of(other) is null);
            if (given is null)
            {
                return $"'{method.Name}' takes '{parameter.Name}', which the core has no parameter of its own for";
            }

            if (
                !SymbolEqualityComparer.Default.Equals(given.Type, parameter.Type)
                || parameter.RefKind is RefKind.Ref or RefKind.Out
                || given.RefKind == RefKind.Out
            )
            {
                return $"'{method.Name}' takes '{parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', and the core has "
                    + $"'{given.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'";
            }
        }

        return null;
    }
}
