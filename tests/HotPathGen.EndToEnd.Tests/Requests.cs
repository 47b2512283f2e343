using System.Globalization;
using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>A minimal API on Kestrel that sends itself requests, many at once. Its operations are its routes.</summary>
[TestFixture]
public sealed class Requests
{
    private const string Code = """
        using System.Text.Json;
        using HotPathGen;

        // Frames are opened in hot code, so what they need has been loaded by then.
        const int Each = 500, Rounds = 4;
        var truth = new long[1];
        var waiting = new SemaphoreSlim(0);
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseExceptionHandler(static error => error.Run(static context => context.Response.WriteAsync("failed")));
        app.UseRouting();
        app.MapGet("/sync/{id:int}", (int id) =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            string text = Work.Sync(id);
            Interlocked.Add(ref truth[0], GC.GetAllocatedBytesForCurrentThread() - before);
            return text;
        });
        var group = app.MapGroup("/api");
        group.MapGet("items/{id}", (string id) => Work.Async(id));
        group.MapPost("items", (string id) => Work.Async(id));
        app.MapGet("/stream", () => Work.Stream(5));
        app.MapGet("/cancelled", (CancellationToken token) => Work.Wait(waiting, token));
        app.MapGet("/fails", string () => Work.Fail());
        app.MapGet("/cold", static () => "cold");
        await app.StartAsync();
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await Send(10); // .NET makes the text of each digit once
        await Job(1);
        Settle();
        HotPath.Reset();
        truth[0] = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await Send(Each / Rounds);
        }

        await Job(20);
        Settle();
        Console.WriteLine(truth[0]);
        await app.StopAsync();

        // All of these requests run at once.
        async Task Send(int count)
        {
            var sent = new List<Task>();
            var abort = new CancellationTokenSource();
            for (int i = 0; i < count; i++)
            {
                sent.Add(client.GetStringAsync($"/sync/{i % 10}"));
                sent.Add(client.GetStringAsync($"/api/items/{i % 10}"));
                sent.Add(client.PostAsync($"/api/items?id={i % 10}", null));
                sent.Add(client.GetStringAsync("/stream"));
                sent.Add(client.GetAsync("/fails"));
                sent.Add(client.GetStringAsync("/cold"));
                sent.Add(client.GetAsync("/missing"));
                sent.Add(Cancelled(client.GetAsync("/cancelled", abort.Token)));
            }

            for (int i = 0; i < count; i++)
            {
                await waiting.WaitAsync();
            }

            abort.Cancel();
            await Task.WhenAll(sent);
        }

        static async Task Cancelled(Task request)
        {
            try { await request; } catch (OperationCanceledException) { }
        }

        static async Task Job(int count)
        {
            for (int i = 0; i < count; i++)
            {
                using (HotPath.Operation("job"))
                {
                    await Task.Yield();
                    Work.Sync(1);
                    await Task.Run(static () => Work.Sync(2));
                }
            }
        }

        // A request ends on the server a little after the client has read its response.
        static void Settle()
        {
            while (JsonDocument.Parse(HotPath.Snapshot()).RootElement.GetProperty("operations").EnumerateArray().Any(static o => o.GetProperty("open").GetInt64() > 0))
            {
                Thread.Sleep(10);
            }
        }

        public static class Work
        {
            [Instrument]
            public static string Sync(int id) => Text(id) + id;

            [Instrument]
            public static async Task<string> Async(string id)
            {
                string text = Text(1);
                await Task.Yield();
                text += Text(2);
                await Task.Run(() => text += Inner(id));
                return text;
            }

            [Instrument]
            public static async IAsyncEnumerable<string> Stream(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    await Task.Delay(1);
                    yield return Text(i);
                }
            }

            [Instrument]
            public static async Task<string> Wait(SemaphoreSlim waiting, CancellationToken token)
            {
                string text = Text(3);
                waiting.Release();
                await Task.Delay(Timeout.Infinite, token);
                return text;
            }

            [Instrument]
            public static string Fail() => throw new FormatException(Text(4));

            [Instrument]
            private static string Inner(string id) => Text(5) + id;

            private static string Text(int id) => new((char)('a' + id), 100);
        }
        """;

