using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>The moment from which a snapshot's figures count, and what the process and the garbage collector had done until then.</summary>
internal sealed record MeasuredSpan(
    DateTime StartUtc,
    long Timestamp,
    int Gen0,
    int Gen1,
    int Gen2,
    TimeSpan GcPause,
    TimeSpan? ProcessorTime,
    long AllocatedBytes
)
{
    public static MeasuredSpan FromNow() =>
        new(
            DateTime.UtcNow,
            Stopwatch.GetTimestamp(),
            GC.CollectionCount(0),
            GC.CollectionCount(1),
            GC.CollectionCount(2),
            GC.GetTotalPauseDuration(),
            ProcessorTimeUntilNow(),
            AllocatedUntilNow()
        );

    /// <summary>
    /// Suspends all threads for as long as a small collection does. Without that, the bytes are too many by up to 8 KB for each thread: what a thread
    /// has been given to allocate from.
    /// </summary>
    public static long AllocatedUntilNow() => GC.GetTotalAllocatedBytes(precise: true);

    public static TimeSpan? ProcessorTimeUntilNow()
    {
        try
        {
            return Environment.CpuUsage.TotalTime;
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }
}
