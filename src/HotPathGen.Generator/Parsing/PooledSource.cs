using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>A pool of the user's: a field or property, and the method of it that hands out objects.</summary>
/// <param name="Member">The field or property.</param>
/// <param name="Type">Its type.</param>
/// <param name="Rent"><c>Rent</c> or <c>Get</c>.</param>
internal readonly record struct PooledSource(ISymbol Member, ITypeSymbol Type, string Rent)
{
    /// <summary>The source that a parameter names, or the unsupported reason.</summary>
    public static (PooledSource? Source, string? UnsupportedReason) Of(PooledRequest request, IMethodSymbol core)
    {
        var member = Chain(core.ContainingType)
            .SelectMany(type => type.GetMembers(request.Source!))
            .FirstOrDefault(member => member is IFieldSymbol or IPropertySymbol { GetMethod: not null } && WrittenPairs.Reaches(core, member));
        if (member is null)
        {
            return (null, $"'{request.Source}' is no field or property of '{core.ContainingType.Name}' that can be read");
        }

        if (core.IsStatic && !member.IsStatic)
        {
            return (null, $"'{request.Source}' is not static, and the core is");
        }

        var type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        bool sized = request.Element is not null;
        var handed = request.Parameter.Type;
        IMethodSymbol[] methods =
        [
            .. Chain(type)
                .Concat(type.AllInterfaces)
                .Concat(Constraints(type))
                .SelectMany(part => part.GetMembers())
                .OfType<IMethodSymbol>()
                .Where(method => !method.IsStatic),
        ];
        var rent = methods.FirstOrDefault(method =>
            method.Name is "Rent" or "Get"
            && Hands(method.ReturnType)
            && (
                sized
                    ? method.Parameters is [{ Type.SpecialType: SpecialType.System_Int32 }, ..]
                        && method.Parameters.Skip(1).All(parameter => parameter.IsOptional)
                    : method.Parameters.All(parameter => parameter.IsOptional)
            )
        );
        bool returns = methods.Any(method =>
            method.Name == "Return"
            && method.Parameters is [var first, ..]
            && Hands(first.Type)
            && method.Parameters.Skip(1).All(parameter => parameter.IsOptional)
        );
        string asked = sized
            ? $"{request.Element!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}[]"
            : handed.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return rent is null ? (null, $"'{request.Source}' has no method '{asked} {(sized ? "Rent(int)' or 'Get(int)" : "Get()' or 'Rent()")}'")
            : !returns ? (null, $"'{request.Source}' has no method 'Return({asked})'")
            : (new(member, type, rent.Name), null);

        bool Hands(ITypeSymbol type) =>
            sized
                ? type is IArrayTypeSymbol { IsSZArray: true } array && SymbolEqualityComparer.Default.Equals(array.ElementType, request.Element)
                : SymbolEqualityComparer.Default.Equals(type, handed);
    }

    private static IEnumerable<ITypeSymbol> Constraints(ITypeSymbol type) =>
        type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.SelectMany(constraint => Chain(constraint).Concat(constraint.AllInterfaces))
            : [];

    private static IEnumerable<ITypeSymbol> Chain(ITypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            yield return part;
        }
    }
}
