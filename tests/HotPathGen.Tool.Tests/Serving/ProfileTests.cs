using System.IO.Compression;
using System.Net;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Tests.Live;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The profiles that the server gives.</summary>
[TestFixture]
public sealed class ProfileTests
{
    [Test]
    public async Task Go_reads_what_was_allocated_and_shows_the_sums_of_the_snapshot()
    {
        string go = InstalledTool.Require("go", "golang-go");
        using var folder = new TemporaryFolder();
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program);

        string bytes = Top("-unit=B", "/debug/pprof/allocs");
        string calls = Top("-sample_index=calls", "/debug/pprof/allocs");

        var snapshot = program.End();
        Assert.That(
            bytes,
            Does.Contain("Type: alloc_space")
                .And.Contain($"{snapshot.Methods.Sum(static m => m.Allocated.SelfBytes)}B total")
                .And.Contain("Work.Inner")
        );
        Assert.That(calls, Does.Contain($"{snapshot.Methods.Sum(static m => m.Calls)} total"));

        string Top(string option, string path) =>
            InstalledTool.Run(go, folder.ToString(), "tool", "pprof", "-top", option, new Uri(server.Address, path).AbsoluteUri);
    }

    [Test]
    public async Task A_profile_of_seconds_has_what_was_done_in_them()
    {
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program);
        foreach (string path in (string[])["/debug/pprof/profile", "/debug/pprof/allocs"])
        {
            // A reading is shared for a while. The profile needs one of its own to begin with.
            await Task.Delay(500);
            int before = server.Server.Readings.History.Moments.Length;
            var asked = server.GetAsync(path + "?seconds=3");
            while (server.Server.Readings.History.Moments.Length == before)
            {
                await Task.Delay(10);
            }

            program.Call(70);
            Assert.That(asked.IsCompleted, Is.False, "the machine is too slow for this test");
            var profile = Parse(await asked);
            Assert.That(SumOf(profile, "calls"), Is.EqualTo(140), path);
            Assert.That(SumOf(profile, "alloc_space"), Is.EqualTo(70 * 1024), path);
            Assert.That(profile.DurationNanos, Is.GreaterThan(2_000_000_000));
            Assert.That(profile.Sample.Max(static sample => sample.LocationId.Count), Is.EqualTo(2), "Inner within Outer");
            Assert.That(
                profile.StringTable[(int)profile.DefaultSampleType],
                Is.EqualTo(path.EndsWith("allocs", StringComparison.Ordinal) ? "alloc_space" : "time")
            );
        }

        Assert.That(SumOf(Parse(await server.GetAsync("/debug/pprof/allocs")), "calls"), Is.EqualTo(2 * 1140), "since the start");
    }

    [Test]
    public async Task After_a_reset_a_profile_has_what_was_done_since_then()
    {
        using var program = new ServingProgram();
        program.Call(1000);
        await using var server = await StartedServer.OfAsync(program);
        var asked = server.GetAsync("/debug/pprof/profile?seconds=3");
        while (server.Server.Readings.History.Moments.Length == 0)
        {
            await Task.Delay(10);
        }

        await server.PostAsync("/live/reset", "", ("Origin", server.Origin));
        program.Call(5);
        Assert.That(SumOf(Parse(await asked), "calls"), Is.EqualTo(10));
    }

    [Test]
    public async Task What_cannot_be_had_is_one_clear_sentence()
    {
        using var program = new ServingProgram();
        await using var server = await StartedServer.OfAsync(program);
        foreach (string seconds in (string[])["0", "-1", "x", "301", "1.5", ""])
        {
            var answer = await server.GetAsync("/debug/pprof/profile?seconds=" + seconds);
            Assert.That((answer.Status, answer.Text), Is.EqualTo((HttpStatusCode.BadRequest, "seconds is a whole number from 1 to 300.\n")), seconds);
        }

        var heap = await server.GetAsync("/debug/pprof/heap");
        Assert.That((heap.Status, heap.Text.Count(static letter => letter == '\n')), Is.EqualTo((HttpStatusCode.NotImplemented, 1)));
        Assert.That((await server.GetAsync("/debug/pprof")).Text, Does.Contain("/debug/pprof/profile?seconds=N"));
    }

    [Test]
    public async Task A_client_that_goes_makes_room_for_the_next()
    {
        using var program = new ServingProgram();
        await using var server = await StartedServer.OfAsync(program);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var gone = new CancellationTokenSource();
        Task<HttpResponseMessage>[] waiting =
        [
            .. Enumerable.Range(0, 9).Select(_ => client.GetAsync("/debug/pprof/profile?seconds=300", gone.Token)),
        ];
        var refused = await Task.WhenAny(waiting);
        Assert.That((await refused).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await server.GetAsync("/debug/pprof/allocs")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));

        await gone.CancelAsync();
        Assert.That(async () => await Task.WhenAll(waiting), Throws.InstanceOf<OperationCanceledException>());
        while ((await server.GetAsync("/debug/pprof/allocs")).Status != HttpStatusCode.OK)
        {
            await Task.Delay(50);
        }
    }

    [Test]
    public async Task If_the_program_is_killed_everybody_is_told()
    {
        using var program = new ServingProgram();
        await using var server = await StartedServer.OfAsync(program);
        var asked = server.GetAsync("/debug/pprof/profile?seconds=2");
        await server.GetAsync("/metrics");
        program.Kill();

        var profile = await asked;
        Assert.That(profile.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        foreach (string path in (string[])["/metrics", "/snapshot", "/live/figures", "/debug/pprof/allocs"])
        {
            var answer = await server.GetAsync(path);
            Assert.That((answer.Status, answer.Headers["Retry-After"]), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "2")), path);
            Assert.That(answer.Text, Does.StartWith($"HotPathGen.Tests.Host, process {program.Name}: it has ended.\n"), path);
        }

        Assert.That((await server.GetAsync("/")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private static Profile Parse(Answer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        using var gzip = new GZipStream(new MemoryStream(answer.Content), CompressionMode.Decompress);
        return Profile.Parser.ParseFrom(gzip);
    }

    private static long SumOf(Profile profile, string type)
    {
        int place = profile.SampleType.ToList().FindIndex(value => profile.StringTable[(int)value.Type] == type);
        return profile.Sample.Sum(sample => sample.Value[place]);
    }
}
