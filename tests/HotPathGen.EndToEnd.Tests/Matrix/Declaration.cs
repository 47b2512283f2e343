using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>A piece of code that a user wrote and that could be measured.</summary>
/// <param name="Name">The name in metadata; for a core, the name of its pair.</param>
/// <param name="Line">The line of its name, or of what it has instead of a name.</param>
/// <param name="Marked">What its own attributes, or those of its property, say.</param>
/// <param name="IsHot">What the nearest attribute says; null where there is none.</param>
/// <param name="IsHalf">Whether it is the declaration of a partial method that is implemented elsewhere and so counts there.</param>
/// <param name="IsFunction">Whether it is a lambda or local function.</param>
internal sealed record Declaration(string Name, int Line, bool? Marked, bool? IsHot, bool IsHalf, bool IsFunction)
{
    public static readonly CSharpParseOptions Options = new(
        LanguageVersion.CSharp14,
        preprocessorSymbols: ["HOTPATH_INSTRUMENTATION", "NET10_0_OR_GREATER"]
    );

    /// <summary>
    /// All declarations that have a body, and those that are marked and have none. The cores of pairs are left out: their declarations count. A local
    /// function or lambda may be measured apart; it must be where it is marked itself. Top-level statements are a method without a name.
    /// </summary>
    public static IReadOnlyList<Declaration> In(Row row)
    {
        var root = CSharpSyntaxTree.ParseText(row.Text, Options).GetRoot();
        TypeDeclarationSyntax[] types =
        [
            .. row.Parts.SelectMany(part =>
                CSharpSyntaxTree.ParseText(part.Text, Options).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            ),
        ];
        string[] methods =
        [
            .. types.SelectMany(type => type.Members).OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText),
        ];
        string[] cores =
        [
            .. root.DescendantNodes().Where(IsBare).OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText + "Core"),
        ];
        return
        [
            .. from node in root.DescendantNodes()
            where HasBody(node) || IsBare(node)
            let declaration = Of(node, root, types)
            let isPair = methods.Contains(declaration.Name + "Core")
            where !cores.Contains(declaration.Name)
            where HasBody(node) || isPair || declaration.Marked is true
            select declaration with
            {
                IsHalf = !HasBody(node) && IsPartial(node) && !isPair,
            },
        ];
    }

    private static bool IsPartial(SyntaxNode node) => node is MethodDeclarationSyntax method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static bool IsBare(SyntaxNode node) => node is MethodDeclarationSyntax or AccessorDeclarationSyntax && !HasBody(node);

    private static bool HasBody(SyntaxNode node) =>
        node switch
        {
            BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
            AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
            PropertyDeclarationSyntax property => property.ExpressionBody is not null,
            IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
            LocalFunctionStatementSyntax local => local.Body is not null || local.ExpressionBody is not null,
            AnonymousFunctionExpressionSyntax => true,
            _ => false,
        };

    private static Declaration Of(SyntaxNode node, SyntaxNode root, TypeDeclarationSyntax[] types)
    {
        var own = node switch
        {
            AccessorDeclarationSyntax accessor => accessor.AttributeLists,
            MemberDeclarationSyntax member => member.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            LambdaExpressionSyntax lambda => lambda.AttributeLists,
            _ => default,
        };
        bool nested = node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;
        bool? marked = Attributes.Verdict(own)
            ?? (
                node is AccessorDeclarationSyntax { Parent.Parent: MemberDeclarationSyntax holder } ? Attributes.Verdict(holder.AttributeLists) : null
            );
        bool? hot = marked
            ?? (
                nested
                    ? false
                    : node.Ancestors()
                        .OfType<BaseTypeDeclarationSyntax>()
                        .Select(type => OfType(type, types))
                        .FirstOrDefault(verdict => verdict is not null)
                        ?? root.ChildNodes()
                            .OfType<AttributeListSyntax>()
                            .Select(list => Attributes.Verdict([list]))
                            .FirstOrDefault(verdict => verdict is not null)
            );
        var (name, place) = NameOf(node);
        return new(name, place.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1, marked, hot, IsHalf: false, nested);
    }

    /// <summary>An attribute on one part of a partial type applies to all its parts.</summary>
    private static bool? OfType(BaseTypeDeclarationSyntax type, TypeDeclarationSyntax[] types) =>
        Attributes.Verdict(type.AttributeLists)
        ?? (
            type.Modifiers.Any(SyntaxKind.PartialKeyword)
                ? types
                    .Where(other => other.Identifier.ValueText == type.Identifier.ValueText)
                    .Select(other => Attributes.Verdict(other.AttributeLists))
                    .FirstOrDefault(verdict => verdict is not null)
                : null
        );

    private static (string Name, SyntaxToken Place) NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => (method.Identifier.ValueText, method.Identifier),
            ConstructorDeclarationSyntax constructor => (
                constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? "#cctor" : "#ctor",
                constructor.Identifier
            ),
            DestructorDeclarationSyntax finalizer => ("Finalize", finalizer.Identifier),
            OperatorDeclarationSyntax operation => ("operator", operation.OperatorToken),
            ConversionOperatorDeclarationSyntax conversion => ("operator", conversion.OperatorKeyword),
            AccessorDeclarationSyntax { Parent.Parent: IndexerDeclarationSyntax } accessor => ($"{Prefix(accessor)}Item", accessor.Keyword),
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } accessor => (
                Prefix(accessor) + property.Identifier.ValueText,
                accessor.Keyword
            ),
            AccessorDeclarationSyntax { Parent.Parent: EventDeclarationSyntax declared } accessor => (
                Prefix(accessor) + declared.Identifier.ValueText,
                accessor.Keyword
            ),
            PropertyDeclarationSyntax property => ("get_" + property.Identifier.ValueText, property.Identifier),
            IndexerDeclarationSyntax indexer => ("get_Item", indexer.ThisKeyword),
            LocalFunctionStatementSyntax local => (local.Identifier.ValueText, local.Identifier),
            LambdaExpressionSyntax lambda => ("lambda", lambda.ArrowToken),
            _ => ("lambda", node.GetFirstToken()),
        };

    private static string Prefix(AccessorDeclarationSyntax accessor) =>
        accessor.Keyword.Kind() switch
        {
            SyntaxKind.GetKeyword => "get_",
            SyntaxKind.AddKeyword => "add_",
            SyntaxKind.RemoveKeyword => "remove_",
            _ => "set_",
        };
}
