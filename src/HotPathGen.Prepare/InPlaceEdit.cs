using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Prepare;

/// <summary>
/// Opens a frame at the top of a body that cannot move. Each return is marked by itself, instead of using a catch. The JIT inlines methods with a
/// finally but none with a catch, and inlining decides what allocates.
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

    /// <summary>
    /// Turns an expression into a statement that begins and ends where the expression does. So its lines in the debugger stay the same.
    /// </summary>
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

    /// <summary>Declares a local of the result's type. It converts the expression as a return does and takes over its ref safety.</summary>
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

    /// <summary>
    /// Whether the end of the body can be reached. Only then it needs a mark there; anywhere else the mark would be unreachable code.
    /// </summary>
    private static bool EndIsReachable(BlockSyntax block) => block.Statements.LastOrDefault() is not (ReturnStatementSyntax or ThrowStatementSyntax);
}
