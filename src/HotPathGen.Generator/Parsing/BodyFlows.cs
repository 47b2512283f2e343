using HotPathGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace HotPathGen.Generator.Parsing;

/// <summary>Decides how to see that a core has ended.</summary>
internal static class BodyFlows
{
    /// <summary>
    /// The way in which a core ends. A task shows its end whether its method is async or not. A sequence shows its end only if the core is an
    /// iterator.
    /// </summary>
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
