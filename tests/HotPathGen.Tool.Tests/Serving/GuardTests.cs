using System.Net;
using HotPathGen.Tool.Serving;
using HotPathGen.Tool.Tests.Live;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>Who gets what from the server.</summary>
[TestFixture]
public sealed class GuardTests : IDisposable
{
    private static readonly string[] s_paths = ["/", "/metrics", "/snapshot", "/live/figures", "/debug/pprof/", "/debug/pprof/allocs"];

    private readonly ServingProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task Every_answer_is_for_the_client_alone_and_shows_in_no_other_page()
    {
        await using var server = await StartedServer.OfAsync(_program);
        foreach (string path in s_paths.Append("/debug/pprof/heap").Append("/none").Append("/debug"))
        {
            var answer = await server.GetAsync(path);
            Assert.That(
                answer.Headers,
                Does.ContainKey("Content-Security-Policy")
                    .And.ContainKey("X-Frame-Options")
                    .WithValue("DENY")
                    .And.ContainKey("X-Content-Type-Options")
                    .WithValue("nosniff")
                    .And.ContainKey("Cache-Control")
                    .WithValue("no-store")
                    .And.ContainKey("Cross-Origin-Resource-Policy")
                    .WithValue("same-origin"),
                path
            );
            Assert.That(answer.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'").And.EndsWith("frame-ancestors 'none'"), path);
            Assert.That(answer.Headers.Keys, Has.None.StartsWith("Access-Control").And.None.EqualTo("Server"), path);
        }

        Assert.That((await server.GetAsync("/none")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await server.GetAsync("/debug")).Status, Is.EqualTo(HttpStatusCode.NotFound), "there are no lists of folders");
        Assert.That(
            (await server.GetAsync("/")).Headers["Content-Security-Policy"],
            Does.Contain("connect-src 'self';").And.Not.Contain("unsafe").And.Not.Contain("script-src 'self'")
        );
    }

    [TestCase("evil.example")]
    [TestCase("evil.example:80")]
    [TestCase("127.0.0.1.evil.example")]
    [TestCase("192.168.0.1")]
    [TestCase("0.0.0.0")]
    public async Task A_foreign_host_is_refused(string host)
    {
        await using var server = await StartedServer.OfAsync(_program);
        foreach (string path in s_paths)
        {
            var answer = await server.GetAsync(path, ("Host", host));
            Assert.That(
                (answer.Status, answer.Text.Contains("methods", StringComparison.Ordinal)),
                Is.EqualTo((HttpStatusCode.MisdirectedRequest, false)),
                path
            );
        }

        Assert.That(
            (await server.PostAsync("/live/reset", "", ("Host", host), ("Origin", $"http://{host}"))).Status,
            Is.EqualTo(HttpStatusCode.MisdirectedRequest)
        );
        Assert.That((await server.GetAsync("/metrics", ("Host", "LOCALHOST:1"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.GetAsync("/metrics", ("Host", "[::1]"))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Changes_need_a_post_of_the_same_origin()
    {
        await using var server = await StartedServer.OfAsync(_program);
        ToolRun.Of("reset", _program.Name).MustSucceed();
        _program.Call(10);

        foreach (string path in (string[])["/live/reset", "/live/level"])
        {
            Assert.That((await server.GetAsync(path + "?level=off")).Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed), path);
            (string, string)[][] foreign =
            [
                [],
                [("Origin", "http://evil.example")],
                [("Origin", "null")],
                [("Origin", "http://127.0.0.1:1")],
                [("Origin", server.Origin.Replace("http", "https", StringComparison.Ordinal))],
                [("Sec-Fetch-Site", "cross-site"), ("Authorization", "Bearer 0123456789abcdef")],
            ];
            foreach (var headers in foreign)
            {
                Assert.That(
                    (await server.PostAsync(path, "level=off", headers)).Status,
                    Is.EqualTo(HttpStatusCode.Forbidden),
                    string.Join(", ", headers)
                );
            }
        }

        Assert.That(_program.Snapshot().Methods.Sum(static method => method.Calls), Is.EqualTo(20), "nothing was reset");
        var own = ("Origin", server.Origin);
        Assert.That((await server.PostAsync("/live/reset", "", own)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_program.Snapshot().Methods.Sum(static method => method.Calls), Is.Zero);
        Assert.That(
            (await server.PostAsync("/live/level", "level=light&seconds=3600", own)).Text,
            Does.StartWith("level light").And.Contain("full again in")
        );
        Assert.That((await server.PostAsync("/live/level", "level=full", own)).Text, Is.EqualTo("level full\n"));
        foreach (string wrong in (string[])["", "level=loud", "level=off&seconds=0", "level=off&seconds=x", "level=off&seconds=86401"])
        {
            Assert.That((await server.PostAsync("/live/level", wrong, own)).Status, Is.EqualTo(HttpStatusCode.BadRequest), wrong);
        }

        Assert.That((await server.PostAsync("/live/level", new string('x', 5000), own)).Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task Other_sites_may_lead_here_and_ask_nothing()
    {
        await using var server = await StartedServer.OfAsync(_program);
        foreach (string site in (string[])["cross-site", "same-site"])
        {
            Assert.That((await server.GetAsync("/debug/pprof/profile", ("Sec-Fetch-Site", site))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await server.GetAsync("/", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"))).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That((await server.GetAsync("/metrics", ("Sec-Fetch-Site", "same-origin"))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task With_a_token_only_those_who_know_it_are_let_in()
    {
        const string Secret = "0123456789abcdef0123";
        await using var server = await StartedServer.OfAsync(_program, Token.Of(Secret, "test"));
        foreach (string path in s_paths.Append("/none"))
        {
            foreach (string header in (string[])["", "Bearer", "Bearer 0123456789abcdef0124", "Bearer 0123", $"Basic {Secret}", $"Bearer {Secret}0"])
            {
                var answer = await server.GetAsync(path, ("Authorization", header));
                Assert.That((answer.Status, answer.Headers["WWW-Authenticate"]), Is.EqualTo((HttpStatusCode.Unauthorized, "Bearer")), path + header);
            }

            Assert.That((await server.GetAsync(path, ("Cookie", $"hotpath-session={Secret}"))).Status, Is.EqualTo(HttpStatusCode.Unauthorized), path);
        }

        Assert.That((await server.PostAsync("/live/reset", "", ("Origin", server.Origin))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await server.GetAsync("/metrics", ("Authorization", $"Bearer {Secret}"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            (await server.PostAsync("/live/reset", "", ("Authorization", $"Bearer {Secret}"))).Status,
            Is.EqualTo(HttpStatusCode.OK),
            "a program that knows the token is no page of another site"
        );
    }

    [Test]
    public async Task A_browser_gets_a_cookie_for_the_token()
    {
        const string Secret = "0123456789abcdef0123";
        await using var server = await StartedServer.OfAsync(_program, Token.Of(Secret, "test"));
        var first = await server.GetAsync("/", ("Accept", "text/html,*/*"));
        Assert.That((first.Status, first.Headers["Location"]), Is.EqualTo((HttpStatusCode.Found, "/login")));
        Assert.That((await server.GetAsync("/login")).Text, Does.Contain("<form method=\"post\" action=\"/login\">"));
        var own = ("Origin", server.Origin);
        var wrong = await server.PostAsync("/login", "token=0123456789abcdef", own);
        Assert.That((wrong.Status, wrong.Headers.ContainsKey("Set-Cookie")), Is.EqualTo((HttpStatusCode.Unauthorized, false)));
        Assert.That(
            (await server.PostAsync("/login", "token=" + Secret, ("Origin", "http://evil.example"))).Status,
            Is.EqualTo(HttpStatusCode.Forbidden)
        );

        var right = await server.PostAsync("/login", "token=" + Secret, own);
        Assert.That((right.Status, right.Headers["Location"]), Is.EqualTo((HttpStatusCode.Found, "/")));
        string cookie = right.Headers["Set-Cookie"];
        Assert.That(cookie, Does.EndWith("; path=/; samesite=strict; httponly").And.Not.Contain(Secret));
        Assert.That((await server.GetAsync("/metrics", ("Cookie", cookie.Split(';')[0]))).Status, Is.EqualTo(HttpStatusCode.OK));
        await using var other = await StartedServer.OfAsync(_program, Token.Of(Secret, "test"));
        Assert.That((await other.GetAsync("/metrics", ("Cookie", cookie.Split(';')[0]))).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task All_who_ask_at_one_time_share_a_reading()
    {
        await using var server = await StartedServer.OfAsync(_program);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.GetAsync("/snapshot")));
        Assert.That(answers.Select(static answer => answer.Text).Distinct().Count(), Is.EqualTo(server.Server.Readings.Taken));
        Assert.That(server.Server.Readings.Taken, Is.LessThan(5));
    }

    [Test]
    public async Task Ten_thousand_requests_do_no_harm()
    {
        using var program = new ServingProgram();
        program.Call(100);
        await using var server = await StartedServer.OfAsync(program);
        string[] paths = [.. s_paths, "/none", "/debug/pprof/heap"];
        var begun = System.Diagnostics.Stopwatch.StartNew();
        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async client =>
                {
                    var seen = new List<HttpStatusCode>();
                    for (int i = 0; i < 625; i++)
                    {
                        seen.Add((await server.GetAsync(paths[(client + i) % paths.Length])).Status);
                    }

                    return seen;
                })
        );
        double seconds = begun.Elapsed.TotalSeconds;
        Assert.That(
            statuses.SelectMany(static seen => seen).Distinct(),
            Is.SubsetOf([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotImplemented, HttpStatusCode.TooManyRequests])
                .And.Contains(HttpStatusCode.TooManyRequests)
        );
        Assert.That(server.Server.Readings.Taken, Is.LessThanOrEqualTo(seconds / 0.3 + 1));
        program.Call(100);
        while ((await server.GetAsync("/metrics")).Status == HttpStatusCode.TooManyRequests)
        {
            await Task.Delay(200);
        }

        Assert.That(program.End().Methods.Select(static method => method.Calls), Is.EqualTo((long[])[200, 200]));
    }
}
