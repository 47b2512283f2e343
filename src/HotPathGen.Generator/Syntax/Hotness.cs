using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPathGen.Syntax;

/// <summary>What makes methods hot apart from their own attributes.</summary>
/// <param name="Everything">The value of <c>HotPathInstrumentAll</c>.</param>
/// <param name="Assembly">The verdict of an attribute on the assembly; null if there is none.</param>
/// <param name="Types">The verdicts of attributes on types, by <see cref="Hotness.QualifiedName"/>. An attribute on one part of a type holds for
/// all.</param>
internal sealed record HotScope(bool Everything, bool? Assembly, IReadOnlyDictionary<string, bool> Types);

/// <summary>Decides from syntax which methods are hot: the nearest <c>[Instrument]</c> or <c>[DoNotInstrument]</c> counts.</summary>
internal static class Hotness
{
    /// <summary>True for <c>[Instrument]</c>, false for <c>[DoNotInstrument]</c>, null for neither.</summary>
    public static bool? Verdict(SyntaxList<AttributeListSyntax> lists)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                switch (AttributeNames.Simple(attribute))
                {
                    case "Instrument":
                        return true;
                    case "DoNotInstrument":
                        return false;
                }
            }
        }

        return null;
    }

    /// <summary>The verdict of the declaration's own attributes, or of those of its property.</summary>
    public static bool? OwnVerdict(SyntaxNode declaration) =>
        declaration switch
        {
            AccessorDeclarationSyntax accessor => Verdict(accessor.AttributeLists)
                ?? (accessor.Parent?.Parent is MemberDeclarationSyntax member ? Verdict(member.AttributeLists) : null),
            MemberDeclarationSyntax member => Verdict(member.AttributeLists),
            LocalFunctionStatementSyntax local => Verdict(local.AttributeLists),
            LambdaExpressionSyntax lambda => Verdict(lambda.AttributeLists),
            _ => null,
        };

    /// <summary>Whether a method is hot.</summary>
    public static bool IsHot(SyntaxNode declaration, HotScope scope)
    {
        if (OwnVerdict(declaration) is { } own)
        {
            return own;
        }

        if (declaration is LocalFunctionStatementSyntax or LambdaExpressionSyntax || IsCoreOfPair(declaration))
        {
            return false;
        }

        for (var node = declaration.Parent; node is not null; node = node.Parent)
        {
            if (node is BaseTypeDeclarationSyntax type && scope.Types.TryGetValue(QualifiedName(type), out bool verdict))
            {
                return verdict;
            }
        }

        return scope.Assembly ?? scope.Everything;
    }

    /// <summary>The reason why a function that only moves values is not measured.</summary>
    public const string OnlyMoves = "it only moves values: no call, no allocation, no loop; mark it itself to have it measured";

    /// <summary>
    /// Whether a lambda or local function in a hot method is hot: the nearest attribute on it or on the functions round it counts. Without one, it is
    /// hot, unless a tool wrote all of it.
    /// </summary>
    public static bool IsHotFunction(SyntaxNode function)
    {
        for (var node = function; node is not (null or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && OwnVerdict(node) is { } verdict)
            {
                return verdict;
            }
        }

        return !UserPlace.IsNowhere(function);
    }

    /// <summary>The hot functions in a body that do more than move values. Functions in such a function are left out.</summary>
    public static IEnumerable<SyntaxNode> FunctionsIn(SyntaxNode body) =>
        body.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Where(static node =>
                node switch
                {
                    AnonymousFunctionExpressionSyntax lambda => IsHotFunction(lambda) && !IsTrivialFunction(lambda, lambda.Body),
                    LocalFunctionStatementSyntax local => Shape.Body(local) is { } code && IsHotFunction(local) && !IsTrivialFunction(local, code),
                    _ => false,
                }
            );

    /// <summary>Whether a lambda or local function only moves values, and is not marked itself.</summary>
    public static bool IsTrivialFunction(SyntaxNode function, SyntaxNode body) => OwnVerdict(function) is null && OnlyMovesValues(body);

    /// <summary>The declarations of a file that could be hot.</summary>
    public static IEnumerable<SyntaxNode> Candidates(SyntaxNode root) =>
        root.DescendantNodes()
            .Where(node =>
                node
                    is BaseMethodDeclarationSyntax
                        or AccessorDeclarationSyntax
                        or LocalFunctionStatementSyntax
                        or LambdaExpressionSyntax
                        or PropertyDeclarationSyntax { ExpressionBody: not null }
                        or IndexerDeclarationSyntax { ExpressionBody: not null }
            );

    /// <summary>
    /// Whether a declaration is an accessor or constructor that only moves values. It costs less than a frame and cannot allocate. Therefore it is
    /// measured only if it is marked itself, and not if only its type or assembly is.
    /// </summary>
    public static bool IsTrivial(SyntaxNode declaration) =>
        declaration is AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or ConstructorDeclarationSyntax
        && Shape.Body(declaration) is { } body
        && OnlyMovesValues(body);

    /// <summary>Whether code has no call, no allocation and no loop.</summary>
    /// <param name="mayAdd">Whether additions are allowed. They are known to add numbers then, not strings.</param>
    public static bool OnlyMovesValues(SyntaxNode code, bool mayAdd = false) =>
        !code.DescendantNodesAndSelf()
            .Any(node =>
                (!mayAdd && node.IsKind(SyntaxKind.AddExpression))
                || node
                    is InvocationExpressionSyntax
                        or BaseObjectCreationExpressionSyntax
                        or ArrayCreationExpressionSyntax
                        or ImplicitArrayCreationExpressionSyntax
                        or CollectionExpressionSyntax
                        or InterpolatedStringExpressionSyntax
                        or AnonymousFunctionExpressionSyntax
                        or AnonymousObjectCreationExpressionSyntax
                        or WithExpressionSyntax
                        or ElementAccessExpressionSyntax
                        or InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression }
                        or CommonForEachStatementSyntax
                        or ForStatementSyntax
                        or WhileStatementSyntax
                        or DoStatementSyntax
                        or YieldStatementSyntax
                        or AwaitExpressionSyntax
                        or QueryExpressionSyntax
                        or LockStatementSyntax
            );

    /// <summary>The namespace, the containing types and the name with arity of a type. All parts of a type have the same key.</summary>
    public static string QualifiedName(BaseTypeDeclarationSyntax type)
    {
        string name = Segment(type);
        for (var node = type.Parent; node is not null; node = node.Parent)
        {
            name = node switch
            {
                BaseTypeDeclarationSyntax outer => Segment(outer) + "." + name,
                BaseNamespaceDeclarationSyntax space => string.Concat(space.Name.DescendantTokens().Select(token => token.ValueText)) + "." + name,
                _ => name,
            };
        }

        return name;

        static string Segment(BaseTypeDeclarationSyntax type) =>
            type is TypeDeclarationSyntax { TypeParameterList.Parameters.Count: var arity and > 0 }
                ? $"{type.Identifier.ValueText}`{arity}"
                : type.Identifier.ValueText;
    }

    /// <summary>Whether a method is the core of a pair that the user wrote. It is counted by the declaration of the pair.</summary>
    public static bool IsCoreOfPair(SyntaxNode declaration) => DeclarationsOf(declaration).Any();

    /// <summary>
    /// The declaration of the pair that the user wrote with a method as its core; null if there is none in the same part of the type.
    /// </summary>
    public static MethodDeclarationSyntax? DeclarationOf(MethodDeclarationSyntax core) =>
        DeclarationsOf(core)
            .FirstOrDefault(declaration =>
                Same(declaration.ReturnType, core.ReturnType)
                && declaration.ParameterList.Parameters.Count <= core.ParameterList.Parameters.Count
                && declaration
                    .ParameterList.Parameters.Zip(core.ParameterList.Parameters, static (own, other) => Same(own.Type, other.Type))
                    .All(static same => same)
            );

    private static IEnumerable<MethodDeclarationSyntax> DeclarationsOf(SyntaxNode core) =>
        core is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type, Identifier.ValueText: var name }
        && name.EndsWith("Core", System.StringComparison.Ordinal)
            ? type
                .Members.OfType<MethodDeclarationSyntax>()
                .Where(other =>
                    other is { Body: null, ExpressionBody: null }
                    && other.Modifiers.Any(SyntaxKind.PartialKeyword)
                    && other.Identifier.ValueText + "Core" == name
                )
            : [];

    private static bool Same(SyntaxNode? one, SyntaxNode? other) => SyntaxFactory.AreEquivalent(one, other);
}
