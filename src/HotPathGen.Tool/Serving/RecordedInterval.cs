using System.Globalization;
using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// What a program recorded between two snapshots, with contexts. Contexts are joined by the chain of methods that led to them.
/// </summary>
internal static class RecordedInterval
{
    /// <summary>If the program was reset in between, the interval begins with the reset.</summary>
    public static SnapshotDocument Between(SnapshotDocument before, SnapshotDocument after)
    {
        if (before.Process.Start != after.Process.Start)
        {
            return after;
        }

        var joined = SideBySide.Joined(before, after);
        var placeOf = after.Methods.Index().ToDictionary(static method => method.Item.Key, static method => method.Index);
        int?[] places = [.. joined.Methods.Select(method => placeOf.TryGetValue(SideBySide.Newest(method).Key, out int place) ? place : (int?)null)];
        var interval = SnapshotInterval.Between(before, after);
        return interval with
        {
            Process = interval.Process with { Start = StartAfter(before.Process) },
            Contexts =
            [
                .. joined.Contexts.Select(
                    (context, id) =>
                        new ContextNode
                        {
                            Id = id,
                            Parent = context.Parent < 0 ? null : context.Parent,
                            Method = context.Method < 0 ? null : places[context.Method],
                            Calls = Of(context, static c => c.Calls),
                            InclusiveNs = Of(context, static c => c.InclusiveNs),
                            SelfNs = Of(context, static c => c.SelfNs),
                            InclusiveBytes = Of(context, static c => c.InclusiveBytes),
                            SelfBytes = Of(context, static c => c.SelfBytes),
                        }
                ),
            ],
        };
    }

    // Estimates are made anew for each snapshot, and may be less than before.
    private static long Of(JoinedContext context, Func<ContextNode, long> figure) =>
        Math.Max(0, (context.Figures[1] is { } now ? figure(now) : 0) - (context.Figures[0] is { } old ? figure(old) : 0));

    private static string StartAfter(MeasuredProcess process) =>
        (
            DateTime.Parse(process.Start, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
            + TimeSpan.FromTicks(process.DurationNs / TimeSpan.NanosecondsPerTick)
        ).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
