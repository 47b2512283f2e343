using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>Tells when a core has ended.</summary>
internal static class BodyFlows
{
    /// <summary>A task says so whether its method is async or not; a sequence only where the core is an iterator.</summary>
    public static BodyFlow Of(IMethodSymbol core)
    {
        string space = core.ReturnType.ContainingNamespace?.ToDisplayString() ?? "";
        bool hasResult = core.ReturnType is INamedTypeSymbol { Arity: 1 };
        if (core.IsIterator)
        {
            return core.ReturnType.Name switch
            {
                "IAsyncEnumerable" => BodyFlow.AsyncSequence,
                "IAsyncEnumerator" => BodyFlow.AsyncEnumerator,
                "IEnumerator" => hasResult ? BodyFlow.Enumerator : BodyFlow.UntypedEnumerator,
                _ => BodyFlow.Sequence,
            };
        }

        if (core.ReturnType.Name is "Task" or "ValueTask" && space == "System.Threading.Tasks")
        {
            return hasResult ? BodyFlow.TaskOfResult : BodyFlow.Task;
        }

        return !core.IsAsync || core.ReturnsVoid ? BodyFlow.Call
            : hasResult ? BodyFlow.AwaitableOfResult
            : BodyFlow.Awaitable;
    }
}
