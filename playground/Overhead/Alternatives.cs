using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace Overhead;

/// <summary>The usual alternatives, around the same body: traces, metrics and a weaver.</summary>
public class Alternatives : FrameCost
{
    private IDisposable? _listener;

    [Benchmark(Description = "ActivitySource, no listener", OperationsPerInvoke = Calls)]
    public int ActivityUnheard() => Traced();

    [GlobalSetup(Target = nameof(ActivityHeard))]
    public void ListenToActivities() => _listener = Work.Listen(Work.Name);

    [Benchmark(Description = "ActivitySource, listener", OperationsPerInvoke = Calls)]
    public int ActivityHeard() => Traced();

    [GlobalSetup(Target = nameof(HistogramHeard))]
    public void ListenToHistogram()
    {
        double sum = 0;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Work.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, measurement, _, _) => sum += measurement);
        listener.Start();
        _listener = listener;
    }

    [Benchmark(Description = "Meter histogram, MeterListener", OperationsPerInvoke = Calls)]
    public int HistogramHeard() => Metered();

    [GlobalSetup(Target = nameof(HistogramExported))]
    public void ExportHistogram() => _listener = Work.Export(Work.Name);

    [Benchmark(Description = "Meter histogram, OpenTelemetry", OperationsPerInvoke = Calls)]
    public int HistogramExported() => Metered();

    [Benchmark(Description = "AspectInjector, around", OperationsPerInvoke = Calls)]
    public int Woven()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Woven(i);
        }

        return sum;
    }

    [GlobalCleanup]
    public void Stop() => _listener?.Dispose();

    private static int Traced()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Traced(i);
        }

        return sum;
    }

    private static int Metered()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Work.Metered(i);
        }

        return sum;
    }
}
