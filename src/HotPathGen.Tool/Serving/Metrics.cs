using System.Globalization;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// The figures of a program as Prometheus scrapes them. Names and labels are those of the meter of measured programs, as Prometheus writes them.
/// Histograms of calls are here alone.
/// </summary>
internal sealed class Metrics
{
    /// <summary>The number of methods and of lines that have series of their own.</summary>
    public const int Bound = 100;

    /// <summary>The name of the series for all methods that have none of their own.</summary>
    public const string Others = "other";

    private const double NsPerSecond = 1e9;
    private const string MethodLabel = "code_function_name";

    private readonly Lock _lock = new();
    private readonly BoundedSeries<string> _methods = new(Bound, MethodFigures.Count, MethodFigures.SelfNs);
    private readonly BoundedSeries<SourceLine> _sites = new(Bound, SiteFigures.Count, SiteFigures.Bytes);
    private Reading? _newest;

    public string Write(Reading reading)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(reading, _newest))
            {
                bool isNew = _newest is null || !reading.Continues(_newest);
                _methods.Update(MethodFigures.Of(reading.Snapshot), isNew);
                _sites.Update(SiteFigures.Of(reading.Snapshot), isNew);
                _newest = reading;
            }

            var text = new PrometheusText();
            WriteProcess(text, reading);
            WriteMethods(text);
            WriteSites(text);
            return text.ToString();
        }
    }

    private static void WriteProcess(PrometheusText text, Reading reading)
    {
        var process = reading.Snapshot.Process;
        One("hotpath_level", "gauge", "How much is recorded: 0 off, 1 light, 2 standard, 3 full.", (int)reading.Status.Detail);
        One(
            "hotpath_start_time_seconds",
            "gauge",
            "When the figures begin, in seconds since 1970: at the start of the program or at its last reset.",
            (DateTimeOffset.Parse(process.Start, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).TotalSeconds
        );
        One(
            "hotpath_recording_time_seconds_total",
            "counter",
            "Time that measuring took on the threads of the program.",
            process.Recording?.TotalNs / NsPerSecond
        );
        One(
            "hotpath_process_allocated_bytes_total",
            "counter",
            "Bytes that the process allocated, without those of measuring.",
            process.AllocatedBytes - (process.OwnBytes ?? 0)
        );
        One(
            "hotpath_gc_pause_time_seconds_total",
            "counter",
            "Time in which the garbage collector paused the program.",
            process.Gc.PauseNs / NsPerSecond
        );
        One("hotpath_gc_heap_size_bytes", "gauge", "Bytes of the heap at the last garbage collection.", process.Gc.HeapBytes);

        void One(string name, string type, string help, double? value)
        {
            if (value is { } known)
            {
                text.Family(name, type, help);
                text.Sample(name, "", known);
            }
        }
    }

    private void WriteMethods(PrometheusText text)
    {
        (string Labels, long[] Figures)[] series =
        [
            .. _methods.Series.Select(static series => (PrometheusText.Labels((MethodLabel, series.Key)), series.Figures)),
            .. _methods.Others is { } others ? [(PrometheusText.Labels((MethodLabel, Others)), others)] : ((string, long[])[])[],
        ];
        // What other methods and those that they call took together would count a nested call several times.
        var named = series.Take(series.Length - (_methods.Others is null ? 0 : 1));
        Counters("hotpath_calls_total", "Calls of hot methods.", MethodFigures.Calls, 1, series);
        Counters("hotpath_failures_total", "Calls of hot methods that ended with an exception.", MethodFigures.Failures, 1, series);
        Counters(
            "hotpath_allocated_bytes_total",
            "Bytes that hot methods allocated, without those of the hot methods that they call.",
            MethodFigures.SelfBytes,
            1,
            series
        );
        Counters(
            "hotpath_time_seconds_total",
            "Time in hot methods, without that in the hot methods that they call.",
            MethodFigures.SelfNs,
            NsPerSecond,
            series
        );
        Counters(
            "hotpath_inclusive_allocated_bytes_total",
            "Bytes that hot methods and what they call allocated.",
            MethodFigures.InclusiveBytes,
            1,
            named
        );
        Counters("hotpath_inclusive_time_seconds_total", "Time in hot methods and what they call.", MethodFigures.InclusiveNs, NsPerSecond, named);
        text.Family(
            "hotpath_call_time_seconds",
            "histogram",
            "Time of a call of a hot method, with what it called, in the calls whose time is known."
        );
        foreach (var (labels, figures) in series)
        {
            text.HistogramOf(
                "hotpath_call_time_seconds",
                labels,
                CallBuckets.Time.Bounds,
                figures.AsSpan(MethodFigures.TimeBuckets, CallBuckets.Time.Count),
                figures[MethodFigures.TimeSum],
                NsPerSecond
            );
        }

        text.Family(
            "hotpath_call_allocated_bytes",
            "histogram",
            "Bytes of a call of a hot method, with what it called, in the calls whose bytes are known."
        );
        foreach (var (labels, figures) in series)
        {
            text.HistogramOf(
                "hotpath_call_allocated_bytes",
                labels,
                CallBuckets.Bytes.Bounds,
                figures.AsSpan(MethodFigures.BytesBuckets, CallBuckets.Bytes.Count),
                figures[MethodFigures.BytesSum],
                1
            );
        }

        void Counters(string name, string help, int figure, double divisor, IEnumerable<(string Labels, long[] Figures)> all)
        {
            text.Family(name, "counter", help);
            foreach (var (labels, figures) in all)
            {
                text.Sample(name, labels, figures[figure] / divisor);
            }
        }
    }

    private void WriteSites(PrometheusText text)
    {
        (string Labels, long[] Figures)[] series =
        [
            .. _sites.Series.Select(static series =>
                (
                    PrometheusText.Labels(
                        (MethodLabel, series.Key.Method),
                        ("code_file_path", VisibleText.Of(series.Key.File)),
                        ("code_line_number", series.Key.Line.ToString(CultureInfo.InvariantCulture))
                    ),
                    series.Figures
                )
            ),
            .. _sites.Others is { } others ? [(PrometheusText.Labels((MethodLabel, Others)), others)] : ((string, long[])[])[],
        ];
        text.Family("hotpath_site_hits_total", "counter", "Evaluations of the expressions in a line that can allocate.");
        foreach (var (labels, figures) in series)
        {
            text.Sample("hotpath_site_hits_total", labels, figures[SiteFigures.Hits]);
        }

        text.Family("hotpath_site_allocated_bytes_total", "counter", "Bytes that the expressions in a line allocated.");
        foreach (var (labels, figures) in series)
        {
            text.Sample("hotpath_site_allocated_bytes_total", labels, figures[SiteFigures.Bytes]);
        }
    }
}
