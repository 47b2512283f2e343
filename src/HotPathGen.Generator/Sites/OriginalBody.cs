using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>The original body of a core, as the user wrote it, with all that finding and measuring its sites needs.</summary>
internal sealed class OriginalBody
{
    private readonly bool _knowsRefStructArguments;

    public OriginalBody(SourceFile file, MethodDeclarationSyntax core, IMethodSymbol method, CancellationToken cancellation)
    {
        (File, Core, Method, Cancellation) = (file, core, method, cancellation);
        Model = file.ModelOfBody();
        Syntax = Shape.Body(core)!;
        _knowsRefStructArguments = core.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp13 };
        Whole = Model.GetOperation(core, cancellation) as IMethodBodyOperation;
        Operation = Whole?.BlockBody ?? Whole?.ExpressionBody;
        ReturnsValue = Operation is not IBlockOperation { Operations: [IExpressionStatementOperation, ..] };
    }

    public SourceFile File { get; }

    public MethodDeclarationSyntax Core { get; }

    public IMethodSymbol Method { get; }

    public CancellationToken Cancellation { get; }

    public SemanticModel Model { get; }

    /// <summary>The block of the body, or its arrow and expression.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The method's operations; null if the compiler does not understand them.</summary>
    public IMethodBodyOperation? Whole { get; }

    /// <summary>The operations of the body alone, without what surrounds them.</summary>
    public IOperation? Operation { get; }

    /// <summary>Whether the expression behind an arrow is what the method gives back.</summary>
    public bool ReturnsValue { get; }

    /// <summary>Whether a value of a type can be an argument of a probe.</summary>
    public bool CanBeArgument(ITypeSymbol? type) =>
        type
            is {
                SpecialType: not (
                    SpecialType.System_Void
                    or SpecialType.System_TypedReference
                    or SpecialType.System_ArgIterator
                    or SpecialType.System_RuntimeArgumentHandle
                )
            }
        && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer)
        && (!type.IsRefLikeType || _knowsRefStructArguments);

    public bool Awaits(SyntaxNode node) => Method.IsAsync && node.DescendantNodesAndSelf().Any(static inner => inner is AwaitExpressionSyntax);

    /// <summary>
    /// Finds a node behind which text can be written that runs whenever the expression has run. It is an expression among the incrementors of a loop,
    /// a statement, or the body's arrow; null if there is none.
    /// </summary>
    public SyntaxNode? Behind(ExpressionSyntax expression)
    {
        SyntaxNode? node = expression;
        while (
            node
                is ExpressionSyntax
                    or ArgumentSyntax
                    or ArgumentListSyntax
                    or EqualsValueClauseSyntax
                    or VariableDeclaratorSyntax
                    or VariableDeclarationSyntax
        )
        {
            if (node.Parent is ForStatementSyntax loop && node is ExpressionSyntax incrementor && loop.Incrementors.Contains(incrementor))
            {
                return incrementor;
            }

            node = node.Parent;
        }

        return node switch
        {
            ExpressionStatementSyntax or LocalDeclarationStatementSyntax => node,
            ArrowExpressionClauseSyntax when node == Syntax && !ReturnsValue => node,
            _ => null,
        };
    }
}
