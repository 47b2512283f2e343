using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Finds code that runs once, or only on the way to an exception. The exception costs more than what such code allocates.</summary>
internal static class ColdCode
{
    public static bool Is(IOperation operation) =>
        operation switch
        {
            IThrowOperation or ICatchClauseOperation => true,
            IBlockOperation { Parent: not (null or IMethodBodyBaseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation) } block =>
                EndsInThrow(block) || IsFirstUse(operation),
            ISwitchCaseOperation section => section.Body.Length > 0 && Throws(section.Body[section.Body.Length - 1]),
            IInvocationOperation invocation => NeverReturns(invocation.TargetMethod),
            IAnonymousFunctionOperation function => IsFactory(function),
            _ => IsFirstUse(operation),
        };

    /// <summary>Whether a method does nothing but throw.</summary>
    public static bool NeverReturns(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "DoesNotReturnAttribute")
            {
                return true;
            }
        }

        // This looks only at syntax, because it is asked of every call.
        return method.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax() switch
            {
                BaseMethodDeclarationSyntax { ExpressionBody.Expression: ThrowExpressionSyntax } => true,
                BaseMethodDeclarationSyntax { Body.Statements: [.., ThrowStatementSyntax] statements } => IsOnlyWay(statements),
                LocalFunctionStatementSyntax { ExpressionBody.Expression: ThrowExpressionSyntax } => true,
                LocalFunctionStatementSyntax { Body.Statements: [.., ThrowStatementSyntax] statements } => IsOnlyWay(statements),
                _ => false,
            };

        static bool IsOnlyWay(SyntaxList<StatementSyntax> statements) =>
            !statements.Any(static statement =>
                statement
                    .DescendantNodesAndSelf()
                    .Any(static node =>
                        node is ReturnStatementSyntax or YieldStatementSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
                    )
            );
    }

    private static bool EndsInThrow(IBlockOperation block) => block.Operations.Length > 0 && Throws(block.Operations[block.Operations.Length - 1]);

    private static bool Throws(IOperation statement) =>
        statement switch
        {
            IThrowOperation => true,
            IExpressionStatementOperation { Operation: IInvocationOperation invocation } => NeverReturns(invocation.TargetMethod),
            IBlockOperation block => EndsInThrow(block),
            _ => false,
        };

    private static bool IsFactory(IAnonymousFunctionOperation function)
    {
        var parent = function.Parent;
        while (parent is IConversionOperation or IDelegateCreationOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } && Collections.TakesFactory(method)
            || parent is IArgumentOperation { Parent: IObjectCreationOperation { Type: var made } } && Collections.IsMadeOnce(made);
    }

    /// <summary>
    /// Whether an operation is part of <c>field ??= value</c> or <c>if (field == null) { field = value; }</c>. The value is kept, and so it is made
    /// once. A local may stand for the field that it was read from.
    /// </summary>
    private static bool IsFirstUse(IOperation operation) =>
        operation.Parent switch
        {
            ICoalesceAssignmentOperation assignment => assignment.Value == operation && IsKept(assignment.Target),
            IConditionalOperation { WhenTrue: { } whenTrue, Condition: { } condition } when whenTrue == operation => Tested(condition) is { } field
                && Fills(operation, field),
            ICoalesceOperation coalesce => coalesce.WhenNull == operation
                && IsKept(coalesce.Value)
                && operation is ISimpleAssignmentOperation { Target: IFieldReferenceOperation target }
                && coalesce.Value is IFieldReferenceOperation { Field: var field }
                && SymbolEqualityComparer.Default.Equals(target.Field, field),
            _ => false,
        };

    private static bool IsKept(IOperation target) => target is IFieldReferenceOperation or IPropertyReferenceOperation;

    private static IFieldSymbol? Tested(IOperation condition) =>
        condition switch
        {
            IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals,
                LeftOperand: var left,
                RightOperand: { ConstantValue: { HasValue: true, Value: null } }
            } => Field(left),
            IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } =>
                Field(value),
            _ => null,
        };

    private static IFieldSymbol? Field(IOperation value) =>
        value switch
        {
            IConversionOperation { IsImplicit: true } conversion => Field(conversion.Operand),
            IFieldReferenceOperation reference => reference.Field,
            ILocalReferenceOperation reference => Source(reference),
            _ => null,
        };

    /// <summary>The field from which a local gets its value.</summary>
    private static IFieldSymbol? Source(ILocalReferenceOperation read)
    {
        return read.Whole()
            .Descendants()
            .Select(operation =>
                operation switch
                {
                    IVariableDeclaratorOperation declarator when IsSame(declarator.Symbol) => (
                        declarator.GetVariableInitializer()?.Value as IFieldReferenceOperation
                    )?.Field,
                    ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: IFieldReferenceOperation value }
                        when IsSame(target.Local) => value.Field,
                    _ => null,
                }
            )
            .FirstOrDefault(static field => field is not null);

        bool IsSame(ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(local, read.Local);
    }

    private static bool Fills(IOperation branch, IFieldSymbol field) =>
        branch
            .DescendantsAndSelf()
            .Any(operation =>
                operation is ISimpleAssignmentOperation { Target: IFieldReferenceOperation target }
                && SymbolEqualityComparer.Default.Equals(target.Field, field)
            );
}
