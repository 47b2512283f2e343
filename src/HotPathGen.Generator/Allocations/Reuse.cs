using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Finds collections and builders that have room for what is added to them.</summary>
internal static class Reuse
{
    /// <summary>Whether an added element is in the initializer of a new object. It is part of the creation then, which is reported once.</summary>
    public static bool IsPartOfCreation(IOperation growth) =>
        growth.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation };

    /// <summary>
    /// Whether a collection has room for what is added. A collection that the same body also empties keeps its room from one call to the next, unless
    /// the body makes it. A collection that the body makes with a capacity has its room from the start; its creation is the allocation.
    /// </summary>
    public static bool HasRoom(IOperation growth)
    {
        var receiver = Root(
            growth switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } => instance,
                _ => null,
            }
        );
        if (receiver is null || Collections.IsLinked(receiver.Type) || Symbol(receiver) is not { } collection)
        {
            return false;
        }

        var body = growth.Whole().Descendants();
        if (
            collection is ILocalSymbol
            && body.OfType<IVariableDeclaratorOperation>()
                .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, collection))
                ?.GetVariableInitializer()
                ?.Value
                is { } value
            && IsMade(value)
        )
        {
            return IsMadeWithRoom(value);
        }

        return body.Any(operation =>
            operation switch
            {
                IInvocationOperation { TargetMethod: var method, Instance: { } instance } => Collections.Empties(method) && Is(instance, collection),
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } instance } } =>
                    Is(instance, collection),
                _ => false,
            }
        );
    }

    /// <summary>Whether an operation takes something from a pool, and the same body gives it back to that pool.</summary>
    public static bool GivesBack(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Rent" or "Get", ContainingType: { } pool } }
        && operation
            .Whole()
            .Descendants()
            .Any(other =>
                other is IInvocationOperation { TargetMethod: { Name: "Return", ContainingType: { } type } }
                && SymbolEqualityComparer.Default.Equals(type, pool)
            );

    private static bool IsMade(IOperation value) =>
        value is IObjectCreationOperation or ICollectionExpressionOperation
        || (value is IConversionOperation conversion && IsMade(conversion.Operand));

    private static bool IsMadeWithRoom(IOperation value) =>
        value switch
        {
            IConversionOperation conversion => IsMadeWithRoom(conversion.Operand),
            IObjectCreationOperation creation => creation.Arguments.Any(static argument => argument.Parameter is { Name: "capacity" }),
            _ => false,
        };

    private static bool Is(IOperation value, ISymbol collection) =>
        Root(value) is { } root && SymbolEqualityComparer.Default.Equals(Symbol(root), collection);

    /// <summary>The object at the start of a chain of calls: <c>builder.Append(a).Append(b)</c> adds to the builder.</summary>
    private static IOperation? Root(IOperation? value)
    {
        while (value is IInvocationOperation { Instance: { } instance } call && SymbolEqualityComparer.Default.Equals(call.Type, instance.Type))
        {
            value = instance;
        }

        return value;
    }

    private static ISymbol? Symbol(IOperation value) =>
        value switch
        {
            IFieldReferenceOperation reference => reference.Field,
            ILocalReferenceOperation reference => reference.Local,
            IParameterReferenceOperation reference => reference.Parameter,
            IPropertyReferenceOperation reference => reference.Property,
            _ => null,
        };
}
