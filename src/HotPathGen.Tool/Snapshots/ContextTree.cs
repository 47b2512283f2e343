namespace HotPathGen.Tool.Snapshots;

/// <summary>Joins the contexts of several snapshots: contexts with the same path of methods from a root become one, in each operation.</summary>
internal sealed class ContextTree
{
    private const int NoPlace = -1;

    private readonly List<Sums> _contexts = [];
    private readonly Dictionary<(int Parent, int Method, int Operation), int> _places = [];

    /// <param name="contexts">The contexts of one snapshot.</param>
    /// <param name="methodPlaces">The places in this tree of the snapshot's methods.</param>
    /// <param name="operationPlaces">The places in the merged list of the snapshot's operations.</param>
    public void Add(ContextNode[] contexts, int[] methodPlaces, int[] operationPlaces)
    {
        int[] places = new int[contexts.Length];
        for (int i = 0; i < contexts.Length; i++)
        {
            int parent = contexts[i].Parent is { } id ? places[id] : NoPlace,
                method = contexts[i].Method is { } index ? methodPlaces[index] : NoPlace,
                operation = contexts[i].Operation is { } ran ? operationPlaces[ran] : NoPlace;
            if (!_places.TryGetValue((parent, method, operation), out int place))
            {
                _places[(parent, method, operation)] = place = _contexts.Count;
                _contexts.Add(new(parent, method, operation));
            }
            places[i] = place;
            _contexts[place].Add(contexts[i]);
        }
    }

    /// <summary>
    /// The contexts, depth first. Children are in the order of their methods; the one without a method is last, and then come those of operations,
    /// as in the runtime.
    /// </summary>
    public ContextNode[] ToContexts(int[] sortedPlaces, int[] sortedOperations)
    {
        var children = Enumerable.Range(0, _contexts.Count).ToLookup(i => _contexts[i].Parent);
        var ordered = new List<ContextNode>(_contexts.Count);
        var pending = new Stack<(int Place, int? Parent)>();
        Push(NoPlace, null);
        while (pending.TryPop(out var next))
        {
            var sums = _contexts[next.Place];
            int id = ordered.Count;
            ordered.Add(
                new()
                {
                    Id = id,
                    Parent = next.Parent,
                    Method = sums.Method == NoPlace ? null : sortedPlaces[sums.Method],
                    Operation = sums.Operation == NoPlace ? null : sortedOperations[sums.Operation],
                    Calls = sums.Calls,
                    InclusiveNs = sums.InclusiveNs,
                    SelfNs = sums.SelfNs,
                    InclusiveBytes = sums.InclusiveBytes,
                    SelfBytes = sums.SelfBytes,
                }
            );
            Push(next.Place, id);
        }
        return [.. ordered];

        void Push(int place, int? id)
        {
            foreach (
                int child in children[place]
                    .OrderByDescending(c => _contexts[c].Operation == NoPlace ? NoPlace : sortedOperations[_contexts[c].Operation])
                    .ThenByDescending(c => _contexts[c].Method == NoPlace ? int.MaxValue : sortedPlaces[_contexts[c].Method])
            )
            {
                pending.Push((child, id));
            }
        }
    }

    private sealed class Sums(int parent, int method, int operation)
    {
        public int Operation => operation;
        public int Parent => parent;
        public int Method => method;
        public long Calls,
            InclusiveNs,
            SelfNs,
            InclusiveBytes,
            SelfBytes;

        public void Add(ContextNode context)
        {
            checked
            {
                Calls += context.Calls;
                InclusiveNs += context.InclusiveNs;
                SelfNs += context.SelfNs;
                InclusiveBytes += context.InclusiveBytes;
                SelfBytes += context.SelfBytes;
            }
        }
    }
}
