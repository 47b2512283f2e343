namespace HotPathGen.Shared;

/// <summary>
/// Finds the lambdas and local functions that need no row of their own: each takes less than 1 % of all bytes and of all time, none of its calls
/// failed, and the method that contains it has a row.
/// </summary>
internal sealed class FoldedFunctions
{
    private const double LeastShare = 0.01;

    private readonly Dictionary<MethodKey, int> _functions = [];

    /// <param name="snapshot">The snapshot that contains the methods.</param>
    /// <param name="methods">The methods to choose from, in their order.</param>
    public FoldedFunctions(SnapshotDocument snapshot, Method[] methods)
    {
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        long allNs = snapshot.Methods.Sum(static m => m.Time.SelfNs);
        HashSet<MethodKey> holders = [.. methods.Where(static m => m.Form != MethodForm.Function).Select(static m => m.Key)];
        Shown = [.. methods.Where(IsShown)];

        bool IsShown(Method method)
        {
            if (
                method.Form != MethodForm.Function
                || method.Failures > 0
                || method.Breaches is { Count: > 0 }
                || method.Allocated.SelfBytes >= LeastShare * Math.Max(1, allBytes)
                || method.Time.SelfNs >= LeastShare * Math.Max(1, allNs)
                || !holders.Contains(HolderOf(method))
            )
            {
                return true;
            }
            _functions[HolderOf(method)] = CountOf(HolderOf(method)) + 1;
            return false;
        }
    }

    /// <summary>The methods that have a row, in their order.</summary>
    public Method[] Shown { get; }

    public bool HasAny => _functions.Count > 0;

    /// <summary>The mark of a method's row: how many of its functions have none.</summary>
    public string Mark(Method method) => CountOf(method.Key) is var count and > 0 ? FormattableString.Invariant($" +{count}") : "";

    private int CountOf(MethodKey holder) => _functions.GetValueOrDefault(holder);

    private static MethodKey HolderOf(Method function) =>
        function.Id.IndexOf('|') is var end and > 0 ? function.Key with { Id = function.Id[..end] } : function.Key;
}
