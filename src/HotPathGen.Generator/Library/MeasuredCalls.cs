using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Library;

/// <summary>Knows what calls of methods of other assemblies allocate.</summary>
internal static class MeasuredCalls
{
    /// <summary>
    /// How sure it is that a method of another assembly allocates. The answer comes from the measurements, or else from what the method returns.
    /// Certainty is null for a method that does not allocate.
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
            _ when Dispatch.MayBeReplaced(definition) => (false, null),
            _ => kind switch
            {
                SiteKind.Growth => (true, Certainty.Sometimes),
                SiteKind.Linq => (
                    true,
                    definition.ReturnType is { IsReferenceType: true, TypeKind: not TypeKind.TypeParameter } ? Certainty.Always : Certainty.Sometimes
                ),
                SiteKind.Reflection => (true, IsLook(definition) ? null : Certainty.Sometimes),
                // What a property returns probably exists already.
                _ when definition.MethodKind != MethodKind.PropertyGet
                        && definition.ReturnType is { SpecialType: SpecialType.System_String } or IArrayTypeSymbol
                        && definition.ContainingType?.ContainingNamespace is { } space
                        && Namespaces.IsSystem(space) => (true, Certainty.Always),
                _ => (false, null),
            },
        };

    /// <summary>
    /// Whether a method searches. The table's samples search for something that is not there. That allocates less than a search that finds something.
    /// </summary>
    private static bool IsSearch(IMethodSymbol definition) =>
        definition is { MethodKind: MethodKind.Ordinary, ReturnType.IsReferenceType: true, Parameters.Length: > 0, Name: not "GetType" }
        && (definition.Name.StartsWith("Get", StringComparison.Ordinal) || definition.Name.StartsWith("Make", StringComparison.Ordinal));

    /// <summary>Whether a method of reflection only looks: it compares objects or asks for a flag, and changes nothing.</summary>
    private static bool IsLook(IMethodSymbol definition) =>
        definition.MethodKind is MethodKind.UserDefinedOperator or MethodKind.PropertyGet && definition.ReturnType.IsValueType;

    /// <summary>
    /// Whether LINQ is used as in the table, over arrays and lists. Any other sequence has an enumerator, unless a collection is only asked for its
    /// count or its ends.
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
}
