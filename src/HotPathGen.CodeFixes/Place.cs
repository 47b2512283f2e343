using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPathGen.CodeFixes;

/// <summary>The place that a rule has reported.</summary>
internal sealed record Place(SemanticModel Model, SyntaxNode Node, CancellationToken Cancellation)
{
    public Compilation Compilation => Model.Compilation;

    public SyntaxTree Tree => Node.SyntaxTree;

    /// <summary>The member that contains the place. All local names belong to it.</summary>
    public MemberDeclarationSyntax? Member => Node.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    public static async Task<Place?> AtAsync(Document document, TextSpan span, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return
            root is null || !root.FullSpan.Contains(span) || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            ? null
            : new(model, root.FindNode(span, getInnermostNodeForTie: true), cancellation);
    }

    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => Model.GetTypeInfo(expression, Cancellation).Type;

    public ISymbol? SymbolOf(SyntaxNode node) => Model.GetSymbolInfo(node, Cancellation).Symbol;

    /// <summary>
    /// Whether an expression cannot be null, according to the compiler's own flow analysis. A null that the annotations do not allow may then fail
    /// with another exception. Without nullable annotations nothing is known, and nothing is offered.
    /// </summary>
    public bool IsNotNull(ExpressionSyntax expression) =>
        Model.GetTypeInfo(expression, Cancellation) is var info
        && (info.Type is { IsValueType: true } || (info.Nullability.FlowState == NullableFlowState.NotNull && IsAnnotated(expression)));

    /// <summary>Whether an expression has annotations. Flow analysis treats what was declared without them as not null.</summary>
    private bool IsAnnotated(ExpressionSyntax expression) =>
        (
            expression is ElementAccessExpressionSyntax { Expression: var array } && TypeOf(array) is IArrayTypeSymbol type
                ? type.ElementNullableAnnotation
                : SymbolOf(expression) switch
                {
                    IFieldSymbol field => field.NullableAnnotation,
                    IPropertySymbol property => property.NullableAnnotation,
                    IParameterSymbol parameter => parameter.NullableAnnotation,
                    ILocalSymbol local => local.NullableAnnotation,
                    IMethodSymbol method => method.ReturnNullableAnnotation,
                    _ => NullableAnnotation.NotAnnotated,
                }
        ) != NullableAnnotation.None;

    /// <summary>The text of a type as one would write it here.</summary>
    public string Write(ITypeSymbol type) =>
        type.ToMinimalDisplayString(
            Model,
            Node.SpanStart,
            SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
                SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            )
        );

    /// <summary>The text of a type in the namespace System with one type argument.</summary>
    public string WriteSystem(string name, string argument) => WriteSystem(Model, Node.SpanStart, name, argument);

    /// <inheritdoc cref="WriteSystem(string, string)"/>
    public static string WriteSystem(SemanticModel model, int position, string name, string argument)
    {
        bool isImported = model
            .LookupNamespacesAndTypes(position, name: name)
            .Any(static type =>
                type is INamedTypeSymbol { Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            );
        return $"{(isImported ? "" : "System.")}{name}<{argument}>";
    }

    /// <summary>A name that nothing in the member uses.</summary>
    public string Unused(string name)
    {
        HashSet<string> used =
        [
            .. Member!.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText),
        ];
        string free = name;
        for (int i = 2; used.Contains(free); i++)
        {
            free = name + i;
        }

        return free;
    }

    /// <summary>
    /// Whether the place is in a lambda that becomes an expression tree. The form of such a lambda is its meaning, so it must not change.
    /// </summary>
    public bool IsInExpressionTree =>
        Node.AncestorsAndSelf()
            .OfType<LambdaExpressionSyntax>()
            .Any(lambda => Model.GetTypeInfo(lambda, Cancellation).ConvertedType is { Name: "Expression" })
        || Node.AncestorsAndSelf().OfType<QueryExpressionSyntax>().Any();
}
