using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Finds related operations: the whole body, receivers, the values of locals.</summary>
internal static class Operations
{
    /// <summary>The whole body that an operation is part of.</summary>
    public static IOperation Whole(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>The type of the receiver of a call. If the receiver was cast on the way, it is the type that is known from before the cast.</summary>
    public static ITypeSymbol? Receiver(IOperation call)
    {
        if (Constrained(call) is { } parameter)
        {
            return parameter;
        }

        var instance = call switch
        {
            IInvocationOperation invocation => invocation.Instance,
            IMemberReferenceOperation reference => reference.Instance,
            _ => null,
        };
        return
            Cast(
                instance is ILocalReferenceOperation { Local: var local } && Cast(instance)?.Type is { IsSealed: false }
                    ? OnlyValue(local, instance) ?? instance
                    : instance
            )?.Type
                is { IsSealed: true } known
            ? known
            : instance?.Type;
    }

    /// <summary>The type parameter on which a static member is called.</summary>
    private static ITypeSymbol? Constrained(IOperation call) =>
        call switch
        {
            IInvocationOperation invocation => invocation.ConstrainedToType,
            IMemberReferenceOperation reference => reference.ConstrainedToType,
            IBinaryOperation binary => binary.ConstrainedToType,
            IUnaryOperation unary => unary.ConstrainedToType,
            ICompoundAssignmentOperation assignment => assignment.ConstrainedToType,
            IIncrementOrDecrementOperation increment => increment.ConstrainedToType,
            IConversionOperation conversion => conversion.ConstrainedToType,
            _ => null,
        };

    /// <summary>The operand of a cast, if the cast makes no other object of it.</summary>
    private static IOperation? Cast(IOperation? value)
    {
        while (
            value is IConversionOperation { OperatorMethod: null, Operand: var operand } conversion
            && (conversion.GetConversion() is { IsReference: true } or { IsIdentity: true } or { IsBoxing: true })
        )
        {
            value = operand;
        }

        return value;
    }

    /// <summary>The value that a local is initialized with, if nothing else is assigned to it.</summary>
    private static IOperation? OnlyValue(ILocalSymbol local, IOperation use)
    {
        IOperation? value = null;
        foreach (var operation in use.Whole().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared } declarator when Same(declared):
                    value = declarator.GetVariableInitializer()?.Value;
                    break;
                case ILocalReferenceOperation { Local: var named, Parent: IAssignmentOperation { Target: var target } }
                    when target == operation && Same(named):
                case ILocalReferenceOperation
                {
                    Local: var given,
                    Parent: IArgumentOperation { Parameter.RefKind: not RefKind.None } or ITupleOperation
                } when Same(given):
                    return null;
            }
        }

        return value;

        bool Same(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(other, local);
    }
}
