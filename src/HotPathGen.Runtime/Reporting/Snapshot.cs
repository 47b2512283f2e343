namespace HotPathGen.Runtime;

/// <summary>An immutable merge of all slots and contexts; the only thing reports see. Times in nanoseconds, memory in bytes.</summary>
internal sealed record Snapshot(
    ProcessFacts Process,
    MethodFigures[] Methods,
    ContextFigures[] Contexts,
    int RecordCount,
    Announcement[] Announcements,
    string[] Notes
)
{
    /// <summary>Grows with whatever is recorded: two snapshots with the same number hold the same.</summary>
    public long EventCount => Methods.Sum(static m => m.Calls + m.Failures + m.Time.Count + m.Allocated.Count);
}

/// <summary>One hot method's figures over all threads.</summary>
internal sealed record MethodFigures(
    string Assembly,
    HotMethod Method,
    long Calls,
    long Open,
    long Failures,
    long Threads,
    bool HasWallTime,
    long WallNs,
    Distribution Time,
    Distribution Allocated,
    long[] AllocatedByTimeOctave,
    TwinFigures? Twins,
    PooledFigures[] Pooled,
    BreachFigures? Breaches,
    bool IsProbeHeavy,
    bool MayHoldTier0
)
{
    /// <summary>Why it has no sites; null where it has them, or needs none.</summary>
    public string? Obstacle => Twins is null && Method.Obstacle.Length > 0 ? Method.Obstacle : null;

    public string Coverage => Runtime.Coverage.Of(Method.Form, Allocated.Basis, Obstacle);
}

/// <summary>
/// A node of the merged context tree. Ids are places in the list; a parent comes before its children, -1 for none. Its method is a place
/// in the list of methods, -1 for the one context that holds those beyond the bound.
/// </summary>
internal sealed record ContextFigures(int Id, int Parent, int Method, long Calls, long InclusiveNs, long SelfNs, long InclusiveBytes, long SelfBytes);
