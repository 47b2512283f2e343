namespace HotPathGen.Shared;

/// <summary>The table of the pooled parameters that were used most. Those with a problem come first.</summary>
internal static class PooledTable
{
    public const int SummaryRank = 5;

    public const string Remark =
        "missed: what renting allocated. p95: of the lengths, in elements. "
        + "for 95 %, 99 %: the StackLimit that would keep so many calls on the stack.";

    private static readonly Column<PooledRow>[] s_columns =
    [
        new("methodId", static r => r.Method.Id),
        new("assembly", static r => r.Method.Assembly),
        new("kind", static r => Words.Of(r.Pooled.Kind)),
        new("element", static r => r.Pooled.Element),
        new("stackLimit", "limit", Unit.WholeBytes, 6, static r => (long)r.Pooled.StackLimit, "StackLimit in bytes"),
        new("uses", "uses", Unit.Count, 0, static r => r.Pooled.Uses, "how often it was provided", Compared.ByRun),
        new("onStackShare", "on stack", Unit.Share, 1, static r => r.OnStackShare, "share of the uses on the stack", Compared.MoreIsBetter),
        new("rented", "rented", Unit.Count, 8, static r => r.Pooled.Rented, "uses that rented", Compared.Sum),
        new("missBytes", "missed", Unit.Bytes, 2, static r => r.Pooled.MissBytes, "bytes that renting allocated", Compared.ByRun),
        new("lengthP95", "p95", Unit.Count, 5, static r => r.Pooled.Length.P95, "length that 95 % of the uses did not exceed", Compared.AsIs),
        new("lengthMax", "max", Unit.Count, 7, static r => r.Pooled.Length.Max, "largest length", Compared.AsIs),
        new("stackLimitFor95", "for 95 %", Unit.WholeBytes, 3, static r => r.Pooled.StackLimitFor95, "StackLimit that keeps 95 % on the stack"),
        new("stackLimitFor99", "for 99 %", Unit.WholeBytes, 4, static r => r.Pooled.StackLimitFor99, "StackLimit that keeps 99 % on the stack"),
        new("outstanding", static r => r.Pooled.Outstanding),
        new("usesAfterReturn", static r => r.Pooled.UsesAfterReturn),
        new("doubleReturns", static r => r.Pooled.DoubleReturns),
    ];

    public static Table Of(IEnumerable<Method> methods, int rows) =>
        Of(
            [
                .. AllOf(methods)
                    .Where(static r => r.Pooled.Uses > 0)
                    .OrderByDescending(static r => Faults(r.Pooled).Length > 0)
                    .ThenByDescending(static r => r.Pooled.Uses)
                    .ThenBy(static r => r.Method.Assembly, StringComparer.Ordinal)
                    .ThenBy(static r => r.Method.Id, StringComparer.Ordinal)
                    .ThenBy(static r => r.Pooled.Parameter, StringComparer.Ordinal),
            ],
            rows
        );

    /// <summary>Returns all pooled parameters, in the order of their methods.</summary>
    public static Table OfAll(SnapshotDocument snapshot) => Of([.. AllOf(snapshot.Methods)], int.MaxValue);

    private static Table Of(PooledRow[] pooled, int rows) =>
        new(
            "pooled",
            "pooled",
            s_columns,
            [.. pooled.Take(rows).Select(static r => Row.Of(r.Pooled.Parameter, Faults(r.Pooled), r.Method.Name, s_columns, r))]
        )
        {
            More = Math.Max(0, pooled.Length - rows),
        };

    private static IEnumerable<PooledRow> AllOf(IEnumerable<Method> methods) =>
        methods.SelectMany(static m => (m.Pooled ?? []).Select(pooled => new PooledRow(m, pooled)));

    private static string Faults(PooledParameter pooled)
    {
        (long Count, string What)[] faults =
        [
            (pooled.Outstanding, "not returned"),
            (pooled.UsesAfterReturn, "written after return"),
            (pooled.DoubleReturns, "returned twice"),
        ];
        return string.Concat(
            faults.Where(static fault => fault.Count > 0).Select(static fault => FormattableString.Invariant($" ! {fault.What}: {fault.Count}"))
        );
    }

    private sealed record PooledRow(Method Method, PooledParameter Pooled)
    {
        public double? OnStackShare => Pooled.Uses > 0 ? (double)Pooled.OnStack / Pooled.Uses : null;
    }
}
