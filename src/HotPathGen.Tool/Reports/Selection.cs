using System.IO.Enumeration;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>Which methods a report shows, in which order, and how many rows each table has.</summary>
/// <param name="Sort">One of <see cref="Orders"/>.</param>
/// <param name="Top">The number of rows of each table; null for the table's own number.</param>
/// <param name="Filter">Part of a method's name, id, assembly or file. * stands for anything. Empty for all methods.</param>
/// <param name="HasAllFunctions">Whether lambdas and local functions that take less than 1 % have rows, too. They have with a filter.</param>
internal sealed record Selection(string Sort = "self-bytes", int? Top = null, string Filter = "", bool HasAllFunctions = false)
{
    /// <summary>The figures that one can sort by. The largest comes first; names go from a to z.</summary>
    public static readonly Dictionary<string, Func<Method, long>> Orders = new()
    {
        ["self-bytes"] = static m => m.Allocated.SelfBytes,
        ["bytes"] = static m => m.Allocated.InclusiveBytes,
        ["bytes-per-call"] = static m => m.Allocated.MeanBytes,
        ["self-time"] = static m => m.Time.SelfNs,
        ["time"] = static m => m.Time.InclusiveNs,
        ["mean"] = static m => m.Time.MeanNs,
        ["p99"] = static m => m.Time.P99Ns,
        ["max"] = static m => m.Time.MaxNs,
        ["calls"] = static m => m.Calls,
        ["failures"] = static m => m.Failures,
        ["name"] = static _ => 0,
    };

    public IEnumerable<Method> Of(SnapshotDocument snapshot)
    {
        var selected = snapshot.Methods.Where(Matches).OrderByDescending(Orders[Sort]);
        return (
            Sort == "name" ? selected.ThenBy(static m => m.Name, StringComparer.Ordinal) : selected.ThenByDescending(static m => m.Time.SelfNs)
        ).ThenBy(static m => m.Key);
    }

    public bool Matches(Method method) => Matches(method.Name, method.Id, method.Assembly, method.File);

    public bool Matches(UnmeasuredMethod method) => Matches(method.Name, method.File);

    public bool Matches(Operation operation) => Matches(operation.Name);

    private bool Matches(params string[] texts) =>
        Filter.Length == 0 || texts.Any(text => FileSystemName.MatchesSimpleExpression($"*{Filter}*", text));
}
