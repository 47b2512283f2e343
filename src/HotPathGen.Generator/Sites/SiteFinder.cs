using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPathGen.Generator.Sites;

/// <summary>
/// Walks the operations of a body and says of each whether it is a site, and of what kind. This is the one walk: copying a body, judging what it
/// allocates and comparing it with a profile all begin here.
/// </summary>
internal abstract class SiteFinder(CancellationToken cancellation)
{
    /// <summary>The lambdas and local functions that were met.</summary>
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

    /// <summary>An operation that is evaluated, and the site that it is; null where it is none. Its operands are visited from here.</summary>
    protected abstract void Found(IOperation operation, Site? site);

    /// <summary>Something that the compiler has evaluated.</summary>
    protected virtual void FoundConstant(IOperation constant) { }

    /// <summary>Whether an operation is left out with all that is in it.</summary>
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
