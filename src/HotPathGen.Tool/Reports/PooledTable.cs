using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The pooled parameters that were used most; those that something is wrong with come first.</summary>
internal static class PooledTable
{
    private const int Rows = 20;

    private static readonly Column[] s_columns =
    [
        new("methodId", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("kind", "", Unit.Text, 0),
        new("element", "", Unit.Text, 0),
        new("stackLimit", "limit", Unit.Bytes, 6),
        new("uses", "uses", Unit.Count, 0),
        new("onStackShare", "on stack", Unit.Share, 1),
        new("rented", "rented", Unit.Count, 8),
        new("missBytes", "missed", Unit.Bytes, 2),
        new("lengthP95", "p95", Unit.Count, 5),
        new("lengthMax", "max", Unit.Count, 7),
        new("stackLimitFor95", "for 95 %", Unit.Bytes, 3),
        new("stackLimitFor99", "for 99 %", Unit.Bytes, 4),
        new("outstanding", "", Unit.Count, 0),
        new("usesAfterReturn", "", Unit.Count, 0),
        new("doubleReturns", "", Unit.Count, 0),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        var used = selection
            .Of(snapshot)
            .SelectMany(static m => (m.Pooled ?? []).Select(pooled => (Method: m, Pooled: pooled)))
            .Where(static p => p.Pooled.Uses > 0)
            .OrderByDescending(static p => Faults(p.Pooled).Length > 0)
            .ThenByDescending(static p => p.Pooled.Uses)
            .ThenBy(static p => p.Method.Key)
            .ThenBy(static p => p.Pooled.Parameter, StringComparer.Ordinal)
            .ToArray();
        return new("pooled", "pooled", s_columns, [.. used.Take(rows).Select(static p => ToRow(p.Method, p.Pooled))])
        {
            More = Math.Max(0, used.Length - rows),
        };
    }

    private static Row ToRow(Method method, PooledParameter pooled) =>
        new(
            pooled.Parameter,
            Faults(pooled),
            method.Name,
            [
                method.Id,
                method.Assembly,
                pooled.Kind,
                pooled.Element,
                (long)pooled.StackLimit,
                pooled.Uses,
                (double)pooled.OnStack / pooled.Uses,
                pooled.Rented,
                pooled.MissBytes,
                pooled.Length.P95,
                pooled.Length.Max,
                pooled.StackLimitFor95,
                pooled.StackLimitFor99,
                pooled.Outstanding,
                pooled.UsesAfterReturn,
                pooled.DoubleReturns,
            ]
        );

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
}
