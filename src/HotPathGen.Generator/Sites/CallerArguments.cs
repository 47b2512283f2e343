using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Arguments that the compiler fills in about the caller, where a copy would be told something else: it has another name, and its expressions are
/// written differently.
/// </summary>
/// <param name="Values">The parameters' names, and what the compiler passes in the original body.</param>
/// <param name="List">The list of arguments that is written there; null where there is none.</param>
/// <param name="Position">Where they can be written; negative where they cannot.</param>
internal sealed record CallerArguments(IReadOnlyList<(string Name, string Value)> Values, ArgumentListSyntax? List, int Position)
{
    /// <summary>Those of an operation; null for none.</summary>
    /// <param name="operation">Any.</param>
    /// <param name="isNested">Whether it is in a lambda, whose text is not changed.</param>
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
