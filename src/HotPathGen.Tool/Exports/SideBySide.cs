using HotPathGen.Tool.Comparison;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// One set of runs, or two that are joined. Methods are paired as the comparison pairs them. Contexts are joined by the chain of methods that
/// led to them. Sites are joined by kind, type and text, because their lines move. Pooled parameters are joined by name. Figures are in the
/// order of the sides, and null where a side has none.
/// </summary>
internal sealed class SideBySide
{
    private readonly List<JoinedContext> _contexts = [];

    public SideBySide(SnapshotDocument snapshot)
        : this([snapshot], []) => Warnings = [.. DifferencesOfRuns(snapshot)];

    public SideBySide(SnapshotDocument old, SnapshotDocument @new, SnapshotComparison comparison)
        : this([old, @new], comparison.Pairs) => Warnings = ComparisonReport.Of(comparison).Warnings;

    /// <summary>Joins two snapshots of one run, without a comparison.</summary>
    public static SideBySide Joined(SnapshotDocument old, SnapshotDocument @new) => new([old, @new], []);

    private SideBySide(SnapshotDocument[] sides, MethodPair[] pairs)
    {
        Sides = sides;
        // A method that moved is listed under its new key.
        var moved = pairs.Where(static pair => pair.Old.Key != pair.New.Key).ToDictionary(static pair => pair.Old.Key, static pair => pair.New.Key);
        MethodKey[] keys = [.. sides.SelectMany((document, side) => document.Methods.Select(method => Now(side, method.Key))).Distinct().Order()];
        var placeOf = keys.Index().ToDictionary(static key => key.Item, static key => key.Index);
        Methods = [.. keys.Select(_ => new Method?[sides.Length])];
        Pairs = [.. keys.Select(static _ => (MethodPair?)null)];
        string[] names =
        [
            .. sides.SelectMany(static document => document.Operations ?? []).Select(static o => o.Name).Distinct().Order(StringComparer.Ordinal),
        ];
        Operations = [.. names.Select(name => sides.Select(side => side.Operations?.FirstOrDefault(o => o.Name == name)).ToArray())];
        var operationOf = names.Index().ToDictionary(static name => name.Item, static name => name.Index);
        var joined = new Dictionary<(int Parent, int Method, int Operation, int Nth), int>();
        for (int side = 0; side < sides.Length; side++)
        {
            int[] methods = [.. sides[side].Methods.Select(method => placeOf[Now(side, method.Key)])];
            foreach (var (i, place) in methods.Index())
            {
                Methods[place][side] = sides[side].Methods[i];
            }

            JoinContexts(side, methods, [.. (sides[side].Operations ?? []).Select(o => operationOf[o.Name])], joined);
        }
        foreach (var pair in pairs)
        {
            Pairs[placeOf[pair.New.Key]] = pair;
        }

        MethodKey Now(int side, MethodKey key) => side == 0 ? moved.GetValueOrDefault(key, key) : key;
    }

    public SnapshotDocument[] Sides { get; }

    /// <summary>Why the figures may mean less than they seem to.</summary>
    public string[] Warnings { get; } = [];
    public Method?[][] Methods { get; }
    public IReadOnlyList<JoinedContext> Contexts => _contexts;

    /// <summary>The operations, in the order of their names.</summary>
    public Operation?[][] Operations { get; }

    /// <summary>For each method, what the runs prove about its change; null for a method that only one side has.</summary>
    public MethodPair?[] Pairs { get; }

    /// <summary>The figures of the newest side that has any; they describe a thing that several sides have.</summary>
    public static T Newest<T>(T?[] figures)
        where T : class => figures.Last(static figure => figure is not null)!;

    public static IEnumerable<(SiteKey Key, Site?[] Figures)> SitesOf(Method?[] method) =>
        Join(method, static m => m.Sites ?? [], static (site, nth) => new SiteKey(site.Kind, site.Type, site.Text, nth));

    public static IEnumerable<((string Parameter, int Nth) Key, PooledParameter?[] Figures)> PooledOf(Method?[] method) =>
        Join(method, static m => m.Pooled ?? [], static (pooled, nth) => (pooled.Parameter, nth));

    private static IEnumerable<string> DifferencesOfRuns(SnapshotDocument snapshot) =>
        (snapshot.Runs ?? [])
            .SelectMany(run => Conditions.Of(snapshot.Process).DifferencesTo(Conditions.Of(run)))
            .Distinct()
            .Select(static difference => $"the runs differ in what decides which code runs, and are summed all the same: {difference}.");

    // Things with the same key are told apart by their order. Those of the newest side keep its order; those of an older side alone come last.
    private static IEnumerable<(TKey Key, T?[] Figures)> Join<T, TKey>(Method?[] method, Func<Method, T[]> of, Func<T, int, TKey> keyOf)
        where T : class
        where TKey : notnull
    {
        var joined = new OrderedDictionary<TKey, T?[]>();
        for (int side = method.Length - 1; side >= 0; side--)
        {
            var seen = new Dictionary<TKey, int>();
            foreach (var item in method[side] is { } known ? of(known) : [])
            {
                int nth = seen[keyOf(item, 0)] = seen.GetValueOrDefault(keyOf(item, 0), -1) + 1;
                var key = keyOf(item, nth);
                if (!joined.TryGetValue(key, out var figures))
                {
                    joined[key] = figures = new T?[method.Length];
                }

                figures[side] = item;
            }
        }
        return joined.Select(static item => (item.Key, item.Value));
    }

    private void JoinContexts(int side, int[] methods, int[] operations, Dictionary<(int Parent, int Method, int Operation, int Nth), int> joined)
    {
        var document = Sides[side];
        int[] placeOf = new int[document.Contexts.Length];
        foreach (var context in document.Contexts)
        {
            int parent = context.Parent is { } outer ? placeOf[outer] : -1;
            int method = context.Method is { } index ? methods[index] : -1;
            int operation = context.Operation is { } ran ? operations[ran] : -1;
            int nth = 0;
            int place;
            // Measured programs write a chain of methods once. Where a file has it twice, no figure is lost.
            while (joined.TryGetValue((parent, method, operation, nth), out place) && _contexts[place].Figures[side] is not null)
            {
                nth++;
            }

            if (!joined.ContainsKey((parent, method, operation, nth)))
            {
                joined[(parent, method, operation, nth)] = place = _contexts.Count;
                _contexts.Add(new(parent, method, operation, new ContextNode?[Sides.Length]));
            }
            placeOf[context.Id] = place;
            _contexts[place].Figures[side] = context;
        }
    }
}

/// <summary>
/// A node of the joined tree. -1 stands for no parent, for no method, and for no operation, which only nodes without a parent have. A parent comes
/// before its children.
/// </summary>
internal sealed record JoinedContext(int Parent, int Method, int Operation, ContextNode?[] Figures);
