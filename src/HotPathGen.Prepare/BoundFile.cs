using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Prepare;

/// <summary>
/// A file as the compiler binds it: what its lambdas and async methods return, and which lambdas are expression trees. Most files have nothing for
/// which this matters, and are not bound.
/// </summary>
/// <param name="modelOf">Binds a file; null where the project cannot be bound.</param>
/// <param name="file">The file.</param>
internal sealed class BoundFile(Func<SyntaxTree, SemanticModel?> modelOf, SourceFile file)
{
    private SemanticModel? _model;

    /// <summary>Whether an answer was asked for. It can change when any other file does.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>The function that a lambda is; null if the compiler cannot tell, as in code that does not compile.</summary>
    public IMethodSymbol? Of(AnonymousFunctionExpressionSyntax lambda) =>
        Model?.GetSymbolInfo(lambda).Symbol is IMethodSymbol function
        && function.ReturnType.TypeKind != TypeKind.Error
        && Model.GetTypeInfo(lambda).ConvertedType is not (null or IErrorTypeSymbol)
            ? function
            : null;

    /// <summary>The method or local function that a declaration declares; null if the compiler cannot tell what it returns.</summary>
    public IMethodSymbol? Of(SyntaxNode declaration) =>
        Model?.GetDeclaredSymbol(declaration) is IMethodSymbol { ReturnType: not IErrorTypeSymbol } function ? function : null;

    /// <summary>
    /// Whether a node may pass the caller's member name. The compiler says which overload a call calls. Of other nodes it is not asked.
    /// </summary>
    public bool MayPassName(SyntaxNode node) =>
        node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
        || (
            Model?.GetOperation(node) switch
            {
                IInvocationOperation call => call.Arguments,
                IObjectCreationOperation creation => creation.Arguments,
                _ => default(ImmutableArray<IArgumentOperation>?),
            }
        )?.Any(IsCallerName)
            is not false;

    private static bool IsCallerName(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }
        && parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "CallerMemberNameAttribute");

    /// <summary>
    /// The constraints of a method that inherits them, as clauses; null if the compiler cannot tell, or a type among them has no name.
    /// </summary>
    public string? ConstraintsOf(SyntaxNode method) => Of(method) is { } symbol ? Constraints.Print(symbol) : null;

    /// <summary>
    /// Whether a lambda is an expression tree or a part of one. Such a lambda is data, and its text stays as it is. Those with braces are none, nor
    /// are async ones.
    /// </summary>
    public bool IsTree(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.Block is not null || lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword))
        {
            return false;
        }

        for (var operation = Model?.GetOperation(lambda); operation is not null; operation = operation.Parent)
        {
            if (
                operation is IAnonymousFunctionOperation
                {
                    Parent: IConversionOperation
                    {
                        Type: INamedTypeSymbol { ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" } }
                    }
                }
            )
            {
                return true;
            }
        }

        return false;
    }

    private SemanticModel? Model
    {
        get
        {
            WasAsked = true;
            return _model ??= modelOf(file.Tree);
        }
    }
}
