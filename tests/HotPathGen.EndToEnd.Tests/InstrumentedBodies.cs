using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>Which calls probe, which are control calls, and what each kind is used for: one program under several settings.</summary>
[TestFixture]
public sealed class Bodies
{
    private const int Calls = 1600;
    private const long Bytes = Calls / 2 * (32 + 104);

    private const string Source = """
        using HotPathGen;

        for (int i = 0; i < 1600; i++)
        {
            Work.Make(i);
        }

        Console.WriteLine("done");

        static class Work
        {
            private static object s_kept = "";

            [Instrument]
            public static void Make(int i)
            {
                s_kept = i % 2 == 0
                    ? new byte[8]
                    : new byte[80];
                if (i < 0)
                    s_kept = new object();
            }
        }
        """;

    private Project _project = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _project = Project.Console("Bodies").Write("Program.cs", Source);
        _project.BuildMeasured();
    }

    [Test]
    public void One_call_in_16_is_the_control_and_times_the_method()
    {
        var method = Run([], out string summary);

        Assert.That(Shares(method), Is.EqualTo((Calls / 16, Calls - Calls / 16)));
        Assert.That(method.GetProperty("control").GetProperty("timesMethod").GetBoolean());
        Assert.That(method.GetProperty("siteScale").GetDouble(), Is.EqualTo(16.0 / 15).Within(1e-6));
        Assert.That(Sum(method.GetProperty("time").GetProperty("histogram")), Is.EqualTo(Calls / 16));
        Assert.That(Sites(method).Sum(static site => site.Hits), Is.EqualTo(Calls - Calls / 16));
        Assert.That(
            Sites(method).Sum(static site => site.Bytes),
            Is.EqualTo(method.GetProperty("control").GetProperty("probing").GetProperty("selfBytes").GetInt64())
        );
        Assert.That(summary, Does.Match(@"Program\.cs:19:15 array +\d+ +104 B +8\d\.\d KB +7\d\.\d % +x1\.07\r?\n  byte\[\]: new byte\[80\]"));
        Assert.That(summary, Does.Contain("0 B of their").And.Not.Contain("Methods marked with p"));
    }

    [Test]
    public void Without_control_every_call_probes_and_the_row_says_what_its_time_is()
    {
        var method = Run(new() { ["HOTPATH_CONTROL"] = "off" }, out string summary);

        Assert.That(Shares(method), Is.EqualTo((0, Calls)));
        Assert.That(method.GetProperty("control").GetProperty("timesMethod").GetBoolean(), Is.False);
        Assert.That(
            Sites(method),
            Is.EqualTo(
                new[] { (18, 15, "array", 800L, 25_600L), (19, 15, "array", 800L, 83_200L), (21, 22, "object", 0L, 0L), (16, 1, "exception", 0L, 0L) }
            )
        );
        Assert.That(summary, Does.Contain("Work.Make(int)").And.Contain(" p ").And.Contain("Methods marked with p: fewer than 30 control calls"));
    }

    [Test]
    public void Without_sites_every_call_is_the_control()
    {
        var method = Run(new() { ["HOTPATH_SITES"] = "off" }, out string summary);

        Assert.That(Shares(method), Is.EqualTo((Calls, 0)));
        Assert.That(Sites(method), Has.Length.EqualTo(4).And.All.Matches<(int, int, string, long Hits, long)>(static site => site.Hits == 0));
        Assert.That(Sum(method.GetProperty("time").GetProperty("histogram")), Is.EqualTo(Calls));
        Assert.That(summary, Does.Not.Contain("new byte"));
    }

    [Test]
    public void One_in_so_many_of_the_others_may_probe()
    {
        var method = Run(new() { ["HOTPATH_SITES"] = "4" }, out _);

        Assert.That(Shares(method).Probing, Is.EqualTo(375).Within(75));
        Assert.That(method.GetProperty("siteScale").GetDouble(), Is.EqualTo((double)Calls / Shares(method).Probing).Within(1e-6));
    }

    [Test]
    public void Without_a_clock_calls_bytes_and_sites_are_the_same()
    {
        var method = Run(new() { ["HOTPATH_CLOCK"] = "none" }, out _);

        Assert.That(Shares(method), Is.EqualTo((Calls / 16, Calls - Calls / 16)));
        Assert.That(Sites(method).Sum(static site => site.Hits), Is.EqualTo(Calls - Calls / 16));
    }

    [Test]
    public void A_setting_that_is_not_understood_is_said_once()
    {
        Run(new() { ["HOTPATH_SITES"] = "few", ["HOTPATH_CONTROL"] = "0" }, out string summary);

        Assert.That(summary, Does.Contain("HOTPATH_SITES=few is neither all, off nor a whole number from 1 on; all is used."));
        Assert.That(summary, Does.Contain("HOTPATH_CONTROL=0 is neither off nor a whole number from 1 on; 16 is used."));
    }

    /// <summary>
    /// The row of the one hot method, of which every call is recorded. Its calls and bytes count all calls, whichever body they ran.
    /// </summary>
    private JsonElement Run(Dictionary<string, string> environment, out string summary)
    {
        string file = Path.Combine(Project.NewFolder(), "bodies.hotpath.json");
        var run = _project.Start(
            new(environment)
            {
                ["HOTPATH_OUTPUT"] = file,
                ["HOTPATH_DETAIL"] = "full",
                ["DOTNET_TieredCompilation"] = "0",
            }
        );
        Assert.That(run.Output.Trim(), Is.EqualTo("done"));
        summary = run.Error;
        var method = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("methods").EnumerateArray().Single();
        Assert.That(method.GetProperty("calls").GetInt32(), Is.EqualTo(Calls));
        Assert.That(method.GetProperty("allocated").GetProperty("selfBytes").GetInt64(), Is.EqualTo(Bytes));
        Assert.That(method.GetProperty("unattributedBytes").GetInt64(), Is.Zero);
        Assert.That(
            method.GetProperty("control").TryGetProperty("differenceBytesPerCall", out _),
            Is.False,
            "half of the calls allocate more: that is no difference between the bodies"
        );
        return method;
    }

    private static (int Control, int Probing) Shares(JsonElement method) =>
        (
            method.GetProperty("control").GetProperty("control").GetProperty("calls").GetInt32(),
            method.GetProperty("control").GetProperty("probing").GetProperty("calls").GetInt32()
        );

    private static (int Line, int Column, string Kind, long Hits, long Bytes)[] Sites(JsonElement method) =>
        [
            .. method
                .GetProperty("sites")
                .EnumerateArray()
                .Select(static site =>
                    (
                        site.GetProperty("line").GetInt32(),
                        site.GetProperty("column").GetInt32(),
                        site.GetProperty("kind").GetString()!,
                        site.GetProperty("hits").GetInt64(),
                        site.GetProperty("bytes").GetInt64()
                    )
                ),
        ];

    private static long Sum(JsonElement histogram) => histogram.EnumerateArray().Sum(static bucket => bucket[1].GetInt64());
}
