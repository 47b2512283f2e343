namespace HotPathGen.Shared;

/// <summary>What measuring cost a run: frames of each kind times their price, beside the time in hot methods.</summary>
internal static class MeasuringCost
{
    /// <summary>Returns the cost with its parts, the most frequent kind of frame first; null if it is not known of every run.</summary>
    public static string? Of(SnapshotDocument snapshot, bool isUnicode)
    {
        var runs = snapshot.Runs ?? [snapshot.Process];
        if (runs.Any(static run => run.Recording is null))
        {
            return null;
        }

        RecordingCost[] costs = [.. runs.Select(static run => run.Recording!)];
        long all = costs.Sum(static cost => cost.TotalNs),
            hotNs = snapshot.Methods.Sum(static m => m.Time.SelfNs);
        (long Ns, string Name)[] parts =
        [
            (costs.Sum(static cost => cost.RecordedNs), $"{Units.Count(costs.Sum(static cost => cost.RecordedFrames))} frames"),
            (costs.Sum(static cost => cost.LightNs), $"{Units.Count(costs.Sum(static cost => cost.LightFrames))} other calls"),
            (costs.Sum(static cost => cost.SitesNs), "sites"),
            (costs.Sum(static cost => cost.OtherNs), "the rest"),
        ];
        string share = hotNs == 0 ? "" : $", {Units.Share((double)all / hotNs)} of the time in hot methods";
        string[] named = [.. parts.Where(static part => part.Ns > 0).Select(part => $"{part.Name} {Units.Time(part.Ns, isUnicode)}")];
        return $"{Units.Time(all, isUnicode)}{share}{(named.Length == 0 ? "" : $" ({string.Join(", ", named)})")}";
    }

    public static string? Sentence(SnapshotDocument snapshot, bool isUnicode) =>
        Of(snapshot, isUnicode) is { } cost ? $"measuring cost {cost}; it is subtracted" : null;
}
