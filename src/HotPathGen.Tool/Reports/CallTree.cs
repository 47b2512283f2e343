using System.IO.Enumeration;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>
/// The callers of a method, and what it called. These are the contexts below its outermost calls, where contexts with the same path are one.
/// </summary>
internal static class CallTree
{
    private const int Rows = 50;

    private static readonly Column<(Method? Method, Node Node)>[] s_columns =
    [
        new("methodId", static r => r.Method?.Id),
        new("assembly", static r => r.Method?.Assembly),
        new("depth", static r => (long)r.Node.Depth),
        new("calls", "calls", Unit.Count, 0, static r => r.Node.Calls),
        new("inclusiveNs", "incl.", Unit.Ns, 1, static r => r.Node.InclusiveNs),
        new("selfNs", "self", Unit.Ns, 2, static r => r.Node.SelfNs),
        new("inclusiveBytes", "B total", Unit.Bytes, 3, static r => r.Node.InclusiveBytes),
        new("selfBytes", "B self", Unit.Bytes, 4, static r => r.Node.SelfBytes),
    ];

    /// <param name="snapshot">The snapshot with the contexts.</param>
    /// <param name="methods">The places of the methods to begin with; empty for the roots of all threads.</param>
    /// <param name="selection">The order of what a method called, and the number of rows. The rows with the largest figures are shown.</param>
    public static Table[] Of(SnapshotDocument snapshot, HashSet<int> methods, Selection selection)
    {
        bool byTime = selection.Sort is "self-time" or "time" or "mean" or "p99" or "max";
        var root = new Node(null, -1);
        var callers = new Node(null, -1);
        var nodes = new Node?[snapshot.Contexts.Length];
        foreach (var context in snapshot.Contexts)
        {
            var parent =
                context.Parent is { } id ? nodes[id]
                : methods.Count == 0 ? root
                : null;
            bool isStart = context.Method is { } method && methods.Contains(method);
            if (isStart)
            {
                callers.Child(context.Parent is { } caller ? snapshot.Contexts[caller].Method : null).Add(context);
            }

            parent ??= isStart ? root : null;
            (nodes[context.Id] = parent?.Child(context.Method))?.Add(context);
        }
        Table[] tables = [ToTable("tree", methods.Count == 0 ? "call tree" : "calls", root)];
        return methods.Count == 0 ? tables : [ToTable("callers", "called by", callers), .. tables];

        Table ToTable(string key, string title, Node top)
        {
            var shown = Largest(top, selection.Top ?? Rows, Weight);
            return new(key, title, s_columns, [.. InOrder(top, shown, Weight).Select(node => ToRow(snapshot, node, key == "callers"))])
            {
                More = top.Count - shown.Count,
            };
        }

        long Weight(Node node) => byTime ? node.InclusiveNs : node.InclusiveBytes;
    }

    /// <summary>
    /// The places of the methods with this name or id. If there is none, those whose name or id contains the text. Without a text, all methods.
    /// </summary>
    public static HashSet<int> Find(SnapshotDocument snapshot, string? method)
    {
        if (method is null)
        {
            return [];
        }

        var all = snapshot.Methods.Index();
        HashSet<int> found = [.. all.Where(m => m.Item.Name == method || m.Item.Id == method).Select(static m => m.Index)];
        if (found.Count == 0)
        {
            found =
            [
                .. all.Where(m =>
                        FileSystemName.MatchesSimpleExpression($"*{method}*", m.Item.Name)
                        || FileSystemName.MatchesSimpleExpression($"*{method}*", m.Item.Id)
                    )
                    .Select(static m => m.Index),
            ];
        }

        return found.Count > 0
            ? found
            : throw new InputException(
                "--tree",
                method,
                "no method's name or id has this in it",
                "See the names with: dotnet hotpath show FILE --sort name --top 1000."
            );
    }

    private static Row ToRow(SnapshotDocument snapshot, Node node, bool isCaller)
    {
        var method = node.Method is { } place ? snapshot.Methods[place] : null;
        return Row.Of(method?.Name ?? (isCaller ? "(no hot method)" : "(beyond the bound of contexts)"), "", "", s_columns, (method, node)) with
        {
            Depth = node.Depth,
        };
    }

    // A node is taken only after its parent, so that the rows shown form one tree.
    private static HashSet<Node> Largest(Node top, int count, Func<Node, long> weight)
    {
        var candidates = new PriorityQueue<Node, long>(top.Children.Select(child => (child, -weight(child))));
        var largest = new HashSet<Node>();
        while (largest.Count < count && candidates.TryDequeue(out var node, out _))
        {
            largest.Add(node);
            candidates.EnqueueRange(node.Children.Select(child => (child, -weight(child))));
        }
        return largest;
    }

    private static IEnumerable<Node> InOrder(Node top, HashSet<Node> shown, Func<Node, long> weight)
    {
        var pending = new Stack<Node>();
        Push(top);
        while (pending.TryPop(out var node))
        {
            yield return node;
            Push(node);
        }

        void Push(Node parent)
        {
            foreach (var child in parent.Children.Where(shown.Contains).OrderBy(weight).ThenByDescending(static child => child.Method))
            {
                pending.Push(child);
            }
        }
    }

    private sealed class Node(int? method, int depth)
    {
        private readonly Dictionary<int, Node> _children = [];

        public int? Method => method;
        public int Depth => depth;
        public long Calls,
            InclusiveNs,
            SelfNs,
            InclusiveBytes,
            SelfBytes;

        public IEnumerable<Node> Children => _children.Values;

        /// <summary>The number of all nodes below.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                var pending = new Stack<Node>(Children);
                while (pending.TryPop(out var node))
                {
                    count++;
                    foreach (var child in node.Children)
                    {
                        pending.Push(child);
                    }
                }
                return count;
            }
        }

        public Node Child(int? of)
        {
            if (!_children.TryGetValue(of ?? -1, out var child))
            {
                _children[of ?? -1] = child = new(of, depth + 1);
            }

            return child;
        }

        public void Add(ContextNode context)
        {
            Calls += context.Calls;
            InclusiveNs += context.InclusiveNs;
            SelfNs += context.SelfNs;
            InclusiveBytes += context.InclusiveBytes;
            SelfBytes += context.SelfBytes;
        }
    }
}
