using HotPathGen.Generator.Symbols;
using HotPathGen.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// The original body of a core, or of a function in it, as the user wrote it, with all that finding and measuring its sites needs.
/// </summary>
internal sealed class OriginalBody
{
    /// <summary>The distance between the levels of a function's body and those of the code round the function.</summary>
    private const int LevelsOfFunction = 100_000;

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
        End = core.SemicolonToken.Span.End;
    }

    /// <param name="outer">The body that contains the function.</param>
    /// <param name="function">A lambda or local function.</param>
    /// <param name="level">How deep the function is nested in the outer body.</param>
    public OriginalBody(OriginalBody outer, NestedFunction function, int level)
    {
        (File, Core, Method, Cancellation, Model) = (outer.File, outer.Core, function.Symbol, outer.Cancellation, outer.Model);
        _knowsRefStructArguments = outer._knowsRefStructArguments;
        (Syntax, Operation, Level) = (function.Body, function.Operations, level + LevelsOfFunction);
        ReturnsValue = Operation is not IBlockOperation { Operations: [IExpressionStatementOperation, ..] };
        End = function.End;
    }

    public SourceFile File { get; }

    public MethodDeclarationSyntax Core { get; }

    public IMethodSymbol Method { get; }

    public CancellationToken Cancellation { get; }

    public SemanticModel Model { get; }

    /// <summary>The block of the body, or its arrow and expression; for a lambda, the block or the expression.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The expression of a body without a block.</summary>
    public ExpressionSyntax? Expression => Syntax is ArrowExpressionClauseSyntax arrow ? arrow.Expression : Syntax as ExpressionSyntax;

    /// <summary>The position behind a body without a block. For a lambda no semicolon stands before it.</summary>
    public int End { get; }

    /// <summary>The level at which edits of the body begin. Those of the code round it have lower levels.</summary>
    public int Level { get; }

    /// <summary>The method's operations; null for a function, and if the compiler does not understand them.</summary>
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
            node != Syntax
            && node
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
            ArrowExpressionClauseSyntax or ExpressionSyntax when node == Syntax && !ReturnsValue => node,
            _ => null,
        };
    }
}
