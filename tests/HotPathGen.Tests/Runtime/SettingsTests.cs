using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class SettingsTests
{
    private const string NotATime =
        "HOTPATH_EVERY={0} is not a time from 100ms to 500h such as 500ms, 60s, 5m or 1h; the snapshot is written at the end alone.";

    [Test]
    public void Nothing_set_is_the_default()
    {
        var settings = Settings.Read([]);
        Assert.That(
            settings is { IsEnabled: true, Output: null, Every: null, HasSummary: true, WarmupMs: 0, Clock: null, ProbeEvery: 1, ControlEvery: 16 }
        );
        Assert.That(settings.Detail, Is.EqualTo(RecordingDetail.Standard));
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase("HOTPATH", "of", "HOTPATH=of is none of on, off, never; on is used.")]
    [TestCase("HOTPATH_SUMMARY", "json", "HOTPATH_SUMMARY=json is none of table, none; table is used.")]
    [TestCase("HOTPATH_CLOCK", "tsc", "HOTPATH_CLOCK=tsc is none of auto, stopwatch, hardware, none; auto is used.")]
    [TestCase("HOTPATH_WARMUP_MS", "1s", "HOTPATH_WARMUP_MS=1s is not a whole number of milliseconds; 0 is used.")]
    [TestCase("HOTPATH_EVERY", "60", NotATime)]
    [TestCase("HOTPATH_EVERY", "s", NotATime)]
    [TestCase("HOTPATH_EVERY", "1.5s", NotATime)]
    [TestCase("HOTPATH_EVERY", "-1s", NotATime)]
    [TestCase("HOTPATH_EVERY", "99ms", NotATime)]
    [TestCase("HOTPATH_EVERY", "501h", NotATime)]
    [TestCase("HOTPATH_EVERY", "99999999999999999999h", NotATime)]
    [TestCase("HOTPATH_SITES", "some", "HOTPATH_SITES=some is neither all, off nor a whole number from 1 on; all is used.")]
    [TestCase("HOTPATH_SITES", "0", "HOTPATH_SITES=0 is neither all, off nor a whole number from 1 on; all is used.")]
    [TestCase("HOTPATH_CONTROL", "-1", "HOTPATH_CONTROL=-1 is neither off nor a whole number from 1 on; 16 is used.")]
    [TestCase("HOTPATH_QUARANTINE", "never", "HOTPATH_QUARANTINE=never is neither off nor a whole number from 1 on; 64 is used.")]
    [TestCase("HOTPATH_METRICS", "many", "HOTPATH_METRICS=many is neither off nor a whole number from 1 on; 100 is used.")]
    public void What_is_not_understood_is_said_with_what_would_be(string variable, string value, string problem) =>
        Assert.That(Settings.Read(new() { [variable] = value }).Problems, Is.EqualTo((string[])[problem.Replace("{0}", value)]));

    [TestCase("500ms", 500)]
    [TestCase("60s", 60_000)]
    [TestCase("5m", 300_000)]
    [TestCase("1h", 3_600_000)]
    [TestCase(" 1S ", 1000)]
    public void Intervals_have_units(string text, double ms)
    {
        var settings = Settings.Read(new() { ["HOTPATH_EVERY"] = text });
        Assert.That(settings.Every, Is.EqualTo(TimeSpan.FromMilliseconds(ms)));
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase("HOTPATH_CLOCKS", "HOTPATH_CLOCKS is not known and has no effect; is HOTPATH_CLOCK meant?")]
    [TestCase("hotpath_output", "hotpath_output is not known and has no effect; is HOTPATH_OUTPUT meant?")]
    [TestCase("hotpath", "hotpath is not known and has no effect; is HOTPATH meant?")]
    [TestCase("HOTPATH_INSTRUMENTATION", "HOTPATH_INSTRUMENTATION is not read by programs; HotPathInstrumentation is the switch, of the build.")]
    [TestCase("HOTPATH_INSTRUMENT_ALL", "HOTPATH_INSTRUMENT_ALL is not read by programs; HotPathInstrumentation is the switch, of the build.")]
    [TestCase(
        "HOTPATH_LOGGING",
        "HOTPATH_LOGGING is not known and has no effect; known are HOTPATH, HOTPATH_OUTPUT, HOTPATH_EVERY, HOTPATH_SUMMARY, HOTPATH_WARMUP_MS, "
            + "HOTPATH_CLOCK, HOTPATH_SITES, HOTPATH_CONTROL, HOTPATH_QUARANTINE, HOTPATH_DETAIL, HOTPATH_OVERHEAD, HOTPATH_OPERATIONS, "
            + "HOTPATH_SLOW, HOTPATH_LARGE, HOTPATH_METRICS."
    )]
    [Platform(Exclude = "Win", Reason = "Names have no case there.")]
    public void A_variable_that_nobody_knows_is_said_even_if_it_is_empty(string variable, string problem) =>
        Assert.That(Settings.Read(new() { [variable] = "" }).Problems, Is.EqualTo((string[])[problem]));

    [TestCase("HotPathInstrumentation")]
    [TestCase("HOTPATHINSTRUMENTATION")]
    [TestCase("HotPathInstrumentAll")]
    [TestCase("HotPathAllowShipping")]
    public void What_msbuild_reads_is_nothing_to_speak_of(string variable) =>
        Assert.That(Settings.Read(new() { [variable] = "true" }).Problems, Is.Empty);

    [Test]
    public void Placeholders_that_nobody_knows_are_said()
    {
        var settings = Settings.Read(new() { ["HOTPATH_OUTPUT"] = "{host}/{app}-{pid.json" });
        Assert.That(settings.Problems, Is.EqualTo((string[])["HOTPATH_OUTPUT: {host} is none of {app}, {pid}, {time}; it stays as it is."]));
        Assert.That(settings.Output, Is.EqualTo("{host}/{app}-{pid.json"));
    }

    [Test]
    public void Spaces_round_a_value_mean_nothing()
    {
        var settings = Settings.Read(
            new()
            {
                ["HOTPATH"] = " Never ",
                ["HOTPATH_WARMUP_MS"] = "5 ",
                ["HOTPATH_SITES"] = " off",
            }
        );
        Assert.That(settings, Has.Property("IsEnabled").False.And.Property("WarmupMs").EqualTo(5).And.Property("ProbeEvery").Zero);
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase("all", "off", 1, 0)]
    [TestCase("off", "16", 0, 16)]
    [TestCase("8", "100", 8, 100)]
    public void Sites_and_control_are_words_or_rates(string sites, string control, int probeEvery, int controlEvery)
    {
        var settings = Settings.Read(new() { ["HOTPATH_SITES"] = sites, ["HOTPATH_CONTROL"] = control });

        Assert.That((settings.ProbeEvery, settings.ControlEvery), Is.EqualTo((probeEvery, controlEvery)));
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase("", 64)]
    [TestCase("off", 0)]
    [TestCase("1", 1)]
    public void The_quarantine_is_off_or_a_rate(string text, int every) =>
        Assert.That(Settings.Read(new() { ["HOTPATH_QUARANTINE"] = text }).QuarantineEvery, Is.EqualTo(every));

    [Test]
    public void Placeholders_are_filled_in() =>
        Assert.That(
            OutputPath.Of("out/{app}.{pid}.{time}.json", "A/B", 12, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
            Is.EqualTo(Path.GetFullPath("out/A_B.12.20260102-030405.json"))
        );
}
