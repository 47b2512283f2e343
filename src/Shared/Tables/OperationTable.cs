namespace HotPathGen.Shared;

/// <summary>The table of operations. Those whose hot code allocates most come first.</summary>
internal static class OperationTable
{
    public const int SummaryRank = 9;

    public const string Remark =
        "Operations: calls are requests, other activities without a parent, or scopes of HotPath.Operation; bytes and time are of the hot methods in "
        + "them, wall is from start to end.";

    private const string EstimateRemark =
        "est.: below the level standard, the bytes and time of an operation are estimates, and the percentiles of its bytes are not known.";

    private static readonly Column<OperationRow>[] s_columns =
    [
        new("calls", "calls", Unit.Count, 0, static r => r.Operation.Calls, "calls that ended", Compared.ByRun),
        new("open", static r => r.Operation.Open),
        new("failures", "failed", Unit.Count, 8, static r => r.Operation.Failures, "calls that failed", Compared.Sum),
        new("meanBytes", "B/call", Unit.Bytes, 1, static r => r.Operation.MeanBytes, "bytes of hot methods for each call", Compared.AsIs),
        new("p50Bytes", "B p50", Unit.Bytes, 6, static r => r.Operation.P50Bytes, "bytes that half of the calls did not exceed, within 6.25 %"),
        new("p95Bytes", "B p95", Unit.Bytes, 7, static r => r.Operation.P95Bytes, "bytes that 95 % of the calls did not exceed, within 6.25 %"),
        new("p99Bytes", "B p99", Unit.Bytes, 4, static r => r.Operation.P99Bytes, "bytes that 99 % of the calls did not exceed, within 6.25 %"),
        new("maxBytes", "B max", Unit.Bytes, 12, static r => r.Operation.MaxBytes, "most bytes of a call"),
        new("allocatedBytes", "B total", Unit.Bytes, 2, static r => r.Operation.AllocatedBytes, "bytes of hot methods", Compared.ByRun),
        new("hotNs", "time", Unit.Ns, 3, static r => r.Ns(r.Operation.HotNs), "time of hot methods on threads", Compared.ByRun),
        new("wallNs", static r => r.Operation.WallNs),
        new("p50WallNs", "wall p50", Unit.Ns, 9, static r => r.Operation.P50WallNs, "time from start to end that half of the calls did not exceed"),
        new("p95WallNs", "p95", Unit.Ns, 10, static r => r.Operation.P95WallNs, "time from start to end that 95 % of the calls did not exceed"),
        new("p99WallNs", "p99", Unit.Ns, 5, static r => r.Operation.P99WallNs, "time from start to end that 99 % of the calls did not exceed"),
        new("maxWallNs", "max", Unit.Ns, 11, static r => r.Operation.MaxWallNs, "longest time from start to end"),
    ];

    /// <summary>The operations in the order in which tables show them.</summary>
    public static Operation[] Sorted(IEnumerable<Operation> operations) =>
        [
            .. operations
                .OrderByDescending(static o => o.AllocatedBytes)
                .ThenByDescending(static o => o.HotNs)
                .ThenBy(static o => o.Name, StringComparer.Ordinal),
        ];

    public static Table Of(SnapshotDocument snapshot, int rows = int.MaxValue) => Of(snapshot, Sorted(snapshot.Operations ?? []), rows);

    /// <param name="snapshot">The snapshot that has the operations.</param>
    /// <param name="operations">Those of them that are shown, in their order.</param>
    /// <param name="rows">The largest number of rows.</param>
    public static Table Of(SnapshotDocument snapshot, Operation[] operations, int rows)
    {
        string mark = snapshot.HasEstimatedBytes ? " est." : "";
        bool hasTime = !snapshot.Process.Clock.IsNone;
        return new(
            "operations",
            "operation",
            s_columns,
            [.. operations.Take(rows).Select(o => Row.Of(o.Name, mark, "", s_columns, new OperationRow(o, hasTime)))]
        )
        {
            More = Math.Max(0, operations.Length - rows),
            WhenEmpty = "No hot code ran in an operation: no activity was current, and no HotPath.Operation was open.",
        };
    }

    public static IEnumerable<string> Remarks(SnapshotDocument snapshot) => snapshot.HasEstimatedBytes ? [Remark, EstimateRemark] : [Remark];

    private sealed record OperationRow(Operation Operation, bool HasTime)
    {
        public long? Ns(long ns) => HasTime ? ns : null;
    }
}
