using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.InstrumentedBodies;

/// <summary>Finds names that the compiler takes from a value, but cannot take from a probe round the value.</summary>
internal static class ImplicitNames
{
    /// <summary>The implicit names of the members of an anonymous object.</summary>
    public static IEnumerable<(SyntaxNode Value, string Name)> Of(IAnonymousObjectCreationOperation creation)
    {
        foreach (var initializer in creation.Initializers)
        {
            if (
                initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value.Syntax: var value }
                && value.FirstAncestorOrSelf<AnonymousObjectMemberDeclaratorSyntax>() is { NameEquals: null } member
            )
            {
                yield return (member, property.Name);
            }
        }
    }

    /// <summary>The implicit names of the elements of a tuple.</summary>
    public static IEnumerable<(SyntaxNode Value, string Name)> Of(ITupleOperation tuple)
    {
        if (
            tuple is not { Syntax: TupleExpressionSyntax syntax, NaturalType: INamedTypeSymbol { TupleElements: { IsDefault: false } elements } }
            || elements.Length != syntax.Arguments.Count
            || IsTarget(syntax)
        )
        {
            yield break;
        }

        for (int i = 0; i < elements.Length; i++)
        {
            var element = elements[i];
            if (
                syntax.Arguments[i] is { NameColon: null, Expression: not IdentifierNameSyntax } argument
                && !SymbolEqualityComparer.Default.Equals(element, element.CorrespondingTupleField)
            )
            {
                yield return (argument, element.Name);
            }
        }
    }

    /// <summary>Whether a tuple is a target that a value is deconstructed into.</summary>
    private static bool IsTarget(TupleExpressionSyntax tuple) =>
        tuple
            .AncestorsAndSelf()
            .Any(static node =>
                node is TupleExpressionSyntax
                && (node.Parent is AssignmentExpressionSyntax assignment ? assignment.Left == node : node.Parent is ForEachVariableStatementSyntax)
            );
}
