using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>How a hot method is measured.</summary>
internal enum Form
{
    /// <summary>As a pair: a partial declaration and its core.</summary>
    Pair,

    /// <summary>As a pair beside the member, which calls it.</summary>
    Forwarded,

    /// <summary>In place: a frame is opened at the top of the body.</summary>
    InPlace,

    /// <summary>Not measured.</summary>
    Plain,
}

/// <summary>How a method can be measured, from its syntax alone, and why not if it cannot.</summary>
/// <param name="Form">The form in which measured builds measure it.</param>
/// <param name="Reason">Why the method is left plain, or why its body stays in place, and what to do; null for pairs.</param>
internal readonly record struct Shape(Form Form, string? Reason = null)
{
    private const string DeferredInStruct =
        "an async or iterator member of a struct is measured as a pair, and this one cannot be split into one; let it call a private method";

    /// <summary>Classifies a declaration.</summary>
    /// <param name="declaration">
    /// A method, constructor, finalizer, operator, accessor, expression-bodied property, local function or lambda; a type for its primary
    /// constructor.
    /// </param>
    /// <param name="passesItsName">
    /// Whether the body calls something that takes the caller's member name. In a pair, the name of the core would be passed.
    /// </param>
    public static Shape Of(SyntaxNode declaration, bool passesItsName = false)
    {
        if (declaration is AnonymousFunctionExpressionSyntax)
        {
            return new(Form.InPlace);
        }

        if (declaration is TypeDeclarationSyntax type)
        {
            return Initializers.ReasonOfPrimary(type) is { } unmeasured ? Plain(unmeasured) : new(Form.InPlace);
        }

        if (Body(declaration) is null)
        {
            return Plain("it has no body here; mark the methods that implement it");
        }

        bool deferred = IsDeferred(declaration);
        bool asksItsName = passesItsName || (!deferred && ReadsItsOwnFrame(Body(declaration)!));
        if (!asksItsName && CanBePair(declaration))
        {
            return new(Form.Pair);
        }

        string? reason = asksItsName ? Forwarding.OwnName : Forwarding.Reason(declaration);
        return reason is null ? new(Form.Forwarded)
            : deferred && IsInstanceMemberOfStruct(declaration) && (asksItsName || !HasPrivateCore(declaration)) ? Plain(DeferredInStruct)
            : new(Form.InPlace, reason);
    }

    /// <summary>The block or arrow that holds the method's code; null if there is none.</summary>
    public static SyntaxNode? Body(SyntaxNode declaration) =>
        declaration switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            PropertyDeclarationSyntax property => property.ExpressionBody,
            IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
            AnonymousFunctionExpressionSyntax lambda => lambda.Body,
            _ => null,
        };

    /// <summary>Whether the body runs after the call that starts it has returned.</summary>
    public static bool IsDeferred(SyntaxNode declaration) => IsAsync(declaration) || IsIterator(declaration);

    /// <summary>
    /// Whether the body of an async or iterator method that cannot be in a pair moves to a private method beside it. This is so in a struct, where a
    /// local function cannot reach the struct. A generic method is excluded, because the constraints of an explicit implementation cannot be
    /// repeated.
    /// </summary>
    public static bool HasPrivateCore(SyntaxNode declaration) =>
        declaration is MethodDeclarationSyntax { TypeParameterList: null } && IsInstanceMemberOfStruct(declaration);

    public static bool IsAsync(SyntaxNode declaration) => Modifiers(declaration).Any(SyntaxKind.AsyncKeyword);

    public static bool IsIterator(SyntaxNode declaration) =>
        Body(declaration) is BlockSyntax block && OwnNodes(block).Any(node => node is YieldStatementSyntax);

    /// <summary>The nodes below <paramref name="body"/> that belong to it and not to a function nested in it.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode body) =>
        body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    public static SyntaxTokenList Modifiers(SyntaxNode declaration) =>
        declaration switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            AccessorDeclarationSyntax accessor => accessor.Modifiers,
            LocalFunctionStatementSyntax local => local.Modifiers,
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
            _ => default,
        };

    private static Shape Plain(string reason) => new(Form.Plain, reason);

    /// <summary>
    /// Whether a declaration can be split into a partial declaration, which a generated file completes, and a core of another name.
    /// </summary>
    private static bool CanBePair(SyntaxNode declaration) =>
        declaration
            is MethodDeclarationSyntax
            {
                ExplicitInterfaceSpecifier: null,
                Parent: ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
            } method
        && !method.Modifiers.Any(SyntaxKind.PartialKeyword)
        // The constraints of an override are inherited and cannot be repeated.
        && !(method.Modifiers.Any(SyntaxKind.OverrideKeyword) && method.TypeParameterList is not null)
        && !IsInFileLocalType(method)
        && !IsEntryPoint(method)
        && !HasAttribute(method, "Conditional", "ModuleInitializer", "UnmanagedCallersOnly")
        && !HasUnrepeatableHead(method);

    /// <summary>Whether a declaration is an instance member of a struct. The body of a local function cannot reach the struct.</summary>
    private static bool IsInstanceMemberOfStruct(SyntaxNode declaration) =>
        declaration is not LocalFunctionStatementSyntax
        && !Modifiers(declaration).Any(SyntaxKind.StaticKeyword)
        && declaration.Ancestors().OfType<TypeDeclarationSyntax>().First() is { } type
        && type.Kind() is SyntaxKind.StructDeclaration or SyntaxKind.RecordStructDeclaration
        && declaration.Ancestors().OfType<BasePropertyDeclarationSyntax>().FirstOrDefault()?.Modifiers.Any(SyntaxKind.StaticKeyword) is not true;

    public static bool IsInFileLocalType(SyntaxNode node) =>
        node.Ancestors().OfType<TypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword));

    private static bool IsEntryPoint(MethodDeclarationSyntax method) =>
        method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool HasAttribute(MethodDeclarationSyntax method, params string[] names) =>
        method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => names.Contains(AttributeNames.Simple(attribute)));

    /// <summary>
    /// Whether a head cannot be repeated. A token over several lines cannot be repeated on one line; a variable argument list cannot be passed on.
    /// </summary>
    private static bool HasUnrepeatableHead(MethodDeclarationSyntax method) =>
        method.ParameterList.DescendantTokens().Any(token => token.IsKind(SyntaxKind.ArgListKeyword) || token.Text.Contains('\n'));

    /// <summary>Whether the code asks the runtime which method it is in. In a core, the answer would change.</summary>
    public static bool ReadsItsOwnFrame(SyntaxNode code) =>
        code.DescendantNodes()
            .Any(node =>
                node switch
                {
                    IdentifierNameSyntax name => name.Identifier.ValueText is "GetCurrentMethod" or "GetCallingAssembly",
                    ObjectCreationExpressionSyntax creation => AttributeNames.Rightmost(creation.Type) is "StackTrace" or "StackFrame",
                    MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == "StackTrace"
                        && AttributeNames.Rightmost(access.Expression) == "Environment",
                    _ => false,
                }
            );
}
