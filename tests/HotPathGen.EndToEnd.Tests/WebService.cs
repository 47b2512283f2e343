using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The service of the playground, built against the packed package: what its figures say is what was asked of it.</summary>
[TestFixture]
public sealed partial class WebService
{
    private const int Orders = 20;
    private const int Rounds = 100;

    // Of each order's size, so that requests differ.
    private static readonly object[] s_orders =
    [
        .. Enumerable
            .Range(1, Orders)
            .Select(number => new
            {
                customer = $"customer {number % 3}",
                lines = Enumerable.Range(0, number).Select(line => new { sku = $"P-{line:000}", quantity = number * line + 1 }),
            }),
    ];

    private readonly List<BuildMessage> _messages = [];
    private string _production = "";
    private string _measured = "";
    private Snapshot _snapshot = null!;
    private List<string> _ofProduction = null!;
    private List<string> _ofMeasured = null!;
    private Outcome _load = null!;
    private Outcome _end = null!;
    private int _requests;
    private long _invoiceBytes;
    private long _findBytes;

    [OneTimeSetUp]
    public async Task Build_and_drive_both_ways()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no SIGTERM.");
        }

        Build();
        var production = new RunningService(_production, [], "serve", "--url", "http://127.0.0.1:0", "--fixed");
        try
        {
            _ofProduction = await AnswersOf(production.Client);
        }
        finally
        {
            production.End().MustSucceed();
        }

        // Without tiers, no method is compiled while the bytes are read around it.
        var measured = new RunningService(
            _measured,
            new() { ["DOTNET_TieredCompilation"] = "0", ["HOTPATH_DETAIL"] = "full" },
            "serve",
            "--url",
            "http://127.0.0.1:0",
            "--debug"
        );
        try
        {
            _ofMeasured = await AnswersOf(measured.Client);
            _load = Dotnet.Run(
                Project.NewFolder(),
                _production,
                "load",
                "--url",
                measured.Client.BaseAddress!.OriginalString,
                "--requests",
                "600",
                "--warm-up",
                "100"
            );
            while (!(await measured.Client.GetStringAsync("/health")).Contains("\"pending\":0"))
            {
                await Task.Delay(10);
            }

            (await measured.Client.PostAsync("/debug/reset", content: null)).EnsureSuccessStatusCode();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Drive(measured.Client))));
        }
        finally
        {
            _end = measured.End();
        }

        _snapshot = Snapshot.Read(measured.Snapshots.Single());
    }

    [Test]
    public void Builds_report_nothing() => Assert.That(_messages, Is.Empty);

    [Test]
    public void Production_with_the_fix_answers_as_measured_without_it()
    {
        Assert.That(_ofProduction, Has.Count.EqualTo(4 * Orders));
        Assert.That(_ofMeasured, Is.EqualTo(_ofProduction));
    }

    [Test]
    public void The_generator_finds_every_answer_right()
    {
        _load.MustSucceed();
        Assert.That(
            _load.Output,
            Does.Contain("GET /orders/{id}/invoice         120 ").And.Contain("600 requests in ").And.EndWith("wrong answers: 0\n")
        );
    }

    [Test]
    public void The_generator_names_the_answer_that_is_wrong()
    {
        using var other = new HttpListener();
        int port = FreePort();
        string url = $"http://127.0.0.1:{port}/";
        other.Prefixes.Add(url);
        other.Start();
        _ = Task.Run(() =>
        {
            var context = other.GetContext();
            context.Response.StatusCode = 201;
            context.Response.Close("""{"id":1,"customer":"somebody else","lines":[]}"""u8.ToArray(), willBlock: true);
        });
        var load = Dotnet.Run(Project.NewFolder(), _production, "load", "--url", url, "--requests", "10");

        Assert.That((load.ExitCode, load.Output), Is.EqualTo((2, "")));
        Assert.That(load.Error, Does.Contain($"{url} is not this service").And.Contain("the customer is wrong").And.Contain("somebody else"));
    }

    [Test]
    public void SIGTERM_ends_the_service_with_its_report()
    {
        _end.MustSucceed();
        Assert.That(_end.Error, Does.Contain("Handlers.Invoice"));
    }

    [Test]
    public void Each_handler_has_as_many_calls_as_there_were_requests()
    {
        Assert.That(_requests, Is.EqualTo(4 * 8 * Rounds));
        Assert.That(CallsOf("Serving.RequestIds.InvokeAsync"), Is.EqualTo(_requests));
        foreach (string handler in (string[])["Health", "List", "Invoice", "StreamAsync"])
        {
            Assert.That(CallsOf("Serving.Handlers." + handler), Is.EqualTo(4 * Rounds), handler);
        }

        foreach (string handler in (string[])["PlaceAsync", "Find"])
        {
            Assert.That(CallsOf("Serving.Handlers." + handler), Is.EqualTo(2 * 4 * Rounds), handler);
        }

        Assert.That(CallsOf("Orders.OrderValidator.ErrorsOf"), Is.EqualTo(2 * 4 * Rounds));
        Assert.That(CallsOf("Orders.PriceEngine.Price"), Is.EqualTo(4 * Rounds));
        Assert.That(CallsOf("Invoices.InvoiceRenderer.Render"), Is.EqualTo(4 * Rounds));
        Assert.That(_snapshot.Methods.Sum(method => method.Failures), Is.Zero);
    }

    [Test]
    public void The_worker_confirms_every_order_before_the_service_ends() =>
        Assert.That(CallsOf("Orders.ConfirmationWorker.Confirm"), Is.EqualTo(4 * Rounds));

    [Test]
    public void Bytes_of_synchronous_handlers_are_what_the_counter_around_them_says()
    {
        Assert.That(_invoiceBytes, Is.GreaterThan(4 * Rounds * 1000));
        Assert.That(Method("Serving.Handlers.Invoice").InclusiveBytes, Is.EqualTo(_invoiceBytes));
        Assert.That(Method("Serving.Handlers.Find").InclusiveBytes, Is.EqualTo(_findBytes));
    }

    [Test]
    public void The_fix_leaves_little_more_than_the_text_of_an_invoice()
    {
        string folder = Project.NewFolder();
        Dotnet
            .RunWith(
                new() { ["HOTPATH_DETAIL"] = "full" },
                folder,
                _measured,
                "drive",
                "--fixed",
                "--requests",
                "3000",
                "--warm-up",
                "0",
                "--concurrency",
                "2"
            )
            .MustSucceed();
        var lean = Snapshot.Read(Directory.GetFiles(Path.Combine(folder, "hotpath")).Single());

        var method = lean.Methods.Single(method => method.Id.Contains(".LeanInvoiceRenderer.Render("));
        Assert.That(method.Calls, Is.EqualTo(600));
        // An invoice has up to 26 lines of 64 letters, which take two bytes each. Threads rent their first buffers, which is little for each call.
        Assert.That(method.InclusiveBytes / method.Calls, Is.LessThan(26 * 64 * 2));
        var before = Method("Invoices.InvoiceRenderer.Render");
        Assert.That(before.InclusiveBytes / before.Calls, Is.GreaterThan(5 * method.InclusiveBytes / method.Calls));
    }

    [Test]
    public void The_comparison_has_a_row_for_each_level()
    {
        var compare = Dotnet
            .Run(
                Project.NewFolder(),
                [_production, "compare", "--production", _production, "--measured", _measured, "--rounds", "1", "--requests", "100", "--warm-up", "0"]
            )
            .MustSucceed();

        Assert.That(
            compare.Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim()),
            Is.EqualTo(["production", "production again", "measured, off", "measured, light", "measured, standard", "measured, full"])
        );
        Assert.That(compare.Lines.Count(line => line.Contains(" µs |", StringComparison.Ordinal)), Is.EqualTo(6));

        var swapped = Dotnet.Run(Project.NewFolder(), _production, "compare", "--production", _measured, "--measured", _measured);
        Assert.That((swapped.ExitCode, swapped.Output), Is.EqualTo((2, "")));
        Assert.That(swapped.Error, Does.Contain("is a measured build"));
    }

    private void Build()
    {
        string sources = Path.Combine(Package.Repository, "playground", "OrderService", "**", "*.cs");
        var project = Project.Create(
            "OrderService",
            """
            <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
            """,
            $"""
            {Project.Reference}
            <PackageReference Include="System.CommandLine" Version="{Package.VersionOf("System.CommandLine")}" />
            <Compile Include="{sources}" />
            """,
            sdk: "Microsoft.NET.Sdk.Web"
        );
        _messages.AddRange(project.Build().Messages);
        _production = KeepOutput(project, "production");
        _messages.AddRange(project.BuildMeasured().Messages);
        _measured = KeepOutput(project, "measured");
    }

    private static string KeepOutput(Project project, string name)
    {
        string kept = Project.NewFolder(name);
        foreach (string file in Directory.GetFiles(project.Output("")))
        {
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        }

        return Path.Combine(kept, "OrderService.dll");
    }

    /// <summary>Places orders, and asks for everything that a new service knows of them.</summary>
    private static async Task<List<string>> AnswersOf(HttpClient client)
    {
        var answers = new List<string>();
        for (int i = 0; i < Orders; i++)
        {
            var placed = await client.PostAsJsonAsync("/orders", s_orders[i]);
            Assert.That(placed.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(placed.Headers.Location!.OriginalString, Is.EqualTo($"/orders/{i + 1}"));
            answers.Add(await placed.Content.ReadAsStringAsync());
        }

        for (int i = 0; i < Orders; i++)
        {
            answers.Add(await client.GetStringAsync($"/orders/{i + 1}"));
            answers.Add(await client.GetStringAsync($"/orders/{i + 1}/invoice"));
            answers.Add(await client.GetStringAsync($"/orders/stream?from={i}&limit={i + 1}"));
        }

        // The worker may have confirmed an order by then, or not.
        return [.. answers.Select(answer => Changing().Replace(answer, ""))];
    }

    private async Task Drive(HttpClient client)
    {
        for (int round = 0; round < Rounds; round++)
        {
            int order = 1 + round % Orders;
            await Ask(HttpStatusCode.OK, client.GetAsync("/health"), "\"ok\"");
            await Ask(HttpStatusCode.Created, client.PostAsJsonAsync("/orders", s_orders[round % Orders]), $"\"customer\":\"customer {order % 3}\"");
            await Ask(HttpStatusCode.BadRequest, client.PostAsJsonAsync("/orders", new { customer = "x" }), "\"lines\"");
            var found = await Ask(HttpStatusCode.OK, client.GetAsync($"/orders/{order}"), $"{{\"id\":{order},");
            var unknown = await Ask(HttpStatusCode.NotFound, client.GetAsync("/orders/999999999"), "");
            var invoice = await Ask(HttpStatusCode.OK, client.GetAsync($"/orders/{order}/invoice"), $"Invoice {order}\ncustomer {order % 3}, ");
            await Ask(HttpStatusCode.OK, client.GetAsync($"/orders?customer=customer%20{order % 3}"), $"\"customer\":\"customer {order % 3}\"");
            await Ask(HttpStatusCode.OK, client.GetAsync("/orders/stream?from=5&limit=60"), "\"customer\"");
            Interlocked.Add(ref _findBytes, BytesOf(found) + BytesOf(unknown));
            Interlocked.Add(ref _invoiceBytes, BytesOf(invoice));
        }
    }

    private async Task<HttpResponseMessage> Ask(HttpStatusCode status, Task<HttpResponseMessage> request, string part)
    {
        var response = await request;
        Interlocked.Increment(ref _requests);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(part));
        return response;
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static long BytesOf(HttpResponseMessage response) =>
        long.Parse(response.Headers.GetValues("X-Allocated-Bytes").Single(), CultureInfo.InvariantCulture);

    private long CallsOf(string method) => Method(method).Calls;

    private MeasuredMethod Method(string name) =>
        _snapshot.Methods.Single(method =>
            method.Id.StartsWith($"M:OrderService.{name}(", StringComparison.Ordinal) && !method.Id.Contains('|', StringComparison.Ordinal)
        );

    [GeneratedRegex("\"placed\":\"[^\"]*\"|\"status\":\"(Received|Confirmed)\"|\\d{4}-\\d{2}-\\d{2}")]
    private static partial Regex Changing();
}
