using System.IO.Enumeration;

namespace HotPathGen.Tool.Snapshots;

/// <summary>
/// The part of a snapshot that ran in one operation. What contexts have is known: calls, bytes and time. What only methods have is not, such as
/// percentiles and sites.
/// </summary>
internal static class OperationFilter
{
    public const string Unknown =
        "calls, bytes and time are of it alone; percentiles, failures, threads, sites and pooled parameters are not known by operation.";

    /// <param name="snapshot">The whole snapshot.</param>
    /// <param name="name">The name of the operation, or what only its name has in it; null for the whole snapshot.</param>
    public static SnapshotDocument Of(SnapshotDocument snapshot, string? name)
    {
        if (name is null)
        {
            return snapshot;
        }

        int place = Find(snapshot, name);
        var contexts = ContextsOf(snapshot, place);
        return snapshot with
        {
            Contexts = contexts,
            Methods = MethodsOf(snapshot.Methods, contexts),
            Operations = [snapshot.Operations![place]],
            OnlyOperation = snapshot.Operations[place].Name,
        };
    }

    private static int Find(SnapshotDocument snapshot, string name)
    {
        var operations = snapshot.Operations ?? [];
        if (operations.Length == 0)
        {
            throw new InputException(
                "--operation",
                name,
                "the snapshot has no operations",
                "They are recorded where an activity is current, as in requests of ASP.NET Core, or where a HotPath.Operation is open: see docs/operations.md."
            );
        }

        int exact = Array.FindIndex(operations, operation => operation.Name == name);
        int[] found =
            exact >= 0
                ? [exact]
                : [.. operations.Index().Where(o => FileSystemName.MatchesSimpleExpression($"*{name}*", o.Item.Name)).Select(static o => o.Index)];
        return found switch
        {
            [var place] => place,
            [] => throw new InputException(
                "--operation",
                name,
                "no operation has this in its name",
                "See the names with: dotnet hotpath show FILE --operations."
            ),
            _ => throw new InputException(
                "--operation",
                name,
                $"{found.Length} operations have this in their names: {string.Join(", ", found.Take(5).Select(i => operations[i].Name))}",
                "Give the whole name of one of them."
            ),
        };
    }

    private static ContextNode[] ContextsOf(SnapshotDocument snapshot, int operation)
    {
        int?[] operations = snapshot.OperationsOfContexts;
        int[] ids = new int[operations.Length];
        var kept = new List<ContextNode>();
        foreach (var context in snapshot.Contexts.Where(context => operations[context.Id] == operation))
        {
            ids[context.Id] = kept.Count;
            kept.Add(
                context with
                {
                    Id = kept.Count,
                    Parent = context.Parent is { } parent ? ids[parent] : null,
                    Operation = context.Parent is null ? 0 : null,
                }
            );
        }

        return [.. kept];
    }

    private static Method[] MethodsOf(Method[] methods, ContextNode[] contexts)
    {
        var sums = new Sums[methods.Length];
        foreach (var context in contexts.Where(static context => context.Method is not null))
        {
            sums[context.Method!.Value].Add(context, IsWithinItself(contexts, context));
        }

        return [.. methods.Select((method, i) => sums[i].ToMethod(method))];
    }

    private static bool IsWithinItself(ContextNode[] contexts, ContextNode context)
    {
        for (int? parent = context.Parent; parent is { } id; parent = contexts[id].Parent)
        {
            if (contexts[id].Method == context.Method)
            {
                return true;
            }
        }

        return false;
    }

    private struct Sums
    {
        private long _calls,
            _callNs,
            _callBytes,
            _inclusiveNs,
            _selfNs,
            _inclusiveBytes,
            _selfBytes;

        public void Add(ContextNode context, bool isWithinItself)
        {
            _calls += context.Calls;
            _callNs += context.InclusiveNs;
            _callBytes += context.InclusiveBytes;
            _inclusiveNs += isWithinItself ? 0 : context.InclusiveNs;
            _inclusiveBytes += isWithinItself ? 0 : context.InclusiveBytes;
            _selfNs += context.SelfNs;
            _selfBytes += context.SelfBytes;
        }

        public readonly Method ToMethod(Method method) =>
            method with
            {
                IsOfOperation = true,
                Calls = _calls,
                Open = 0,
                Failures = 0,
                Threads = 0,
                Breaches = null,
                SampledCalls = null,
                MeanMarginNs = null,
                MeanMarginBytes = null,
                Completed = null,
                WallNs = null,
                RecordingNs = null,
                Control = null,
                UnattributedBytes = null,
                SiteScale = null,
                Sites = null,
                Pooled = null,
                AllocatedByTimeBucket = SparseCounts.Empty,
                Time = TimeFigures.Of(TimeBasis.Thread, new(_inclusiveNs, _selfNs, Mean(_callNs), 0, [])),
                Allocated = AllocationFigures.Of(method.Allocated.Basis, new(_inclusiveBytes, _selfBytes, Mean(_callBytes), 0, [])),
            };

        private readonly long Mean(long sum) => _calls == 0 ? 0 : sum / _calls;
    }
}
