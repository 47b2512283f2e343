using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording.Live;

/// <summary>Listens to a process from outside, with the arguments that dotnet-counters sends.</summary>
public sealed class CountersProtocolTests
{
    private const int Calls = 5;
    private const long TimeSeriesValues = 2;

    [Test]
    public void The_meter_is_seen_from_outside_with_its_values()
    {
        string folder = Directory.CreateTempSubdirectory("hotpath").FullName;
        var start = HostProcess.In(folder, "dotnet", [HostProcess.Path, "again"], ("HOTPATH_SUMMARY", "none"));
        start.RedirectStandardInput = true;
        using var host = Process.Start(start)!;
        try
        {
            Assert.That(host.StandardOutput.ReadLine(), Is.EqualTo("ready"));
            for (int i = 0; i < Calls; i++)
            {
                host.StandardInput.WriteLine();
                Assert.That(host.StandardOutput.ReadLine(), Is.EqualTo("called"));
            }

            var values = ValuesOf(host.Id);

            Assert.That(
                values,
                Is.SupersetOf(
                    (KeyValuePair<string, double>[])
                        [new("{call} code.function.name=Work.Inner", Calls), new("{call} code.function.name=Work.Outer", Calls)]
                )
            );
        }
        finally
        {
            host.Kill();
            host.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }

    // Listens until both methods have been heard.
    private static Dictionary<string, double> ValuesOf(int process)
    {
        string id = Guid.NewGuid().ToString();
        var values = new Dictionary<string, double>();
        Task? stopping = null;
        var client = new DiagnosticsClient(process);
        using var session = client.StartEventPipeSession(
            [
                new EventPipeProvider(
                    "System.Diagnostics.Metrics",
                    EventLevel.Informational,
                    TimeSeriesValues,
                    new Dictionary<string, string>
                    {
                        ["SessionId"] = "SHARED",
                        ["ClientId"] = id,
                        ["Metrics"] = "HotPathGen",
                        ["RefreshInterval"] = "1",
                        ["MaxTimeSeries"] = "1000",
                        ["MaxHistograms"] = "10",
                    }
                ),
            ],
            requestRundown: false
        );
        using var source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += value =>
        {
            if (value.EventName == "CounterRateValuePublished" && (string)value.PayloadByName("instrumentName") == "hotpath.calls")
            {
                values[$"{value.PayloadByName("unit")} {value.PayloadByName("tags")}"] = double.Parse(
                    (string)value.PayloadByName("value"),
                    CultureInfo.InvariantCulture
                );
                if (values.Count == 2)
                {
                    stopping ??= Task.Run(session.Stop);
                }
            }
        };
        // Ends when the session has ended.
        source.Process();
        stopping!.Wait();
        return values;
    }
}
