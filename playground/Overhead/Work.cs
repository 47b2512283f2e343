using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using HotPathGen;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Overhead;

/// <summary>One small body that is never inlined, so that only the code around it differs.</summary>
internal static class Work
{
    public const string Name = "Overhead";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Histogram<double> s_histogram = new Meter(Name).CreateHistogram<double>("work.duration", "s");
    private static long s_calls;
    private static long s_ticks;
    private static long s_bytes;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Plain(int value) => value * 31 + 7;

    /// <summary>A hot method. The kind of build decides what it is compiled to.</summary>
    [Instrument]
    public static int Instrumented(int value) => Plain(value);

    /// <summary>A method that is not hot, and that is not known to be free of allocations.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Cold(int value) => value + Volatile.Read(ref s_calls);

    /// <summary>A method with one site in a measured build, which is hit many times.</summary>
    [Instrument]
    public static long ManySites(int hits)
    {
        long sum = 0;
        for (int i = 0; i < hits; i++)
        {
            sum += Cold(i);
        }

        return sum;
    }

    /// <summary>What many users write by hand: a stopwatch and two shared counters.</summary>
    public static int ByHand(int value)
    {
        long start = Stopwatch.GetTimestamp();
        int result = Plain(value);
        Interlocked.Add(ref s_ticks, Stopwatch.GetTimestamp() - start);
        Interlocked.Increment(ref s_calls);
        return result;
    }

    /// <summary>Reads both clocks that a frame needs, before and after the body. The values are only stored.</summary>
    public static int Readings(int value)
    {
        long startBytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        int result = Plain(value);
        s_ticks = Stopwatch.GetTimestamp() - start;
        s_bytes = GC.GetAllocatedBytesForCurrentThread() - startBytes;
        return result;
    }

    public static int Traced(int value)
    {
        using var activity = s_source.StartActivity();
        return Plain(value);
    }

    public static int Metered(int value)
    {
        long start = Stopwatch.GetTimestamp();
        int result = Plain(value);
        s_histogram.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }

    [Timed]
    public static int Woven(int value) => Plain(value);

    /// <summary>Has activities of the source created and recorded, until the result is disposed of.</summary>
    public static IDisposable Listen(string source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Has OpenTelemetry add up the histograms of the meter, until the result is disposed of.</summary>
    public static IDisposable Export(string meter) =>
        Sdk.CreateMeterProviderBuilder().AddMeter(meter).AddReader(new PeriodicExportingMetricReader(new NoExporter(), Timeout.Infinite)).Build();

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