    private const int Each = 500;

    private readonly Dictionary<string, JsonElement> _operations = [];
    private JsonElement _snapshot;
    private long _truth;

    [OneTimeSetUp]
    public void Serve()
    {
        var project = Project.Create(
            "Served",
            "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>",
            Project.Reference,
            sdk: "Microsoft.NET.Sdk.Web"
        );
        project.Write("Program.cs", Code);
        project.BuildMeasured();
        var run = project.Start(new() { ["HOTPATH_SUMMARY"] = "none" });
        _truth = long.Parse(run.Output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture);
        using var document = JsonDocument.Parse(File.ReadAllText(project.Snapshots.Single()));
        _snapshot = document.RootElement.Clone();
        foreach (var operation in _snapshot.GetProperty("operations").EnumerateArray())
        {
            _operations[operation.GetProperty("name").GetString()!] = operation;
        }
    }

    [Test]
    public void Operations_are_named_by_method_and_route()
    {
        Assert.That(
            _operations.Keys,
            Is.EquivalentTo(["GET /api/items/{id}", "GET /cancelled", "GET /fails", "GET /stream", "GET /sync/{id:int}", "POST /api/items", "job"])
        );
    }

    [Test]
    public void Their_calls_are_the_requests_that_were_sent()
    {
        foreach (var (name, operation) in _operations)
        {
            int sent = name == "job" ? 20 : Each;
            Assert.That(operation.GetProperty("calls").GetInt64(), Is.EqualTo(sent), name);
            Assert.That(Samples(operation, "wallHistogram"), Is.EqualTo(sent), name);
            Assert.That(Samples(operation, "bytesHistogram"), Is.EqualTo(sent), name);
        }
    }

    [Test]
    public void The_bytes_of_a_synchronous_handler_are_those_that_its_thread_allocated()
    {
        var sync = _operations["GET /sync/{id:int}"];
        Assert.That(sync.GetProperty("allocatedBytes").GetInt64(), Is.EqualTo(_truth));
        Assert.That(sync.GetProperty("maxBytes").GetInt64(), Is.EqualTo(_truth / Each));
    }

    [Test]
    public void The_bytes_of_all_operations_are_those_of_all_methods()
    {
        Assert.That(
            _operations.Values.Sum(static operation => operation.GetProperty("allocatedBytes").GetInt64()),
            Is.EqualTo(
                _snapshot
                    .GetProperty("methods")
                    .EnumerateArray()
                    .Sum(static method => method.GetProperty("allocated").GetProperty("selfBytes").GetInt64())
            )
        );
    }

    [Test]
    public void The_bytes_of_single_calls_add_up_to_the_sum_also_over_awaits_and_streams()
    {
        foreach (var (name, operation) in _operations)
        {
            double sum = operation
                .GetProperty("bytesHistogram")
                .EnumerateArray()
                .Sum(static bucket => (double)Midpoint(bucket[0].GetInt32()) * bucket[1].GetInt64());
            Assert.That(sum, Is.EqualTo((double)operation.GetProperty("allocatedBytes").GetInt64()).Within(6.25).Percent, name);
        }
    }

    [Test]
    public void Requests_that_throw_or_are_cancelled_fail()
    {
        foreach (var (name, operation) in _operations)
        {
            Assert.That(operation.GetProperty("failures").GetInt64(), Is.EqualTo(name is "GET /fails" or "GET /cancelled" ? Each : 0), name);
        }
    }

    private static long Samples(JsonElement operation, string histogram) =>
        operation.GetProperty(histogram).EnumerateArray().Sum(static bucket => bucket[1].GetInt64());

    // The rule is in each snapshot.
    private static long Midpoint(int bucket) => bucket < 16 ? bucket : ((8L + (bucket & 7)) << ((bucket >> 3) - 1)) + (1L << ((bucket >> 3) - 1)) / 2;
}
