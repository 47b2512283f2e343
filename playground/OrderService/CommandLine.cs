using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using OrderService.Comparing;
using OrderService.Load;
using OrderService.Serving;

namespace OrderService;

/// <summary>The commands and their options.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;

    private static readonly Option<string> s_url = new("--url")
    {
        Description = "Where the service listens. Port 0 takes a free one.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private static readonly Option<bool> s_fixed = new("--fixed") { Description = "Renders invoices without garbage." };
    private static readonly Option<bool> s_debug = new("--debug")
    {
        Description = "Answers say what their handler allocated, and POST /debug/reset drops what was recorded.",
    };

    private static readonly Option<int> s_requests = Number("--requests", "How many requests are timed.", 20_000, 1, 10_000_000);
    private static readonly Option<int> s_warmUp = Number("--warm-up", "How many requests come before, untimed.", 5_000, 0, 10_000_000);
    private static readonly Option<int> s_concurrency = Number("--concurrency", "How many requests are under way at once.", 8, 1, 1_000);
    private static readonly Option<int> s_seconds = Number("--seconds", "After so many seconds no request is sent any more.", 300, 1, 86_400);
    private static readonly Option<int> s_service = Number("--service", "The process id of the service: its processor time.", 0, 0, int.MaxValue);
    private static readonly Option<bool> s_json = new("--json") { Description = "Prints the result as JSON." };
    private static readonly Option<int> s_rounds = Number("--rounds", "How often each row of the table has its turn.", 7, 1, 100);
    private static readonly Option<FileInfo?> s_production = new("--production")
    {
        Description = "OrderService.dll of a production build; not built then.",
    };
    private static readonly Option<FileInfo?> s_measured = new("--measured")
    {
        Description = "OrderService.dll of a measured build; not built then.",
    };

    public static async Task<int> InvokeAsync(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var parsed = Root().Parse(arguments.Length == 0 ? ["--help"] : arguments);
            if (parsed.Action is ParseErrorAction wrong)
            {
                wrong.ShowHelp = false;
            }

            // Each command ends on Ctrl+C and SIGTERM in its own way.
            int exitCode = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return parsed.Errors.Count == 0 ? exitCode : WrongInput;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync($"orderservice: error: {e.Message}");
            return WrongInput;
        }
    }

    private static RootCommand Root()
    {
        var serve = new Command("serve", "Serves until Ctrl+C or SIGTERM.") { s_url, s_fixed, s_debug };
        serve.SetAction((parsed, _) => ServeAsync(Options(parsed, UrlOf(parsed).OriginalString)));

        var load = new Command("load", "Sends requests to a service that runs, and checks the answers.")
        {
            s_url,
            s_requests,
            s_warmUp,
            s_concurrency,
            s_seconds,
            s_service,
            s_json,
        };
        load.SetAction((parsed, _) => LoadAsync(parsed, UrlOf(parsed)));

        var drive = new Command("drive", "Serves and sends requests in one process.")
        {
            s_fixed,
            s_debug,
            s_requests,
            s_warmUp,
            s_concurrency,
            s_seconds,
            s_json,
        };
        drive.SetAction((parsed, _) => DriveAsync(parsed));

        var compare = new Command("compare", "What each level costs: a production build and a measured one, in turns, as processes of their own.")
        {
            s_rounds,
            s_requests,
            s_warmUp,
            s_concurrency,
            s_production,
            s_measured,
        };
        compare.SetAction((parsed, _) => CompareAsync(parsed));

        return new(
            "OrderService: takes orders, confirms them in the background, and prints invoices. Exit codes: 0 done, 1 a wrong answer, 2 wrong input."
        )
        {
            serve,
            load,
            drive,
            compare,
        };
    }

    private static async Task<int> ServeAsync(ServiceOptions options)
    {
        await using var service = Service.Create(options);
        var url = await Service.ListenAsync(service);
        Console.WriteLine($"listening on {url.OriginalString}, process {Environment.ProcessId}");
        // The host waits for SIGTERM and Ctrl+C, and then for the requests that run.
        await service.WaitForShutdownAsync();
        return Done;
    }

    private static async Task<int> LoadAsync(ParseResult parsed, Uri url)
    {
        using var termination = new Termination();
        var options = new LoadOptions(
            url,
            parsed.GetValue(s_requests),
            parsed.GetValue(s_warmUp),
            parsed.GetValue(s_concurrency),
            TimeSpan.FromSeconds(parsed.GetValue(s_seconds)),
            parsed.GetValue(s_service)
        );
        using var generator = new LoadGenerator(options);
        var result = await generator.RunAsync(termination.Token);
        if (parsed.GetValue(s_json))
        {
            Console.WriteLine(LoadReport.ToJson(result));
        }
        else
        {
            LoadReport.Print(result, Console.Out);
        }

        if (result.Problem is { } problem)
        {
            await Console.Error.WriteLineAsync($"orderservice: {problem}");
        }

        if (result.Requests < options.Requests)
        {
            await Console.Error.WriteLineAsync($"orderservice: ended before the end: {result.Requests:N0} of {options.Requests:N0} requests");
        }

        return result.Wrong == 0 && result.Requests == options.Requests ? Done : Failed;
    }

    private static async Task<int> DriveAsync(ParseResult parsed)
    {
        await using var service = Service.Create(Options(parsed, "http://127.0.0.1:0"));
        int exitCode = await LoadAsync(parsed, await Service.ListenAsync(service));
        await service.StopAsync();
        return exitCode;
    }

    private static async Task<int> CompareAsync(ParseResult parsed)
    {
        using var termination = new Termination();
        var load = new ComparisonLoad(parsed.GetValue(s_requests), parsed.GetValue(s_warmUp), parsed.GetValue(s_concurrency));
        using var builds = await Builds.FindAsync(parsed.GetValue(s_production), parsed.GetValue(s_measured), termination.Token);
        var comparison = new Comparison(builds, load, parsed.GetValue(s_rounds));
        try
        {
            ComparisonTable.Print(await comparison.RunAsync(termination.Token), Console.Out);
            return Done;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("orderservice: ended before the end; there is no table");
            return Failed;
        }
    }

    private static ServiceOptions Options(ParseResult parsed, string url) => new(url, parsed.GetValue(s_fixed), parsed.GetValue(s_debug));

    private static Uri UrlOf(ParseResult parsed)
    {
        string text = parsed.GetValue(s_url)!;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http", PathAndQuery: "/" }
            ? url
            : throw new InputException($"--url {text}: this is no address such as http://127.0.0.1:5080");
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens is [var token] ? token.Value : "", out int value) && (value < least || value > most))
            {
                result.AddError($"{name} {value} is not between {least} and {most}.");
            }
        });
        return option;
    }
}
