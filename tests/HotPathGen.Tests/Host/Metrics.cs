using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HotPathGen.Runtime;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace HotPathGen.Tests.Host;

/// <summary>Listens to the meter in every way that a program may, and prints what it hears, with the snapshot.</summary>
internal static class Metrics
{
    /// <summary>Two overloads, and a method with two sites in a line and one in another.</summary>
    public static HotMethod[] Methods =>
        [
            new("M:Work.Twin", "Work.Twin()", "Work.cs", 4, "pair"),
            new("M:Work.Twin(System.Int32)", "Work.Twin(int)", "Work.cs", 5, "pair"),
            new(
                "M:Work.Lined",
                "Work.Lined()",
                "Work.cs",
                6,
                "pair",
                "7\t1\tarray\tbyte[]\tnew byte[100]\n7\t9\tarray\tbyte[]\tnew byte[200]\n8\t1\tarray\tbyte[]\tnew byte[400]"u8
            ),
        ];

    public static int Run()
    {
        List<Metric> cumulative = [],
            differences = [];
        int port = FreePort();
        // The meter appears when all of these have begun to listen.
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("HotPathGen")
            .AddReader(ReaderInto(cumulative, MetricReaderTemporalityPreference.Cumulative))
            .AddReader(ReaderInto(differences, MetricReaderTemporalityPreference.Delta))
            .AddPrometheusHttpListener(options => (options.Host, options.Port) = ("127.0.0.1", port))
            .Build();
        using var appeared = new ManualResetEventSlim();
        var heard = new SortedDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "HotPathGen")
            {
                self.EnableMeasurementEvents(instrument);
                if (instrument.Name == "hotpath.level")
                {
                    appeared.Set();
                }
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => heard[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => heard[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => heard[Name(instrument, tags)] = value);
        listener.Start();
        bool wasThere = appeared.IsSet;
        Record();
        appeared.Wait();

        listener.RecordObservableInstruments();
        using var http = new HttpClient();
        string page = http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")).Result;
        provider.ForceFlush();
        var first = new
        {
            WasThere = wasThere,
            Heard = new SortedDictionary<string, double>(heard, StringComparer.Ordinal),
            Cumulative = Points(cumulative),
            Differences = Points(differences),
            Page = page,
            Snapshot = JsonDocument.Parse(HotPath.Snapshot()).RootElement,
        };

        HotPath.Reset();
        Record();
        listener.RecordObservableInstruments();
        provider.ForceFlush();
        var second = new
        {
            Heard = heard,
            Cumulative = Points(cumulative),
            Differences = Points(differences),
            Snapshot = JsonDocument.Parse(HotPath.Snapshot()).RootElement,
        };
        Console.WriteLine(JsonSerializer.Serialize(new { First = first, Second = second }));
        return 0;
    }

    private static void Record()
    {
        for (int i = 0; i < 100; i++)
        {
            Work.Outer(Work.Inner);
            Call(2, 100);
            Call(3, 200);
            Lined();
            using (HotPath.Measure("other"))
            {
                GC.KeepAlive(new byte[50]);
            }
        }

        try
        {
            Work.Outer(static () => throw new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
            // A failure.
        }
    }

    private static void Call(int method, int bytes)
    {
        var frame = Frame.Enter(Work.s_first + method);
        GC.KeepAlive(new byte[bytes]);
        frame.Exit(true);
    }

    private static void Lined()
    {
        var frame = Frame.EnterBodies(Work.s_first + 4, 3);
        if (frame.IsProbing)
        {
            frame.At(0, new byte[100]);
            frame.At(1, new byte[200]);
            frame.At(2, new byte[400]);
        }
        else
        {
            GC.KeepAlive(new byte[100]);
            GC.KeepAlive(new byte[200]);
            GC.KeepAlive(new byte[400]);
        }

        frame.ExitBodies(true);
    }

    private static BaseExportingMetricReader ReaderInto(List<Metric> metrics, MetricReaderTemporalityPreference temporality) =>
        new(new InMemoryExporter<Metric>(metrics)) { TemporalityPreference = temporality };

    // The list has one metric a flush: the last ones are those of the last flush.
    private static SortedDictionary<string, double> Points(List<Metric> metrics)
    {
        var points = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                string name = metric.Name;
                foreach (var tag in point.Tags)
                {
                    name += $" {tag.Value}";
                }

                points[name] =
                    metric.MetricType == MetricType.LongSum ? point.GetSumLong()
                    : metric.MetricType == MetricType.DoubleSum ? point.GetSumDouble()
                    : point.GetGaugeLastValueLong();
            }
        }

        metrics.Clear();
        return points;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        foreach (var tag in tags)
        {
            name += $" {tag.Value}";
        }

        return name;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
