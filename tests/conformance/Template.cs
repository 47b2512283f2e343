using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

/// <summary>A template of the SDK, and how a program made of it is driven.</summary>
/// <param name="Drive">Uses the program and collects its answers by name.</param>
/// <param name="Uncalled">Why methods are not called, by the end of their id.</param>
internal sealed partial record Template(
    string Name,
    Func<RunningProgram, Dictionary<string, string>, Task> Drive,
    params (string Method, string Reason)[] Uncalled
)
{
    private const string NoBrowser = "Chromium is missing";

    public static readonly Template[] All =
    [
        new("console", static (program, answers) => Task.Run(() => answers["output"] = $"{program.WaitForEnd()}\n{program.Output}")),
        new("webapi", static (program, answers) => Visit(program, answers, "/weatherforecast", "/openapi/v1.json")),
        new("worker", Work),
        new("blazor", VisitAndClick),
        new(
            "mvc",
            static (program, answers) => Visit(program, answers, "/", "/Home/Privacy", "/Home/Error"),
            ("Views__ViewImports.ExecuteAsync", "nothing renders a file of imports"),
            ("Views_Shared__ValidationScriptsPartial.ExecuteAsync", "no page of the template includes it")
        ),
        new("grpc", Greet),
    ];

    /// <summary>Runs the program, and ends it.</summary>
    /// <returns>The answers, without what differs from run to run.</returns>
    public Dictionary<string, string> Run(string assembly, string folder, params (string Name, string Value)[] environment)
    {
        Console.Error.WriteLine($"running {Name} …");
        using var program = new RunningProgram(
            assembly,
            folder,
            [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("ASPNETCORE_ENVIRONMENT", "Development"), .. environment]
        );
        var answers = new Dictionary<string, string>();
        Drive(program, answers).GetAwaiter().GetResult();
        answers["exit code"] = program.End().ToString(CultureInfo.InvariantCulture);
        return answers.ToDictionary(static answer => answer.Key, static answer => Masked(answer.Value));
    }

    /// <summary>Why a method was not called; null if it should have been.</summary>
    public string? WhyUncalled(Measured method, Dictionary<string, string> answers) =>
        answers.ContainsValue(NoBrowser) && method.Id.EndsWith(".IncrementCount", StringComparison.Ordinal)
            ? NoBrowser
            : Array.Find(Uncalled, known => method.Id.EndsWith(known.Method, StringComparison.Ordinal)).Reason;

    private static async Task<Uri> Address(RunningProgram program) => new(Listening().Match(await program.WaitFor(Listening().IsMatch)).Value);

    private static async Task Visit(RunningProgram program, Dictionary<string, string> answers, params string[] paths)
    {
        using var client = new HttpClient { BaseAddress = await Address(program) };
        foreach (string path in paths)
        {
            using var response = await client.GetAsync(path);
            answers["GET " + path] = await Describe(response);
        }
    }

    private static async Task<string> Describe(HttpResponseMessage response) =>
        $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n{await response.Content.ReadAsStringAsync()}";

    private static async Task Work(RunningProgram program, Dictionary<string, string> answers)
    {
        await program.WaitFor(static output => Round().Count(output) >= 2);
        program.End();
        // How many rounds there were, and which line came first, is a matter of time.
        answers["output"] = string.Join('\n', Masked(program.Output).Split('\n').Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task VisitAndClick(RunningProgram program, Dictionary<string, string> answers)
    {
        await Visit(program, answers, "/", "/counter", "/weather", "/Error", "/not-found", "/nowhere");
        answers["click"] = await Click(new Uri(await Address(program), "/counter"), "Click me", "Current count: 1");
    }

    /// <summary>Clicks a button in a browser until the page shows a text, because a page that is not connected yet ignores it.</summary>
    private static async Task<string> Click(Uri page, string button, string text)
    {
        string? executable = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "chromium"))
            .FirstOrDefault(File.Exists);
        if (executable is null)
        {
            return NoBrowser;
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable });
        var open = await browser.NewPageAsync();
        await open.GotoAsync(page.AbsoluteUri);
        for (int i = 0; i < 120 && !await open.GetByText(text).IsVisibleAsync(); i++)
        {
            await open.GetByText(button).ClickAsync();
            await Task.Delay(500);
        }

        return await open.GetByRole(AriaRole.Status).InnerTextAsync();
    }

    /// <summary>Calls the service without a client library. The connection speaks HTTP/2 from its first byte.</summary>
    private static async Task Greet(RunningProgram program, Dictionary<string, string> answers)
    {
        using var client = new HttpClient
        {
            BaseAddress = await Address(program),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var page = await client.GetAsync("/");
        answers["GET /"] = await Describe(page);

        // A message of gRPC: not compressed, its length, and the field 1 of HelloRequest.
        byte[] name = Encoding.UTF8.GetBytes("world");
        byte[] message = [0, 0, 0, 0, 0, (1 << 3) | 2, (byte)name.Length, .. name];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);
        using var content = new ByteArrayContent(message);
        content.Headers.ContentType = new("application/grpc");
        client.DefaultRequestHeaders.TE.Add(new("trailers"));
        using var response = await client.PostAsync("/greet.Greeter/SayHello", content);
        string reply = Convert.ToHexString(await response.Content.ReadAsByteArrayAsync());
        string status = string.Join(',', response.TrailingHeaders.Select(static header => $"{header.Key}={string.Join(',', header.Value)}"));
        answers["SayHello"] = $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n{reply}\n{status}";
    }

    private static string Masked(string answer) =>
        s_masks.Aggregate(answer, static (text, mask) => mask.Replace(text, static match => match.Groups["kept"].Value + "#"));

    /// <summary>
    /// The address; dates and times; temperatures and their summaries, in JSON and in a table; ids of requests; what Blazor protects and the ids of
    /// its parts; antiforgery tokens; fingerprints of assets.
    /// </summary>
    private static readonly Regex[] s_masks =
    [
        Listening(),
        Moment(),
        WeatherJson(),
        WeatherCell(),
        TraceId(),
        BlazorMarker(),
        Guid(),
        Token(),
        Fingerprint(),
    ];

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Listening();

    [GeneratedRegex("Worker running at")]
    private static partial Regex Round();

    [GeneratedRegex(@"\b([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})([ T][0-9]{2}:[0-9]{2}:[0-9]{2}( ?[+-][0-9]{2}:[0-9]{2})?)?")]
    private static partial Regex Moment();

    [GeneratedRegex("(?<kept>\"(temperatureC|temperatureF|summary)\":)(-?[0-9]+|\"[A-Za-z]+\")")]
    private static partial Regex WeatherJson();

    [GeneratedRegex("(?<kept><td>)[^<]*")]
    private static partial Regex WeatherCell();

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|0H[0-9A-Z]{11}:[0-9A-F]{8}")]
    private static partial Regex TraceId();

    [GeneratedRegex("(?<kept><!--Blazor[A-Za-z-]*:)[^>]*")]
    private static partial Regex BlazorMarker();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("(?<kept>__RequestVerificationToken\"[^>]* value=\")[^\"]*")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<kept>[a-z]\.)[a-z0-9]{10}(?=(\.[a-z]+)+\.(css|js)|\.(css|js))|sha256-[A-Za-z0-9+/=]+|(?<kept>\?v=)[A-Za-z0-9_-]+")]
    private static partial Regex Fingerprint();
}
