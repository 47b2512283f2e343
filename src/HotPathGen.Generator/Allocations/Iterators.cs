using HotPathGen.Generator.Library;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Allocations;

/// <summary>What the user's own iterators give back: an object that is its own enumerator when it is gone through for the first time.</summary>
internal sealed class Iterators(Bodies bodies)
{
    private const int Deepest = 4;

    /// <summary>Whether a collection was just made by an iterator, or has nothing to go through.</summary>
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
