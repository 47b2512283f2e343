using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>How a hot method is measured.</summary>
internal enum Form
{
    /// <summary>A partial declaration and its core.</summary>
    Pair,

    /// <summary>A frame opened at the top of the body.</summary>
    InPlace,

    /// <summary>Not at all.</summary>
    Plain,
}

/// <summary>What syntax alone says about how a method can be measured, and why it cannot where it cannot.</summary>
/// <param name="Form">The form it takes in measured builds.</param>
/// <param name="Reason">Why it is left plain and what to do; null for the other forms.</param>
internal readonly record struct Shape(Form Form, string? Reason = null)
{
    /// <summary>Classifies a declaration.</summary>
    /// <param name="declaration">A method, constructor, finalizer, operator, accessor, expression-bodied property or local function.</param>
    /// <param name="passesItsName">Whether the body calls something that takes the caller's member name; the name of a pair's core would show there.</param>
    public static Shape Of(SyntaxNode declaration, bool passesItsName = false)
    {
        if (declaration is AnonymousFunctionExpressionSyntax)
        {
            return Plain("a lambda has no name to report under; move its body into a method");
        }

        if (Body(declaration) is null)
        {
            return Plain("it has no body here; mark the methods that implement it");
        }

        string? obstacle = PairObstacle(declaration, passesItsName);
        if (!IsDeferred(declaration))
        {
            return new(obstacle is null && !ReadsItsOwnFrame(declaration) ? Form.Pair : Form.InPlace);
        }

        return obstacle is null
            ? new(Form.Pair)
            : Plain($"an async or iterator method is measured as a pair, and {obstacle}");
    }

    /// <summary>The block or arrow that holds the method's code; null where there is none.</summary>
    public static SyntaxNode? Body(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        _ => null,
    };

    /// <summary>Whether the body runs after the call that starts it has returned.</summary>
    public static bool IsDeferred(SyntaxNode declaration) => IsAsync(declaration) || IsIterator(declaration);

    public static bool IsAsync(SyntaxNode declaration) => Modifiers(declaration).Any(SyntaxKind.AsyncKeyword);

    public static bool IsIterator(SyntaxNode declaration) =>
        Body(declaration) is BlockSyntax block && OwnNodes(block).Any(node => node is YieldStatementSyntax);

    /// <summary>The nodes below <paramref name="body"/> that belong to it and not to a function nested in it.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode body) =>
        body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    public static SyntaxTokenList Modifiers(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.Modifiers,
        AccessorDeclarationSyntax accessor => accessor.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        _ => default,
    };

    private static Shape Plain(string reason) => new(Form.Plain, reason);

    /// <summary>What keeps a declaration from being split into a partial declaration and a core.</summary>
    private static string? PairObstacle(SyntaxNode declaration, bool passesItsName)
    {
        if (declaration is not MethodDeclarationSyntax method)
        {
            return declaration is LocalFunctionStatementSyntax
                ? "a local function cannot be one; make it a method"
                : "only methods can be one; move the body into a method";
        }

        SyntaxTokenList modifiers = method.Modifiers;
        bool generic = method.TypeParameterList is not null;
        return passesItsName ? "it calls something that takes the caller's member name; pass the name explicitly"
            : method.ExplicitInterfaceSpecifier is not null ? "an explicit interface implementation cannot be one; let it call a private method"
            : modifiers.Any(SyntaxKind.PartialKeyword) ? "it already is half of a partial method; let it call a private method"
            : modifiers.Any(SyntaxKind.OverrideKeyword) && generic ? "a generic override inherits its constraints; let it call a private method"
            : method.Parent is InterfaceDeclarationSyntax ? "an interface member cannot be one; let it call a private method of the interface"
            : method.Parent is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax) ? "a member of an extension block cannot be one; write it as a classic extension method"
            : IsInFileLocalType(method) ? "a file-local type cannot be completed by a generated file; drop the file modifier"
            : IsEntryPoint(method) ? "the entry point cannot be one; let Main call a method"
            : HasAttribute(method, "Conditional", "ModuleInitializer", "UnmanagedCallersOnly") ? "its attributes forbid it; let it call a private method"
            : HeadSpansTokens(method) ? "its head holds a string of several lines; move that into a constant"
            : null;
    }

    private static bool IsInFileLocalType(SyntaxNode node) =>
        node.Ancestors().OfType<TypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword));

    private static bool IsEntryPoint(MethodDeclarationSyntax method) =>
        method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool HasAttribute(MethodDeclarationSyntax method, params string[] names) =>
        method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => names.Contains(AttributeNames.Simple(attribute)));

    /// <summary>A token over several lines in the head could not be repeated on one line.</summary>
    private static bool HeadSpansTokens(MethodDeclarationSyntax method) =>
        method.ParameterList.DescendantTokens().Any(token => token.Text.Contains('\n'));

    /// <summary>Asks the runtime which method it is in: in a core the answer would change.</summary>
    private static bool ReadsItsOwnFrame(SyntaxNode declaration) =>
        Body(declaration)!.DescendantNodes().Any(node => node switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText is "GetCurrentMethod" or "GetCallingAssembly",
            ObjectCreationExpressionSyntax creation => AttributeNames.Rightmost(creation.Type) is "StackTrace" or "StackFrame",
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "StackTrace" && AttributeNames.Rightmost(access.Expression) == "Environment",
            _ => false,
        });
}
