using System.Net;
using HotPathGen.Tool.Tests.Live;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The command line of <c>serve</c>.</summary>
[TestFixture]
[Platform("Linux,MacOSX")]
public sealed class ServeCommandTests : IDisposable
{
    private const string App = "HotPathGen.Tests.Host";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase("TERM")]
    [TestCase("INT")]
    public async Task It_serves_what_it_says_until_it_is_told_to_end(string signal)
    {
        _folder.Write("appsettings.json", """{ "Kestrel": { "Endpoints": { "Other": { "Url": "http://127.0.0.1:2" } } } }""");
        using var program = Start();
        using var serve = new ServeProcess(_folder.ToString(), "--port", "0");
        Assert.That(serve.Line, Does.Match($@"^http://127\.0\.0\.1:[1-9]\d+/ serves {App} \({program.Name}\)$"));
        // A request that waits does not hold it up.
        using var client = new HttpClient { BaseAddress = serve.Address };
        var waiting = client.GetAsync("/debug/pprof/profile?seconds=300");
        Assert.That(await serve.UntilAsync("/metrics", HttpStatusCode.OK), Does.Contain("hotpath_level 3"));
        Assert.That(serve.End(signal), Is.Zero);
        Assert.That(async () => await waiting, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public void Which_program_is_meant_must_be_clear()
    {
        using var none = new ServeProcess(_folder.ToString(), "--port", "0");
        Assert.That(
            none.Outcome(),
            Is.EqualTo(
                (
                    2,
                    "error: no process: no measured program runs that this user can reach.\nName a process id, or the name of an app, as dotnet hotpath ps shows them.\n"
                )
            )
        );
        using var one = Start();
        using var other = Start();
        foreach (
            string[] given in (string[][])
                [
                    [],
                    [App],
                ]
        )
        {
            using var several = new ServeProcess(_folder.ToString(), [.. given, "--port", "0"]);
            var (code, error) = several.Outcome();
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("several are meant").And.Contain($"{App} ({one.Name})").And.Contain($"{App} ({other.Name})"));
        }

        using var named = new ServeProcess(_folder.ToString(), one.Name, "--port", "0");
        using var taken = new ServeProcess(_folder.ToString(), one.Name, "--port", $"{named.Address.Port}");
        Assert.That(taken.Outcome().Error, Does.StartWith($"error: 127.0.0.1:{named.Address.Port}: another program listens there.\n"));
    }

    [Test]
    public async Task A_program_that_was_given_by_name_is_served_again_when_it_comes_back()
    {
        using var serve = new ServeProcess(_folder.ToString(), App, "--port", "0");
        Assert.That(serve.Line, Does.EndWith($" serves {App}, which does not run yet"));
        Assert.That(
            await serve.UntilAsync("/metrics", HttpStatusCode.ServiceUnavailable),
            Does.StartWith($"{App}: no measured program of this name runs.\n")
        );
        foreach (int calls in (int[])[10, 20])
        {
            using var program = Start();
            program.Call(calls);
            Assert.That(
                await serve.UntilAsync("/metrics", HttpStatusCode.OK),
                Does.Contain($"hotpath_calls_total{{code_function_name=\"Work.Inner\"}} {calls}\n")
            );
            program.Kill();
            Assert.That(
                await serve.UntilAsync("/metrics", HttpStatusCode.ServiceUnavailable),
                Does.Contain("ended").Or.Contain("no measured program")
            );
        }
    }

    [Test]
    public async Task Beyond_loopback_a_token_is_demanded()
    {
        using var program = Start();
        using var serve = new ServeProcess(_folder.ToString(), "--listen", "0.0.0.0", "--port", "0", "--host", "metrics.example");
        string token = serve.NextLine()!;
        Assert.That(token, Does.Match("^token: [A-Za-z0-9_-]{43}$"));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{serve.Address.Port}") };
        Assert.That((await client.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Split(' ')[1]);
        Assert.That((await client.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        client.DefaultRequestHeaders.Host = "metrics.example";
        Assert.That((await client.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        client.DefaultRequestHeaders.Host = "evil.example";
        Assert.That((await client.GetAsync("/metrics")).StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [TestCase("a token has at least 16 visible ASCII characters", "--token", "short")]
    [TestCase("a token has at least 16 visible ASCII characters", "--token", "with spaces in it, that is")]
    [TestCase("none.txt: it cannot be read", "--token-file", "none.txt")]
    [TestCase("--token and --token-file are for the same", "--token", "0123456789abcdef", "--token-file", "a")]
    [TestCase("--port takes a number up to 65535, not '70000'", "--port", "70000")]
    [TestCase("--listen takes an address of this machine", "--listen", "example.com")]
    public void Wrong_input_is_one_clear_error(string expected, params string[] arguments)
    {
        var run = ToolRun.Of(["serve", .. arguments]);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Contain(expected));
    }

    private ServingProgram Start() => new("serve", ("TMPDIR", _folder.ToString()));
}
