using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Walks the operations of a body and decides for each whether it is a site, and of which kind. There is only this walk: the copying of a body, the
/// rules, and the comparison with a profile all use it.
/// </summary>
internal abstract class SiteFinder(CancellationToken cancellation)
{
    /// <summary>The lambdas and local functions that the walk has met.</summary>
    protected List<IOperation> Functions { get; } = [];

    protected void Visit(IOperation? operation)
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation is null or INameOfOperation || SiteClassifier.IsOmitted(operation) || IsLeftOut(operation))
        {
            return;
        }

        if (operation.ConstantValue.HasValue)
        {
            FoundConstant(operation);
            return;
        }

        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
        {
            Functions.Add(operation);
        }

        Found(operation, SiteClassifier.Of(operation));
    }

    /// <summary>
    /// Is called for an operation that is evaluated, with the site that it is, or null if it is none. The implementation visits its operands.
    /// </summary>
    protected abstract void Found(IOperation operation, Site? site);

    /// <summary>Is called for an operation that the compiler has evaluated.</summary>
    protected virtual void FoundConstant(IOperation constant) { }

    /// <summary>Whether an operation is left out, with all that it contains.</summary>
    protected abstract bool IsLeftOut(IOperation operation);

    protected void VisitAll(IOperation.OperationList operations)
    {
        foreach (var operation in operations)
        {
            Visit(operation);
        }
    }

    protected void VisitAll(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            Visit(operation);
        }
    }
}
