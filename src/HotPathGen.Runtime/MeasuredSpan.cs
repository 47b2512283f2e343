using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>The moment from which a snapshot's figures count, and what the garbage collector had done until then.</summary>
internal sealed record MeasuredSpan(DateTime StartUtc, long Timestamp, int Gen0, int Gen1, int Gen2, TimeSpan GcPause)
{
    public static MeasuredSpan FromNow() =>
        new(
            DateTime.UtcNow,
            Stopwatch.GetTimestamp(),
            GC.CollectionCount(0),
            GC.CollectionCount(1),
            GC.CollectionCount(2),
            GC.GetTotalPauseDuration()
        );
}
