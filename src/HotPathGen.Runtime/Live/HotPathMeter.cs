using System.Diagnostics.Metrics;

namespace HotPathGen.Runtime.Live;

/// <summary>
/// The meter <c>HotPathGen</c>. It has observable instruments only, so that frames do nothing for it. It is created by a thread of the runtime when
/// the program has run for a while, so that short programs neither load nor compile its code. Listeners see instruments that appear later.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed class HotPathMeter
#pragma warning restore CA1001
{
    public const string Name = "HotPathGen";

    private const int DelayMs = 300;
    private const double NsPerSecond = 1e9;

    private readonly Meter _meter = new(Name, typeof(HotPathMeter).Assembly.GetName().Version?.ToString(3));
    private readonly MeterReading _reading;
    private int _instruments;

    public HotPathMeter(int bound, Func<SnapshotDocument> read, Func<int> level)
    {
        _reading = new(bound, read);
        OfMethods("hotpath.calls", "{call}", "Calls of hot methods.", MethodFigures.Calls);
        OfMethods("hotpath.failures", "{call}", "Calls of hot methods that ended with an exception.", MethodFigures.Failures);
        OfMethods(
            "hotpath.allocated",
            "By",
            "Bytes that hot methods allocated, without those of the hot methods that they call.",
            MethodFigures.SelfBytes
        );
        OfMethods("hotpath.time", "s", "Time in hot methods, without that in the hot methods that they call.", MethodFigures.SelfNs, NsPerSecond);
        OfMethods(
            "hotpath.inclusive.allocated",
            "By",
            "Bytes that hot methods and what they call allocated.",
            MethodFigures.InclusiveBytes,
            hasOthers: false
        );
        OfMethods("hotpath.inclusive.time", "s", "Time in hot methods and what they call.", MethodFigures.InclusiveNs, NsPerSecond, hasOthers: false);
        OfSites("hotpath.site.hits", "{hit}", "Evaluations of the expressions in a line that can allocate.", SiteFigures.Hits);
        OfSites("hotpath.site.allocated", "By", "Bytes that the expressions in a line allocated.", SiteFigures.Bytes);
        int recording = _instruments++;
        _meter.CreateObservableCounter(
            "hotpath.recording.time",
            () => Observe(recording, static figures => new Measurement<double>(figures.RecordingNs / NsPerSecond)),
            "s",
            "Time that measuring took on the threads of the program."
        );
        _meter.CreateObservableGauge("hotpath.level", level, null, "How much is recorded: 0 off, 1 light, 2 standard, 3 full.");
    }

    /// <summary>Creates the meter later.</summary>
    /// <param name="bound">The number of methods and of lines that have series of their own.</param>
    /// <param name="read">Reads the recording.</param>
    /// <param name="level">Returns the level of recording.</param>
    /// <param name="resets">Returns a number that grows with each reset.</param>
    public static void StartLater(int bound, Func<SnapshotDocument> read, Func<int> level, Func<long> resets)
    {
        try
        {
            new Thread(() => Start(bound, read, level, resets))
            {
                IsBackground = true,
                Priority = ThreadPriority.Lowest,
                Name = "HotPathGen meter",
            }.Start();
        }
        catch (Exception)
        {
            // In this case the program has no meter.
        }
    }

    private static void Start(int bound, Func<SnapshotDocument> read, Func<int> level, Func<long> resets)
    {
        long counted = 0;
        try
        {
            Thread.Sleep(DelayMs);
            OwnBytes.AddSince(ref counted);
            long before = resets();
            _ = new HotPathMeter(bound, read, level);
            // About 50 KB. What was allocated before a reset is in no figure after it.
            if (resets() == before)
            {
                OwnBytes.AddSince(ref counted);
            }
        }
        catch (Exception e)
        {
            // This is the runtime's own thread: an unhandled exception on it would end the program.
            StandardError.Say($"there are no metrics: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void OfMethods(string name, string unit, string description, int figure, double divisor = 1, bool hasOthers = true) =>
        Of(name, unit, description, figure, divisor, figures => figures.Methods.Where(series => hasOthers || !series.IsOthers));

    private void OfSites(string name, string unit, string description, int figure) =>
        Of(name, unit, description, figure, 1, static figures => figures.Sites);

    // Whole numbers stay whole.
    private void Of(
        string name,
        string unit,
        string description,
        int figure,
        double divisor,
        Func<MeterReading.Figures, IEnumerable<MeterReading.Series>> series
    )
    {
        int instrument = _instruments++;
        if (divisor == 1)
        {
            _meter.CreateObservableCounter(
                name,
                () => Observe(instrument, figures => series(figures).Select(one => new Measurement<long>(one.Figures[figure], one.Tags)).ToArray()),
                unit,
                description
            );
        }
        else
        {
            _meter.CreateObservableCounter(
                name,
                () =>
                    Observe(instrument, figures =>
                        series(figures).Select(one => new Measurement<double>(one.Figures[figure] / divisor, one.Tags)).ToArray()
                    ),
                unit,
                description
            );
        }
    }

    // Listeners call on threads of the program, possibly inside a hot method.
    private T Observe<T>(int instrument, Func<MeterReading.Figures, T> select)
    {
        var own = OwnWork.Begin();
        try
        {
            return select(_reading.For(instrument));
        }
        finally
        {
            own.End();
        }
    }
}
