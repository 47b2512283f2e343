using System.Diagnostics;

namespace HotPathGen.Runtime.Live;

/// <summary>
/// What the instruments of the meter report. A collection asks one instrument after the other, on one thread, and does not say when it begins. So
/// a reading of the recording serves the thread that asked for it, until that thread asks an instrument for the second time.
/// </summary>
internal sealed class MeterReading(int bound, Func<SnapshotDocument> read)
{
    /// <summary>
    /// Longer than a collection takes from one instrument to the next. Listeners to different instruments may collect on one thread, one after the
    /// other.
    /// </summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SeriesTable<string> _methods = new(bound, MethodFigures.Count, MethodFigures.SelfNs);
    private readonly SeriesTable<SiteKey> _sites = new(bound, SiteFigures.Count, SiteFigures.Bytes);
    private readonly SeriesTable<string> _process = new(1, 1, 0);
    private Figures _figures = new([], [], 0);
    private int _thread;
    private long _lastAsked;
    private int _asked;

    /// <summary>Returns the figures for one of the instruments.</summary>
    public Figures For(int instrument)
    {
        lock (_lock)
        {
            int thread = Environment.CurrentManagedThreadId;
            int bit = 1 << instrument;
            if (thread != _thread || (_asked & bit) != 0 || Stopwatch.GetElapsedTime(_lastAsked) > s_pause)
            {
                (_thread, _asked) = (thread, 0);
                _figures = Read();
            }

            (_asked, _lastAsked) = (_asked | bit, Stopwatch.GetTimestamp());
            return _figures;
        }
    }

    private Figures Read()
    {
        var snapshot = read();
        string start = snapshot.Process.Start;
        _methods.Update(start, MethodFigures.Of(snapshot));
        _sites.Update(start, SiteFigures.Of(snapshot));
        _process.Update(start, new Dictionary<string, long[]> { [""] = [snapshot.Process.Recording?.TotalNs ?? 0] });
        return new(
            [
                .. _methods.Series.Select(static series => new Series(MethodFigures.Tags(series.Key), series.Figures, IsOthers: false)),
                .. Others(_methods.Others),
            ],
            [.. _sites.Series.Select(static series => new Series(series.Key.Tags, series.Figures, IsOthers: false)), .. Others(_sites.Others)],
            _process.Series.Single().Figures[0]
        );
    }

    private static IEnumerable<Series> Others(long[]? figures) =>
        figures is null ? [] : [new(MethodFigures.Tags(MethodFigures.Others), figures, IsOthers: true)];

    internal sealed record Figures(Series[] Methods, Series[] Sites, long RecordingNs);

    internal readonly record struct Series(KeyValuePair<string, object?>[] Tags, long[] Figures, bool IsOthers);
}
