using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Generator.Symbols;

/// <summary>The attribute that prepare put before a method, read from the text. Nothing has to be bound to read it.</summary>
/// <param name="Key">The key of the method, unique within the assembly.</param>
/// <param name="Core">The name of the original body; empty if the frame was opened in place.</param>
/// <param name="Kind">How the body runs; for initializers, which ones they are.</param>
internal readonly record struct PreparedMark(string Key, string Core, string Kind)
{
    /// <summary>The beginning of the mark in the text.</summary>
    public const string Start = "[global::HotPathGen.Runtime.Prepared(";

    /// <summary>The mark of a method; null for one that prepare left alone.</summary>
    public static PreparedMark? Of(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (Of(reference.GetSyntax()) is { } mark)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>The mark of a lambda is the frame in its body; null without one.</summary>
    public static PreparedMark? Of(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Block?.Statements.FirstOrDefault()
            is LocalDeclarationStatementSyntax
            {
                Declaration.Variables: [
                    {
                        Identifier.ValueText: var frame,
                        Initializer.Value: InvocationExpressionSyntax
                        {
                            ArgumentList.Arguments: [{ Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var number } }]
                        }
                    },
                ]
            }
        && FormOf(frame) is { } form
            ? new(number.Substring(Marks.Number.Length), "", Words.Of(form))
            : null;

    private static MethodForm? FormOf(string frame) =>
        frame switch
        {
            Marks.LambdaFrame => MethodForm.Function,
            Marks.AsyncLambdaFrame => MethodForm.Async,
            Marks.StartedLambdaFrame => MethodForm.AsyncFirstSegment,
            _ => null,
        };

    /// <inheritdoc cref="Of(IMethodSymbol)"/>
    public static PreparedMark? Of(SyntaxNode declaration)
    {
        if (declaration is AnonymousFunctionExpressionSyntax lambda)
        {
            return Of(lambda);
        }

        return
            Lists(declaration)
                is [
                    {
                        Attributes: [
                            {
                                Name: QualifiedNameSyntax
                                {
                                    Right.Identifier.ValueText: "Prepared",
                                    Left: QualifiedNameSyntax
                                    {
                                        Right.Identifier.ValueText: "Runtime",
                                        Left: AliasQualifiedNameSyntax
                                        {
                                            Alias.Identifier.ValueText: "global",
                                            Name.Identifier.ValueText: "HotPathGen"
                                        }
                                    }
                                },
                                ArgumentList.Arguments: [
                                    { Expression: LiteralExpressionSyntax { Token.ValueText: var key } },
                                    { Expression: LiteralExpressionSyntax { Token.ValueText: var core } },
                                    { Expression: LiteralExpressionSyntax { Token.ValueText: var kind } },
                                ]
                            },
                        ]
                    },
                    ..,
                ]
            ? new(key, core, kind)
            : null;
    }

    /// <summary>
    /// Whether a method has no other attribute than this one. It looks at the text: for the symbol's attributes, the compiler would bind all of them.
    /// </summary>
    public static bool IsAlone(IMethodSymbol method) =>
        IsAloneIn(method)
        && (method.PartialImplementationPart is not { } body || IsAloneIn(body))
        && (method.PartialDefinitionPart is not { } head || IsAloneIn(head));

    private static bool IsAloneIn(IMethodSymbol part) =>
        part is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, DeclaringSyntaxReferences: { IsEmpty: false } references }
        && references.All(static reference =>
            reference.GetSyntax() is var declaration && Lists(declaration).Count == (Of(declaration) is null ? 0 : 1)
        );

    private static SyntaxList<AttributeListSyntax> Lists(SyntaxNode declaration) =>
        declaration switch
        {
            MemberDeclarationSyntax member => member.AttributeLists,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists,
            LocalFunctionStatementSyntax function => function.AttributeLists,
            _ => default,
        };
}
