using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// What formats without a place for intervals say of a snapshot whose figures are estimates: which of them, and the largest margin, with its method.
/// </summary>
internal static class EstimateNote
{
    /// <summary>Returns the note on time; null if every call was recorded.</summary>
    public static string? OfTime(SnapshotDocument snapshot) =>
        snapshot.Process.Clock.IsNone ? null : Of("time", snapshot, static m => m.MeanMarginNs, static m => m.Time.MeanNs);

    /// <summary>Returns the note on bytes; null if they are exact.</summary>
    public static string? OfBytes(SnapshotDocument snapshot) =>
        snapshot.HasEstimatedBytes ? Of("bytes", snapshot, static m => m.MeanMarginBytes, static m => m.Allocated.MeanBytes) : null;

    public static string? Of(SnapshotDocument snapshot, StackValue value) => value == StackValue.Time ? OfTime(snapshot) : OfBytes(snapshot);

    private static string? Of(string what, SnapshotDocument snapshot, Func<Method, double?> marginOf, Func<Method, long> meanOf)
    {
        Method[] sampled = [.. snapshot.Methods.Where(static m => m is { SampledCalls: not null, Calls: > 0 })];
        if (sampled.Length == 0)
        {
            return null;
        }

        string note = $"{what}: estimates from a sample of calls";
        if (sampled.Where(m => marginOf(m) is not null && meanOf(m) > 0).MaxBy(Share) is not { } widest)
        {
            return note;
        }

        return note
            + string.Create(CultureInfo.InvariantCulture, $"; largest margin ±{100 * Share(widest):0.#} % in {VisibleText.Name(widest.Name)}");

        double Share(Method method) => marginOf(method)!.Value / meanOf(method);
    }
}
