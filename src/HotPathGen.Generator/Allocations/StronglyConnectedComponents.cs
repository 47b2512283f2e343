using System.Collections.Concurrent;
using HotPathGen.Generator.Library;

namespace HotPathGen.Generator.Allocations;

/// <summary>
/// Sums up methods in the order of their calls, the called ones first. Methods that call each other in a circle are summed up together. The algorithm
/// is Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), without recursion, so that a chain of calls may be of any length. The search
/// stops at a body that allocates for certain: the calls of such a body are examined only if the method itself is asked for.
/// </summary>
internal sealed class StronglyConnectedComponents(
    MethodAllocations methods,
    ConcurrentDictionary<MethodId, MethodSummary> summaries,
    CancellationToken cancellation
)
{
    private readonly Dictionary<MethodId, Node> _nodes = [];
    private readonly Stack<Node> _path = new();
    private readonly Stack<Node> _open = new();

    /// <summary>Sums up a method with a body here, and all methods that it leads to.</summary>
    public void Summarize(MethodId implementation)
    {
        Enter(implementation);
        while (_path.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var node = _path.Peek();
            if (node.Next < node.Body.OwnCalls.Length)
            {
                if (node.Body.OwnCalls[node.Next++].Implementation is { } called)
                {
                    if (!_nodes.TryGetValue(called, out var target))
                    {
                        Enter(called);
                    }
                    else if (target is { IsOpen: true, Body.IsLoud: false })
                    {
                        node.Lowest = Math.Min(node.Lowest, target.Index);
                    }
                }

                continue;
            }

            _path.Pop();
            if (_path.Count > 0)
            {
                _path.Peek().Lowest = Math.Min(_path.Peek().Lowest, node.Lowest);
            }

            if (node.Lowest == node.Index)
            {
                Close(node);
            }
        }
    }

    private void Enter(MethodId method)
    {
        if (!summaries.ContainsKey(method) && methods.Found(method, cancellation) is { } body && (_nodes.Count == 0 || !body.IsLoud))
        {
            var node = new Node(method, body, _nodes.Count);
            _nodes.Add(method, node);
            _path.Push(node);
            _open.Push(node);
        }
    }

    /// <summary>Sums up the methods of a circle. They are on top of the open methods; most often it is one method.</summary>
    private void Close(Node first)
    {
        var circle = new List<Node>();
        do
        {
            circle.Add(_open.Pop());
        } while (circle[^1] != first);

        foreach (var node in circle)
        {
            node.Found.AddRange(node.Body.Allocations);
            node.Found.AddRange(node.Body.OwnCalls.Select(call => AllocationBy(call, node)).OfType<Allocation>());
        }

        if (circle.Count > 1)
        {
            Spread(circle);
        }

        foreach (var node in circle)
        {
            summaries[node.Method] = node.Summary;
            node.IsOpen = false;
        }
    }

    /// <summary>
    /// The allocation that a call amounts to; null if there is none. The called method is summed up already, or need not be. What leads back to the
    /// caller is reported there, in the method that it comes back to.
    /// </summary>
    private Allocation? AllocationBy(OwnCall call, Node caller)
    {
        if (call.Implementation is not { } implementation || methods.Found(implementation, cancellation) is not { } body)
        {
            return null;
        }

        var summary =
            body.IsLoud ? body.Own
            : summaries.TryGetValue(implementation, out var known) ? known
            : null;
        if (
            summary?.WorstOf(call) is not { } inside
            || (caller.Body.IsLoud && (implementation == caller.Method || inside.Chain.Any(link => link.Callee == caller.Method)))
        )
        {
            return null;
        }

        return call.Allocation with
        {
            Certainty = call.CanKeepResult && body.IsInlined && summary.CanStayInCaller ? Certainty.OnlyUnoptimized : inside.Certainty,
            Inside = inside,
        };
    }

    /// <summary>
    /// Goes from the methods of a circle that allocate to those that allocate only by calling them, on the shortest way. If a method allocates
    /// anyway, its calls round the circle are not reported again.
    /// </summary>
    private void Spread(List<Node> circle)
    {
        var callers = circle
            .SelectMany(static node => node.Body.OwnCalls.Select(call => (node, call)))
            .ToLookup<(Node Caller, OwnCall Call), MethodId?>(static call => call.Call.Implementation);
        foreach (var certainty in (Certainty[])[Certainty.Always, Certainty.Sometimes])
        {
            bool IsReached(Node node) => node.Found.Any(found => found.Certainty <= certainty);
            var (reached, own) = (new Queue<Node>(circle.Where(IsReached)), new HashSet<Node>(circle.Where(IsReached)));
            var seen = new HashSet<Node>(own);
            while (reached.Count > 0)
            {
                var node = reached.Dequeue();
                foreach (var (caller, call) in callers[node.Method].Where(call => call.Caller != node && !own.Contains(call.Caller)))
                {
                    if (node.Summary.WorstOf(call) is { } inside && inside.Certainty == certainty)
                    {
                        caller.Found.Add(call.Allocation with { Certainty = certainty, Inside = inside });
                        if (seen.Add(caller))
                        {
                            reached.Enqueue(caller);
                        }
                    }
                }
            }
        }
    }

    private sealed class Node(MethodId method, BodyAllocations body, int index)
    {
        public MethodId Method => method;

        public BodyAllocations Body => body;

        public int Index { get; } = index;

        public int Lowest { get; set; } = index;

        /// <summary>The index of the next call to follow.</summary>
        public int Next { get; set; }

        public bool IsOpen { get; set; } = true;

        public List<Allocation> Found { get; } = [];

        public MethodSummary Summary => MethodSummary.Of(Found);
    }
}
