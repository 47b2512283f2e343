using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>Pairs in the user's own hand.</summary>
internal static class WrittenPairs
{
    /// <summary>A partial method that waits for its body.</summary>
    public static bool IsDeclaration(IMethodSymbol method) => method.IsPartialDefinition && method.PartialImplementationPart is null;

    /// <summary>The core of a declaration: the same name with "Core" behind it, same parameters, same result.</summary>
    public static IMethodSymbol? Core(IMethodSymbol method) => method.ContainingType
        .GetMembers(method.Name + "Core").OfType<IMethodSymbol>().FirstOrDefault(core => Matches(method, core));

    private static bool Matches(IMethodSymbol method, IMethodSymbol core)
    {
        if (core.Arity != method.Arity || core.Parameters.Length != method.Parameters.Length || core.IsStatic != method.IsStatic || core.RefKind != method.RefKind)
        {
            return false;
        }

        IMethodSymbol closed = core.IsGenericMethod ? core.Construct([.. method.TypeParameters]) : core;
        return SymbolEqualityComparer.Default.Equals(closed.ReturnType, method.ReturnType)
            && closed.Parameters.Zip(method.Parameters, (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(same => same);
    }
}
