using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>
/// Opens a frame at the top of a body that cannot move. Returns are marked one by one rather than with a catch, because
/// the JIT inlines methods with a finally and none with a catch, and inlining decides what allocates.
/// </summary>
internal static class InPlaceEdit
{
    public static void Apply(SyntaxNode declaration, string key, TextEdits edits)
    {
        string marker = Markers.Attribute(key, "", declaration);
        string type = ReturnType(declaration);
        switch (Shape.Body(declaration))
        {
            case BlockSyntax block:
                edits.Insert(declaration.GetFirstToken().SpanStart, marker);
                edits.Insert(block.OpenBraceToken.Span.End, " " + Markers.OpenFrame(key));
                foreach (var statement in Shape.OwnNodes(block).OfType<ReturnStatementSyntax>())
                {
                    MarkReturn(statement, type, edits);
                }

                edits.Insert(block.CloseBraceToken.SpanStart, (EndIsReachable(block) ? Markers.Completed : "") + Markers.CloseFrame);
                break;

            case ArrowExpressionClauseSyntax arrow when declaration is BasePropertyDeclarationSyntax property:
                edits.Replace(arrow.ArrowToken.Span, "{ " + marker + "get { " + Markers.OpenFrame(key));
                MarkExpression(arrow.Expression, type, edits);
                edits.Replace(Semicolon(property), Markers.CloseFrame + "} }");
                break;

            case ArrowExpressionClauseSyntax arrow:
                edits.Insert(declaration.GetFirstToken().SpanStart, marker);
                edits.Replace(arrow.ArrowToken.Span, "{ " + Markers.OpenFrame(key));
                MarkExpression(arrow.Expression, type, edits);
                edits.Replace(Semicolon(declaration), Markers.CloseFrame + "}");
                break;
        }
    }

    /// <summary>The type that <c>return</c> converts to, with its <c>ref</c>; empty where nothing is returned.</summary>
    public static string ReturnType(SyntaxNode declaration)
    {
        var type = declaration switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            OperatorDeclarationSyntax operation => operation.ReturnType,
            ConversionOperatorDeclarationSyntax conversion => conversion.Type,
            LocalFunctionStatementSyntax local => local.ReturnType,
            BasePropertyDeclarationSyntax property => property.Type,
            AccessorDeclarationSyntax { Keyword.RawKind: (int)SyntaxKind.GetKeyword, Parent.Parent: BasePropertyDeclarationSyntax property } =>
                property.Type,
            _ => null,
        };
        return type is null or PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? "" : HeadText.OneLine(type);
    }

    /// <summary>The statement that an expression becomes begins and ends where the expression does, and so do its lines in the debugger.</summary>
    private static void MarkExpression(ExpressionSyntax expression, string type, TextEdits edits)
    {
        edits.Insert(expression.SpanStart, Open(expression, type));
        edits.Insert(expression.Span.End, Close(expression, type));
    }

    private static void MarkReturn(ReturnStatementSyntax statement, string type, TextEdits edits)
    {
        if (statement.Expression is not { } expression)
        {
            edits.Insert(statement.SpanStart, "{ " + Markers.Completed);
            edits.Insert(statement.Span.End, " }");
            return;
        }

        edits.Replace(statement.ReturnKeyword.Span, "{ " + Open(expression, type));
        edits.Replace(statement.SemicolonToken.Span, Close(expression, type) + "}");
    }

    /// <summary>A local of the declared type converts as a return does and takes the expression's ref safety.</summary>
    private static string Open(ExpressionSyntax expression, string type) =>
        type.Length == 0 || expression is ThrowExpressionSyntax ? "" : $"{type} __hotpath_result = ";

    private static string Close(ExpressionSyntax expression, string type) =>
        expression is ThrowExpressionSyntax
            ? "; "
            : "; "
                + Markers.Completed
                + (
                    type.Length == 0 ? ""
                    : expression is RefExpressionSyntax ? "return ref __hotpath_result; "
                    : "return __hotpath_result; "
                );

    private static TextSpan Semicolon(SyntaxNode declaration) => declaration.GetLastToken().Span;

    /// <summary>Only bodies that may run off their end need a mark there; anywhere else it would be unreachable code.</summary>
    private static bool EndIsReachable(BlockSyntax block) => block.Statements.LastOrDefault() is not (ReturnStatementSyntax or ThrowStatementSyntax);
}
