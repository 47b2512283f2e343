using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>Says what a lambda is for, as far as its surroundings in the source say so.</summary>
internal static class FunctionPurpose
{
    private const int LongestText = 40;

    /// <summary>The beginnings of what prepare writes round a lambda, which says nothing of its purpose.</summary>
    private const string OurVariable = "__hotpath_";
    private const string OurCall = "global::HotPathGen.";

    /// <summary>
    /// The call that takes the lambda, with its first argument if that is a text; or what the lambda is assigned to; empty for neither.
    /// </summary>
    public static string Of(SyntaxNode function)
    {
        var node = function;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var ours } }
                when ours.ToString().StartsWith(OurCall, StringComparison.Ordinal) => "",
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: var arguments, Parent: var call } } => Called(call) + FirstText(arguments),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                when variable.Identifier.ValueText.StartsWith(OurVariable, StringComparison.Ordinal) => "",
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            AssignmentExpressionSyntax assignment when assignment.Right == node => Rightmost(assignment.Left),
            _ => "",
        };
    }

    private static string Called(SyntaxNode? call) =>
        call switch
        {
            InvocationExpressionSyntax invocation => Rightmost(invocation.Expression),
            ObjectCreationExpressionSyntax creation => "new " + Rightmost(creation.Type),
            _ => "",
        };

    private static string FirstText(SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        arguments
            is [
                {
                    Expression: LiteralExpressionSyntax
                    {
                        RawKind: (int)SyntaxKind.StringLiteralExpression,
                        Token.ValueText: { Length: <= LongestText } text
                    }
                },
                ..,
            ]
        && text.All(static letter => letter is >= ' ' and not ('"' or '\\'))
            ? $"(\"{text}\")"
            : "";

    private static string Rightmost(SyntaxNode name) =>
        name switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            _ => "",
        };
}
