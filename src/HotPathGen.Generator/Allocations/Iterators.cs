using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>Knows what the user's own iterators return: an object that is its own enumerator the first time it is enumerated.</summary>
internal sealed class Iterators(Bodies bodies)
{
    private const int Deepest = 4;

    /// <summary>Whether an iterator has just made a collection, or the collection has no elements.</summary>
    public bool Made(IOperation collection) => Made(collection, 0);

    private bool Made(IOperation collection, int depth) =>
        collection switch
        {
            IConversionOperation { OperatorMethod: null } conversion => Made(conversion.Operand, depth),
            ICollectionExpressionOperation { Elements.Length: 0 }
            or IInvocationOperation
            {
                TargetMethod: { Name: "Empty", ContainingType: { SpecialType: SpecialType.System_Array } or { Name: "Enumerable" } }
            } => true,
            IInvocationOperation { TargetMethod: var method, Instance: var instance } => IsMade(Dispatch.Resolve(method, instance?.Type), depth),
            IPropertyReferenceOperation { Property.GetMethod: { } getter } => IsMade(getter, depth),
            IConditionalOperation { WhenTrue: var one, WhenFalse: { } other } => Made(one, depth) && Made(other, depth),
            _ => false,
        };

    private bool IsMade(IMethodSymbol method, int depth)
    {
        if (depth == Deepest || Dispatch.MayBeReplaced(method) || bodies.Of(method) is not var (implementation, body))
        {
            return false;
        }

        IReturnOperation[] returns = [.. body.Descendants().OfType<IReturnOperation>()];
        return implementation.IsIterator
            || (
                returns.Length > 0
                && returns.All(answer => answer is { Kind: OperationKind.Return, ReturnedValue: { } value } && Made(value, depth + 1))
            );
    }
}
