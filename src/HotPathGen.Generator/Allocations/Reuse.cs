using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Collections and builders that have room for what is added to them.</summary>
internal static class Reuse
{
    private static readonly HashSet<string> s_emptying =
        ["Clear", "Dequeue", "TryDequeue", "Pop", "TryPop", "TryTake", "RemoveAt", "Remove", "RemoveLast", "RemoveFirst", "RemoveRange", "RemoveAll", "set_Length", "set_Count"];

    /// <summary>
    /// What the same body also empties keeps its room from one call to the next; what is made here with a capacity was made with room, which
    /// is what was paid for.
    /// </summary>
    public static bool HasRoom(IOperation growth)
    {
        IOperation? receiver = Root(growth switch
        {
            IInvocationOperation { Instance: { } instance } => instance,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } } => instance,
            _ => null,
        });
        if (receiver is null || Symbol(receiver) is not { } collection)
        {
            return false;
        }

        return Body(growth).Descendants().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod.Name: var name, Instance: { } instance } => s_emptying.Contains(name) && Is(instance, collection),
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } instance } } => Is(instance, collection),
            IVariableDeclaratorOperation declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, collection) && IsMadeWithRoom(declarator.GetVariableInitializer()?.Value),
            _ => false,
        });
    }

    /// <summary>Whether something is taken from a pool that the same body gives it back to.</summary>
    public static bool GivesBack(IOperation operation) => operation is IInvocationOperation { TargetMethod: { Name: "Rent" or "Get", ContainingType: { } pool } }
        && Body(operation).Descendants().Any(other => other is IInvocationOperation { TargetMethod: { Name: "Return", ContainingType: { } type } } && SymbolEqualityComparer.Default.Equals(type, pool));

    private static IOperation Body(IOperation operation)
    {
        IOperation body = operation;
        while (body.Parent is { } parent)
        {
            body = parent;
        }

        return body;
    }

    private static bool IsMadeWithRoom(IOperation? value) => value switch
    {
        IConversionOperation conversion => IsMadeWithRoom(conversion.Operand),
        IObjectCreationOperation creation => creation.Arguments.Any(static argument => argument.Parameter is { Name: "capacity" }),
        _ => false,
    };

    private static bool Is(IOperation value, ISymbol collection) => Root(value) is { } root && SymbolEqualityComparer.Default.Equals(Symbol(root), collection);

    /// <summary>Behind the calls of a chain: <c>builder.Append(a).Append(b)</c> is of the builder.</summary>
    private static IOperation? Root(IOperation? value)
    {
        while (value is IInvocationOperation { Instance: { } instance } call && SymbolEqualityComparer.Default.Equals(call.Type, instance.Type))
        {
            value = instance;
        }

        return value;
    }

    private static ISymbol? Symbol(IOperation value) => value switch
    {
        IFieldReferenceOperation reference => reference.Field,
        ILocalReferenceOperation reference => reference.Local,
        IParameterReferenceOperation reference => reference.Parameter,
        IPropertyReferenceOperation reference => reference.Property,
        _ => null,
    };
}
