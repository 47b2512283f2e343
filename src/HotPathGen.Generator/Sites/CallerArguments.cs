using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Arguments about the caller that the compiler fills in. In a copy they would have other values: the copy has another name, and its expressions are
/// written differently.
/// </summary>
/// <param name="Values">The parameters' names, and what the compiler passes in the original body.</param>
/// <param name="List">The list of arguments that the source has there; null if it has none.</param>
/// <param name="Position">The position at which they can be written; negative if they cannot.</param>
internal sealed record CallerArguments(IReadOnlyList<(string Name, string Value)> Values, ArgumentListSyntax? List, int Position)
{
    /// <summary>Finds the caller arguments of an operation; null if it has none.</summary>
    /// <param name="operation">Any operation.</param>
    /// <param name="isNested">Whether the operation is in a lambda. The text of a lambda is not changed.</param>
    public static CallerArguments? Of(IOperation operation, bool isNested)
    {
        var arguments = operation switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            IPropertyReferenceOperation property => property.Arguments,
            _ => default,
        };
        if (arguments.IsDefaultOrEmpty)
        {
            return null;
        }

        List<(string, string)>? values = null;
        foreach (var argument in arguments)
        {
            if (
                argument
                    is {
                        ArgumentKind: ArgumentKind.DefaultValue,
                        Parameter: { } parameter,
                        Value.ConstantValue: { HasValue: true, Value: string value }
                    }
                && DependsOnCopy(parameter, isNested)
            )
            {
                (values ??= []).Add((parameter.Name, value));
            }
        }

        if (values is null)
        {
            return null;
        }

        var (list, position) = operation.Syntax switch
        {
            InvocationExpressionSyntax call when operation is IInvocationOperation => (
                call.ArgumentList,
                call.ArgumentList.CloseParenToken.SpanStart
            ),
            BaseObjectCreationExpressionSyntax { ArgumentList: { } found } when operation is IObjectCreationOperation => (
                found,
                found.CloseParenToken.SpanStart
            ),
            ObjectCreationExpressionSyntax creation when operation is IObjectCreationOperation => (null, creation.Type.Span.End),
            _ => ((ArgumentListSyntax?)null, -1),
        };
        return new(values, list, position);
    }

    private static bool DependsOnCopy(IParameterSymbol parameter, bool isNested) =>
        parameter
            .GetAttributes()
            .Any(attribute =>
                attribute.AttributeClass is { Name: "CallerMemberNameAttribute" }
                || (!isNested && attribute.AttributeClass is { Name: "CallerArgumentExpressionAttribute" })
            );
}
