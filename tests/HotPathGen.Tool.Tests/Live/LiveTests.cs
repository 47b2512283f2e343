using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Snapshots;
using Microsoft.Diagnostics.NETCore.Client;

namespace HotPathGen.Tool.Tests.Live;

/// <summary>The tool and a measured program that runs, in another process.</summary>
public sealed class LiveTests
{
    private const string App = "HotPathGen.Tests.Host";

    [Test]
    public void A_snapshot_of_an_idle_program_is_that_of_its_end()
    {
        using var program = new ServingProgram();
        program.Call(1000);

        var live = program.Snapshot();
        var atEnd = program.End();

        Assert.That(live.Methods.Select(static method => method.Calls), Is.EqualTo((long[])[1000, 1000]));
        Assert.That(Figures(live), Is.EqualTo(Figures(atEnd)));
    }

    [Test]
    public void A_program_is_listed_reset_and_switched()
    {
        using var program = new ServingProgram();
        program.Call(10);

        Assert.That(ToolRun.Of("ps").Output, Does.Match($@"{App} +{program.Name} .*full +0 +"));
        Assert.That(ToolRun.Of("reset", program.Name).MustSucceed(), Is.EqualTo($"{App} ({program.Name}): reset\n"));
        program.Call(5);
        Assert.That(program.Snapshot().Methods.Select(static method => method.Calls), Is.EqualTo((long[])[5, 5]));

        Assert.That(
            ToolRun.Of("detail", program.Name, "light", "--overhead", "2.5%").MustSucceed(),
            Is.EqualTo($"{App} ({program.Name}): level light, overhead 2.5%\n")
        );
        Assert.That(ToolRun.Of("ps", "--json").Output, Does.Contain("\"level\": \"light\"").And.Contain("\"overheadPercent\": 2.5"));
        ToolRun.Of("detail", program.Name, "off").MustSucceed();
        program.Call(1000);
        Assert.That(program.End().Methods.Select(static method => method.Calls), Is.EqualTo((long[])[5, 5]));
    }

    [Test]
    public void A_program_that_starts_off_records_once_it_is_told_to()
    {
        using var program = new ServingProgram("serve", ("HOTPATH", "off"));
        program.Call(10);
        ToolRun.Of("detail", program.Name, "full").MustSucceed();
        program.Call(5);

        Assert.That(program.End().Methods.Select(static method => method.Calls), Is.EqualTo((long[])[5, 5]));
    }

    [Test]
    public async Task A_level_for_a_time_goes_back_though_the_tool_was_killed()
    {
        using var program = new ServingProgram("serve", ("HOTPATH_OVERHEAD", "7"));
        using (
            var tool = Process.Start(
                new ProcessStartInfo(
                    "dotnet",
                    [typeof(CommandLine).Assembly.Location, "detail", program.Name, "light", "--overhead", "3", "--for", "3s"]
                )
                {
                    RedirectStandardOutput = true,
                }
            )!
        )
        {
            while ((await StatusOf(program)).Detail != DetailLevel.Light && !tool.HasExited) { }

            tool.Kill();
        }

        var set = await StatusOf(program);
        Assert.That((set.Detail, set.OverheadPercent, set.NextDetail), Is.EqualTo((DetailLevel.Light, 3, DetailLevel.Full)));
        // A second time for a while puts back what was there before the first.
        await Program(program).SetDetailAsync(DetailLevel.Off, null, TimeSpan.FromSeconds(1));
        var status = await StatusOf(program);
        Assert.That((status.Detail, status.NextDetail), Is.EqualTo((DetailLevel.Off, DetailLevel.Full)));
        while (status.NextDetail is not null)
        {
            status = await StatusOf(program);
        }

        Assert.That((status.Detail, status.OverheadPercent), Is.EqualTo((DetailLevel.Full, 7)));
    }

    [Test]
    public async Task A_level_that_is_set_for_good_stays()
    {
        using var program = new ServingProgram();
        await Program(program).SetDetailAsync(DetailLevel.Light, null, TimeSpan.FromMilliseconds(300));
        await Program(program).SetDetailAsync(DetailLevel.Standard, null, null);
        await Task.Delay(600);

        var status = await StatusOf(program);
        Assert.That((status.Detail, status.NextDetail), Is.EqualTo((DetailLevel.Standard, (DetailLevel?)null)));
    }

    [Test]
    public async Task Several_tools_at_once_get_their_own_answers()
    {
        using var program = new ServingProgram("serve-many");
        program.Call(100);

        long[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? CallsOfSnapshot() : CallsOfStatus()));

        Assert.That(answers, Has.All.EqualTo(200));
        Assert.That(program.End().Methods.Sum(static method => method.Calls), Is.EqualTo(200));

        async Task<long> CallsOfSnapshot() => (await Program(program).SnapshotAsync()).Methods.Sum(static method => method.Calls);

