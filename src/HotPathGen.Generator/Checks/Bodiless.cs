using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.Generator.Checks;

/// <summary>
/// Prints a source without the bodies of its members. The errors of all copies are asked for at once, because the compiler looks at every type of the
/// compilation each time it is asked for the errors of one file. Without these bodies, it has no others to bind.
/// </summary>
internal static class Bodiless
{
    public static SyntaxTree Of(SyntaxTree tree, CancellationToken cancellation)
    {
        var source = tree.GetText(cancellation);
        var printed = new StringBuilder();
        string text = "";
        int done = 0;
        foreach (var body in Bodies(((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members))
        {
            // A directive that begins in the body may end behind it.
            if (body.ContainsDirectives)
            {
                continue;
            }

            text = text.Length == 0 ? source.ToString() : text;
            printed.Append(text, done, body.SpanStart - done).Append(body is BlockSyntax ? "{ throw null; }" : "=> throw null");
            done = body.Span.End;
        }

        return done == 0
            ? tree
            : CSharpSyntaxTree.ParseText(
                printed.Append(text, done, text.Length - done).ToString(),
                (CSharpParseOptions)tree.Options,
                tree.FilePath,
                cancellationToken: cancellation
            );
    }

    private static IEnumerable<SyntaxNode> Bodies(SyntaxList<MemberDeclarationSyntax> members) =>
        members.SelectMany(static member =>
            member switch
            {
                BaseNamespaceDeclarationSyntax space => Bodies(space.Members),
                TypeDeclarationSyntax type => Bodies(type.Members),
                BaseMethodDeclarationSyntax method => Body(method.Body, method.ExpressionBody),
                PropertyDeclarationSyntax { ExpressionBody: { } body } => [body],
                IndexerDeclarationSyntax { ExpressionBody: { } body } => [body],
                BasePropertyDeclarationSyntax { AccessorList: { } list } => list.Accessors.SelectMany(static accessor =>
                    Body(accessor.Body, accessor.ExpressionBody)
                ),
                _ => [],
            }
        );

    private static IEnumerable<SyntaxNode> Body(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow) =>
        block is not null ? [block]
        : arrow is not null ? [arrow]
        : [];
}
