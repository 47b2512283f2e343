using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HotPathGen.Tool.Serving;
using HotPathGen.Tool.Tests.Live;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>A real Prometheus scrapes a program that runs.</summary>
[TestFixture]
public sealed class PrometheusTests
{
    [Test]
    public async Task Its_queries_give_the_sums_of_the_snapshot()
    {
        const string Secret = "0123456789abcdef0123";
        string prometheus = InstalledTool.Require("prometheus", "prometheus");
        using var folder = new TemporaryFolder();
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program, Token.Of(Secret, "test"));
        folder.Write("token", Secret);
        string configuration = folder.Write(
            "prometheus.yml",
            $"""
            scrape_configs:
              - job_name: hotpath
                scrape_interval: 1s
                authorization:
                  credentials_file: {folder["token"]}
                static_configs:
                  - targets: ["{server.Address.Authority}"]
            """
        );
        int port = FreePort();
        using var process = Process.Start(
            new ProcessStartInfo(
                prometheus,
                [
                    $"--config.file={configuration}",
                    $"--storage.tsdb.path={folder["data"]}",
                    $"--web.listen-address=127.0.0.1:{port}",
                    "--log.level=error",
                ]
            )
        )!;
        try
        {
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            await Until("sum(hotpath_calls_total)", 2000);
            program.Call(500);
            await Until("sum(hotpath_calls_total)", 3000);
            Assert.That(await Query("hotpath_allocated_bytes_total{code_function_name=\"Work.Inner\"}"), Is.EqualTo(1500 * 1024));
            Assert.That(await Query("sum(hotpath_call_allocated_bytes_bucket{le=\"1024\"})"), Is.Zero, "1,024 is in the next bucket");
            Assert.That(await Query("hotpath_call_allocated_bytes_bucket{code_function_name=\"Work.Inner\",le=\"4096\"}"), Is.EqualTo(1500));
            Assert.That(
                await Query("histogram_quantile(0.5, sum by (le) (hotpath_call_time_seconds_bucket))"),
                Is.InRange(0, 1),
                "the bounds are in order"
            );
            Assert.That(await Query("count(hotpath_call_time_seconds_sum)"), Is.EqualTo(2));

            async Task Until(string query, double value)
            {
                while (await Query(query) != value)
                {
                    Assert.That(process.HasExited, Is.False, "prometheus runs");
                    await Task.Delay(250);
                }
            }

            async Task<double?> Query(string query)
            {
                try
                {
                    using var json = JsonDocument.Parse(await client.GetStringAsync("/api/v1/query?query=" + Uri.EscapeDataString(query)));
                    return
                        json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().FirstOrDefault()
                            is { ValueKind: JsonValueKind.Object } sample
                        ? double.Parse(sample.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)
                        : null;
                }
                catch (HttpRequestException)
                {
                    return null; // it has just started
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
