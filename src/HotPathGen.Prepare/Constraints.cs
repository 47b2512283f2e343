using HotPathGen.Generator.Symbols;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Prepare;

/// <summary>Writes out the constraints of a method's type parameters, which an override and an explicit implementation inherit.</summary>
internal static class Constraints
{
    /// <summary>
    /// The clauses, each after a blank; null where one of them contains a type that has no name, or one that only an argument for the type parameter
    /// of a base type can make a constraint, such as <c>string</c>.
    /// </summary>
    public static string? Print(IMethodSymbol method)
    {
        string?[] clauses = [.. method.TypeParameters.Select(Print)];
        return clauses.Contains(null) ? null : string.Concat(clauses);
    }

    private static string? Print(ITypeParameterSymbol parameter)
    {
        string?[] types = [.. parameter.ConstraintTypes.Select(type => MayBeWritten(type) ? SpeakableTypes.Print(type) : null)];
        if (types.Contains(null))
        {
            return null;
        }

        string first =
            parameter.HasUnmanagedTypeConstraint ? "unmanaged"
            : parameter.HasValueTypeConstraint ? "struct"
            : parameter.HasReferenceTypeConstraint
                ? parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?"
                    : "class"
            : parameter.HasNotNullConstraint ? "notnull"
            : "";
        string last = parameter.HasConstructorConstraint ? "new()" : "";
        string?[] all = [.. ((string?[])[first, .. types, last, parameter.AllowsRefLikeType ? "allows ref struct" : ""]).Where(text => text != "")];
        return all.Length == 0 ? "" : $" where @{parameter.Name} : {string.Join(", ", all)}";
    }

    private static bool MayBeWritten(ITypeSymbol type) =>
        type.TypeKind is TypeKind.TypeParameter or TypeKind.Interface
        || type
            is {
                TypeKind: TypeKind.Class,
                IsSealed: false,
                IsStatic: false,
                SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Array)
            };
}
