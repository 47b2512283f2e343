using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class SettingsTests
{
    [Test]
    public void Nothing_set_is_the_default()
    {
        var settings = Settings.Read(static _ => null);
        Assert.That(settings is { IsEnabled: true, Output: null, HasSummary: true, WarmupMs: 0, Clock: null, ProbeEvery: 1, ControlEvery: 16 });
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase("HOTPATH", "of", "HOTPATH=of is none of on, off; on is used.")]
    [TestCase("HOTPATH_SUMMARY", "json", "HOTPATH_SUMMARY=json is none of table, none; table is used.")]
    [TestCase("HOTPATH_CLOCK", "tsc", "HOTPATH_CLOCK=tsc is none of auto, stopwatch, hardware, none; auto is used.")]
    [TestCase("HOTPATH_WARMUP_MS", "1s", "HOTPATH_WARMUP_MS=1s is not a whole number of milliseconds; 0 is used.")]
    [TestCase("HOTPATH_SITES", "some", "HOTPATH_SITES=some is neither all, off nor a whole number from 1 on; all is used.")]
    [TestCase("HOTPATH_SITES", "0", "HOTPATH_SITES=0 is neither all, off nor a whole number from 1 on; all is used.")]
    [TestCase("HOTPATH_CONTROL", "-1", "HOTPATH_CONTROL=-1 is neither off nor a whole number from 1 on; 16 is used.")]
    [TestCase("HOTPATH_QUARANTINE", "never", "HOTPATH_QUARANTINE=never is neither off nor a whole number from 1 on; 64 is used.")]
    public void What_is_not_understood_is_said_with_what_would_be(string variable, string value, string problem) =>
        Assert.That(Settings.Read(name => name == variable ? value : null).Problems, Is.EqualTo((string[])[problem]));

    [TestCase("all", "off", 1, 0)]
    [TestCase("off", "16", 0, 16)]
    [TestCase("8", "100", 8, 100)]
    public void Sites_and_control_are_words_or_rates(string sites, string control, int probeEvery, int controlEvery)
    {
        var settings = Settings.Read(name => name == "HOTPATH_SITES" ? sites : name == "HOTPATH_CONTROL" ? control : null);

        Assert.That((settings.ProbeEvery, settings.ControlEvery), Is.EqualTo((probeEvery, controlEvery)));
        Assert.That(settings.Problems, Is.Empty);
    }

    [TestCase(null, 64)]
    [TestCase("off", 0)]
    [TestCase("1", 1)]
    public void The_quarantine_is_off_or_a_rate(string? text, int every) => Assert.That(Settings.Read(name => name == "HOTPATH_QUARANTINE" ? text : null).QuarantineEvery, Is.EqualTo(every));

    [Test]
    public void Placeholders_are_filled_in() =>
        Assert.That(
            EndOfProcess.PathFor("out/{app}.{pid}.{time}.json", "A/B", 12, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
            Is.EqualTo(Path.GetFullPath("out/A_B.12.20260102-030405.json")));
}
