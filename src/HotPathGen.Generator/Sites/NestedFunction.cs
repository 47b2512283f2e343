using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>A lambda, an anonymous method or a local function that a body contains.</summary>
/// <param name="Symbol">The function.</param>
/// <param name="Syntax">The whole function.</param>
/// <param name="Body">The block of its body; without one, the arrow of a local function, or the expression of a lambda.</param>
/// <param name="Operations">What the body does.</param>
internal sealed record NestedFunction(IMethodSymbol Symbol, SyntaxNode Syntax, SyntaxNode Body, IOperation Operations)
{
    /// <summary>The position behind a body without a block.</summary>
    public int End => Syntax.Span.End;

    /// <summary>
    /// The function that an operation stands for; null if it is a part of a query, which has no place for a frame, or an expression tree, which is
    /// data.
    /// </summary>
    public static NestedFunction? Of(IOperation operation) =>
        operation switch
        {
            IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax syntax } lambda when !IsExpressionTree(lambda) => new(
                lambda.Symbol,
                syntax,
                syntax.Body,
                lambda.Body
            ),
            ILocalFunctionOperation { Syntax: LocalFunctionStatementSyntax syntax, Body: { } block } local when Shape.Body(syntax) is { } body => new(
                local.Symbol,
                syntax,
                body,
                block
            ),
            _ => null,
        };

    /// <summary>Whether a function is a lambda in a clause of a query, in no other lambda and in no expression tree.</summary>
    public static bool IsInClause(IAnonymousFunctionOperation function, IOperation query)
    {
        for (var outer = function.Parent; outer != query; outer = outer!.Parent)
        {
            if (outer is IAnonymousFunctionOperation clause && (clause.Syntax is AnonymousFunctionExpressionSyntax || IsExpressionTree(clause)))
            {
                return false;
            }
        }

        return function.Syntax is AnonymousFunctionExpressionSyntax;
    }

    private static bool IsExpressionTree(IAnonymousFunctionOperation lambda) =>
        lambda.Parent
            is IConversionOperation { Type: INamedTypeSymbol { ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" } } };
}