        async Task<long> CallsOfStatus() => (await StatusOf(program)).Calls;
    }

    [Test]
    public void A_large_snapshot_comes_in_many_parts_and_whole()
    {
        using var program = new ServingProgram("serve-many");
        program.Call(1);

        var live = program.Snapshot();

        Assert.That(live.Methods, Has.Length.EqualTo(20_002));
        Assert.That(Figures(live), Is.EqualTo(Figures(program.End())));
    }

    /// <summary>One tool asks for much and reads nothing. Another is killed. A third is served all the same, and the program loses no call.</summary>
    [Test]
    public async Task A_tool_that_does_not_read_or_is_gone_disturbs_nobody()
    {
        using var program = new ServingProgram("serve-many");
        var slow = await Open(program, bufferMb: 1);
        for (int i = 0; i < 3; i++)
        {
            (await Open(program, bufferMb: 64)).Dispose();
        }

        program.Call(100);
        Assert.That((await Program(program).SnapshotAsync()).Methods.Sum(static method => method.Calls), Is.EqualTo(200));
        program.Call(100);
        Assert.That(program.Snapshot().Methods.Sum(static method => method.Calls), Is.EqualTo(400));
        slow.Dispose();
        Assert.That(program.End().Methods.Sum(static method => method.Calls), Is.EqualTo(400));

        static Task<EventPipeSession> Open(ServingProgram program, int bufferMb) =>
            new DiagnosticsClient(program.Id).StartEventPipeSessionAsync(
                [
                    new(
                        LiveProtocol.Source,
                        EventLevel.Informational,
                        (long)EventKeywords.All,
                        new Dictionary<string, string>
                        {
                            [LiveProtocol.RequestId] = "unread",
                            [LiveProtocol.ProtocolVersion] = LiveProtocol.Version.ToString(CultureInfo.InvariantCulture),
                            [LiveProtocol.Command] = LiveProtocol.Snapshot,
                        }
                    ),
                ],
                requestRundown: false,
                bufferMb,
                CancellationToken.None
            );
    }

    [Test]
    [Platform("Linux,MacOSX")]
    public async Task A_program_that_is_killed_while_it_is_asked_is_said_to_have_ended()
    {
        using var program = new ServingProgram();
        program.Signal("STOP");
        var asked = Task.Run(() => ToolRun.Of("snapshot", program.Name, "-o", program.FileOf("none.json")));
        await Task.Delay(300);
        program.Kill();

        var run = await asked;
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith($"error: process {program.Name}: it ended before its answer was complete.\n"));
        Assert.That(File.Exists(program.FileOf("none.json")), Is.False);
    }

    [TestCase("HOTPATH", "never", "it runs with HOTPATH=never, which removed its frames.\n")]
    [TestCase("DOTNET_EnableDiagnostics", "0", "its diagnostics are disabled: DOTNET_EnableDiagnostics=0 is set in its environment.\n")]
    [Platform("Linux")]
    public void A_program_that_cannot_answer_is_one_clear_error(string variable, string value, string reason)
    {
        using var program = new ServingProgram("serve", (variable, value));

        var run = ToolRun.Of("reset", program.Name);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.StartWith($"error: process {program.Name}: {reason}"));
    }

    [Test]
    public void A_process_that_is_none_or_not_measured_is_one_clear_error()
    {
        Assert.That(ToolRun.Of("reset", "2147483646").Error, Does.StartWith("error: process 2147483646: there is no such process.\n"));
        Assert.That(ToolRun.Of("reset", "NoSuchApp").Error, Does.StartWith("error: NoSuchApp: no measured program has this name"));
        // The test host is a .NET process with a diagnostic port.
        Assert.That(
            ToolRun.Of("reset", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)).Error,
            Does.StartWith($"error: process {Environment.ProcessId}: it is not measured")
        );
    }

    [Test]
    public async Task What_answers_allocate_is_no_part_of_the_programs_bytes()
    {
        using var program = new ServingProgram("serve-many");
        await Program(program).SnapshotAsync();
        long own = (await Program(program).SnapshotAsync()).Process.OwnBytes!.Value;
        long before = (await StatusOf(program)).AllocatedBytes;
        for (int i = 0; i < 5; i++)
        {
            await Program(program).SnapshotAsync();
        }

        Assert.That((await StatusOf(program)).AllocatedBytes - before, Is.LessThan(100_000));
        Assert.That((await Program(program).SnapshotAsync()).Process.OwnBytes - own, Is.GreaterThan(5 * 1_000_000));
    }

    private static MeasuredProgram Program(ServingProgram program) => new(program.Id);

    private static Task<LiveStatus> StatusOf(ServingProgram program) => Program(program).StatusAsync(TimeSpan.FromSeconds(30));

    private static IEnumerable<(string Id, long Calls, long Bytes, long Times)> Figures(SnapshotDocument snapshot) =>
        snapshot.Methods.Select(static method => (method.Id, method.Calls, method.Allocated.SelfBytes, method.Time.Histogram.Total));
}
