using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Prepare;

/// <summary>Splits an ordinary method into a partial declaration and its core. The body stays unchanged at its place, in the core.</summary>
internal static class PairEdit
{
    /// <param name="method">The method.</param>
    /// <param name="key">Its key.</param>
    /// <param name="core">The name of the core.</param>
    /// <param name="builder">The attribute that names the core's builder; empty for none.</param>
    /// <param name="edits">Receives the text.</param>
    public static void Apply(MethodDeclarationSyntax method, string key, string core, string builder, TextEdits edits)
    {
        edits.Insert(method.GetFirstToken().SpanStart, Markers.Attribute(key, core, method, builder));
        edits.Insert(method.ReturnType.SpanStart, IsAccessible(method) ? "partial " : "private partial ");
        foreach (var modifier in method.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
        {
            edits.Blank(modifier.Span);
        }

        int body = Shape.Body(method)!.SpanStart;
        edits.Insert(body, $"; {CoreHead(method, core, builder)} {Markers.Column(method, body)}");
    }

    /// <summary>Whether the method states its accessibility. A partial method that returns something must state it.</summary>
    private static bool IsAccessible(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(modifier =>
            modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword
        );

    private static string CoreHead(MethodDeclarationSyntax method, string core, string builder)
    {
        var modifiers = method
            .Modifiers.Where(modifier =>
                modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.AsyncKeyword
            )
            .Select(modifier => modifier.Text + " ");
        var constraints = method.ConstraintClauses.Select(clause => " " + HeadText.OneLine(clause));
        string typeParameters = method.TypeParameterList is { } list ? HeadText.OneLine(list) : "";
        return $"{AsyncBuilders.WithBody(method.AttributeLists, builder)}private {string.Concat(modifiers)}{AsyncBuilders.Returns(HeadText.OneLine(method.ReturnType), builder)} {core}"
            + $"{typeParameters}{HeadText.OneLine(method.ParameterList)}{string.Concat(constraints)}";
    }
}
