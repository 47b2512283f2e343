using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Checks;

/// <summary>
/// Turns the symbols of one compilation into numbers. The numbers equal those of another compilation of the same sources; the symbols themselves do
/// not. Safe from any thread.
/// </summary>
internal sealed class SymbolHashes
{
    private static readonly SymbolDisplayFormat s_full = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeContainingType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeExplicitInterface
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeModifiers,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
    );

    private readonly ConcurrentDictionary<ISymbol, ulong> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, ulong> _types = new(SymbolEqualityComparer.Default);

    public ulong Of(ISymbol? symbol) =>
        symbol switch
        {
            null => 0,
            // For the compiler, types are equal if they differ only in dynamic, in the names of a tuple's elements or in nullability.
            ITypeSymbol type => OfType(type),
            // A symbol that a body declares is known by its name, because the copy declares it once more.
            ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol => Hash.Of(symbol.Name),
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } => Hash.Of(symbol.Name),
            IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function => OfFunction(function),
            _ => _known.GetOrAdd(symbol, static symbol => Hash.Of(symbol.ToDisplayString(s_full))),
        };

    public ulong OfFunction(IMethodSymbol function)
    {
        ulong hash = Of(function.ReturnType);
        foreach (var parameter in function.Parameters)
        {
            hash = Hash.Of(hash, Of(parameter.Type), (ulong)parameter.RefKind);
        }

        return hash;
    }

    private ulong OfType(ITypeSymbol type)
    {
        if (_types.TryGetValue(type, out ulong known))
        {
            return known;
        }

        // Another type that equals this one may have another text. Only types whose text is always the same are kept.
        bool isPlain = type.SpecialType != SpecialType.System_Object && type is INamedTypeSymbol { IsGenericType: false, IsTupleType: false };
        ulong hash = Hash.Of(type.ToDisplayString(s_full));
        return isPlain ? _types[type] = hash : hash;
    }
}

/// <summary>The hash function FNV-1a with 64 bits (Fowler, Noll, Vo).</summary>
internal static class Hash
{
    private const ulong Prime = 1099511628211;
    private const ulong Basis = 14695981039346656037;

    public static ulong Of(string text)
    {
        ulong hash = Basis;
        foreach (char letter in text)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }

        return hash;
    }

    public static ulong Of(params ulong[] parts)
    {
        ulong hash = Basis;
        foreach (ulong part in parts)
        {
            hash = unchecked((hash ^ part) * Prime);
            hash ^= hash >> 29;
        }

        return hash;
    }
}
