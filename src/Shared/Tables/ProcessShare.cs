namespace HotPathGen.Shared;

/// <summary>How much of what the process allocated, and of its processor time, the hot methods account for.</summary>
internal sealed class ProcessShare
{
    private const string MeasureMore =
        "To see more, measure all of your code: -p:HotPathInstrumentAll=true, or [assembly: Instrument]. The rest is libraries, the runtime and start-up.";

    private readonly bool _isOfOne;
    private readonly bool _isEstimate;
    private readonly long _hotBytes,
        _hotNs;
    private readonly long? _bytes,
        _processorNs;

    private ProcessShare(SnapshotDocument snapshot)
    {
        var runs = snapshot.Runs ?? [snapshot.Process];
        _isOfOne = runs.Length == 1;
        _isEstimate = runs.Any(static run => run.Detail < DetailLevel.Standard);
        _hotBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        _hotNs = snapshot.Methods.Sum(static m => m.Time.SelfNs);
        // Runs of earlier versions do not tell it, and then no sum is known.
        _bytes = runs.Any(static run => run.AllocatedBytes is null) ? null : runs.Sum(static run => run.AllocatedBytes - (run.OwnBytes ?? 0));
        _processorNs = runs.Any(static run => run.ProcessorNs is null || run.Recording is null)
            ? null
            : runs.Sum(static run => run.ProcessorNs!.Value - run.Recording!.TotalNs);
    }

    public static ProcessShare Of(SnapshotDocument snapshot) => new(snapshot);

    /// <summary>The bytes of hot methods beside those of the process, without those of the runtime; null if the latter are not known.</summary>
    public string? Bytes =>
        _bytes is { } all
            ? $"{(_isEstimate ? "about " : "")}{Units.Bytes(_hotBytes)} of the {Owner} {Units.Bytes(all)}{InBrackets((double)_hotBytes / all)}"
            : null;

    /// <summary>
    /// The time of hot methods beside the processor time of the process, without that of recording. A method that waits takes time and no processor
    /// time, so there may be more of the former. Null if the processor time is not known, or is all of recording, which may have waited, too.
    /// </summary>
    /// <param name="isUnicode">Whether the reader's terminal can show every letter.</param>
    public string? Time(bool isUnicode) =>
        _processorNs is not ({ } all and > 0) ? null
        : _hotNs > all ? $"{Units.Time(_hotNs, isUnicode)}, waits included, beside the {Owner} {Units.Time(all, isUnicode)} of processor time"
        : $"{Units.Time(_hotNs, isUnicode)} of the {Owner} {Units.Time(all, isUnicode)} of processor time{InBrackets((double)_hotNs / all)}";

    /// <summary>Both in a sentence; null if neither is known.</summary>
    public string? Sentence(bool isUnicode) =>
        (Bytes, Time(isUnicode)) switch
        {
            ({ } bytes, { } time) => $"hot methods allocated {bytes} and took {time}",
            ({ } bytes, null) => $"hot methods allocated {bytes}",
            (null, { } time) => $"hot methods took {time}",
            _ => null,
        };

    /// <summary>How to see more, where the hot methods saw less than a half; null where they saw more.</summary>
    public string? Hint =>
        (_hotBytes < _bytes - _hotBytes, _hotNs < _processorNs - _hotNs) switch
        {
            (true, true) => $"Less than a half of both is in hot methods. {MeasureMore}",
            (true, false) => $"Less than a half of the bytes is in hot methods. {MeasureMore}",
            (false, true) => $"Less than a half of the time is in hot methods. {MeasureMore}",
            _ => null,
        };

    private string Owner => _isOfOne ? "process's" : "processes'";

    private static string InBrackets(double share) => double.IsFinite(share) ? $" ({Units.Share(share)})" : "";
}
