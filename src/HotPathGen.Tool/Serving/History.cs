namespace HotPathGen.Tool.Serving;

/// <summary>
/// What the program did between one reading and the next, for the time axis of the page. It is kept here, so that a page that is opened or loaded
/// again has it, too. It is bounded: an hour with a reading every five seconds.
/// </summary>
internal sealed class History
{
    private const int Kept = 720;

    private readonly Lock _lock = new();
    private readonly Queue<Moment> _moments = new(Kept);
    private Reading? _newest;

    public Moment[] Moments
    {
        get
        {
            lock (_lock)
            {
                return [.. _moments];
            }
        }
    }

    public void Add(Reading reading)
    {
        lock (_lock)
        {
            if (_newest is { } earlier && reading.Continues(earlier) && reading.Snapshot.Process.DurationNs <= earlier.Snapshot.Process.DurationNs)
            {
                return;
            }

            if (_moments.Count == Kept)
            {
                _moments.Dequeue();
            }

            _moments.Enqueue(Moment.Of(_newest is { } one && reading.Continues(one) ? one : null, reading));
            _newest = reading;
        }
    }
}

/// <summary>The figures of a second, on average since the reading before; since the reset or the start if that was later.</summary>
/// <param name="EndMs">The end of the time, in Unix time; the next is how long it was.</param>
/// <param name="Calls">Calls of hot methods.</param>
/// <param name="Bytes">What the process allocated; null if it is not known.</param>
/// <param name="HotBytes">What the hot methods allocated.</param>
/// <param name="PauseShare">The share of the time in which the garbage collector paused the program.</param>
internal sealed record Moment(long EndMs, long SpanMs, double Calls, double? Bytes, double HotBytes, double PauseShare)
{
    public static Moment Of(Reading? earlier, Reading reading)
    {
        var (before, now) = (earlier?.Snapshot, reading.Snapshot);
        double seconds = Math.Max(1, now.Process.DurationNs - (before?.Process.DurationNs ?? 0)) / 1e9;
        return new(
            reading.Begun.ToUnixTimeMilliseconds(),
            (long)(seconds * 1000),
            PerSecond(static snapshot => snapshot.Methods.Sum(static method => method.Calls)),
            now.Process.AllocatedBytes is null
                ? null
                : PerSecond(static snapshot => snapshot.Process.AllocatedBytes - snapshot.Process.OwnBytes ?? 0),
            PerSecond(static snapshot => snapshot.Methods.Sum(static method => method.Allocated.SelfBytes)),
            Math.Min(1, PerSecond(static snapshot => snapshot.Process.Gc.PauseNs) / 1e9)
        );

        // Estimates may fall from one reading to the next.
        double PerSecond(Func<SnapshotDocument, long> figure) => Math.Max(0, figure(now) - (before is null ? 0 : figure(before))) / seconds;
    }
}
