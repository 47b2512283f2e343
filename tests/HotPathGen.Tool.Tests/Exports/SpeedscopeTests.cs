using System.Text.Json;
using HotPathGen.Tool.Tests.Data;
using static Microsoft.Playwright.Assertions;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>
/// Speedscope's own page opens the file. <c>.ci/run</c> gets the page from its npm package. On a machine without it these tests are skipped.
/// </summary>
[TestFixture]
public sealed class SpeedscopeTests
{
    private const string Get = "npm install --prefix ~/.cache/hotpathgen/speedscope speedscope";

    private static string SpeedscopePage =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".cache",
            "hotpathgen",
            "speedscope",
            "node_modules",
            "speedscope",
            "dist",
            "release",
            "index.html"
        );

    [Test]
    public async Task Its_page_shows_the_frames_by_time_and_by_bytes()
    {
        if (!File.Exists(SpeedscopePage))
        {
            Assert.Ignore($"speedscope is not on this machine: {Get}.");
        }

        using var folder = new TemporaryFolder();
        ToolRun
            .Of("export", RecordedSnapshot.DocSearch, "-f", "speedscope", "--sites", "--by", "time", "-o", folder["profile.speedscope.json"])
            .MustSucceed();
        await using var page = await Chromium.OpenAsync(SpeedscopePage);
        await page["input[type=file]"].SetInputFilesAsync(folder["profile.speedscope.json"]);
        await Expect(page.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("DocSearch"));
        await page.PictureAsync("speedscope");

        // Its "sandwich" lists every frame with its own value and that of what it called.
        await page.Page.Keyboard.PressAsync("3");
        await Expect(page["body"]).ToContainTextAsync("DocSearch.Tally.Of<T>(IEnumerable<T>)");
        await Expect(page["tr"].Filter(new() { HasText = "DocSearch.Tally.Of<T>(IEnumerable<T>)" })).ToContainTextAsync("3.10s");
        await page.PictureAsync("speedscope-sandwich");
        await page.Page.Keyboard.PressAsync("n");
        await Expect(page["tr"].Filter(new() { HasText = "Tally.cs:15:13 growth Dictionary.this" })).ToContainTextAsync("MB");
        // WebGL without a GPU warns that it is slow when a screenshot is taken.
        Assert.That(page.Errors.Where(static error => !error.Contains("GL Driver Message", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>The file has the members and types that the published schema requires, and its weights add up.</summary>
    [TestCase("time", "nanoseconds")]
    [TestCase("bytes", "bytes")]
    public void The_file_has_what_its_schema_demands(string by, string unit)
    {
        var snapshot = MadeSnapshot.Recorded;
        using var file = JsonDocument.Parse(ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "speedscope", "--by", by).MustSucceed());
        var root = file.RootElement;
        Assert.That(root.GetProperty("$schema").GetString(), Is.EqualTo("https://www.speedscope.app/file-format-schema.json"));
        int frames = root.GetProperty("shared").GetProperty("frames").GetArrayLength();
        var shown = root.GetProperty("profiles")[root.GetProperty("activeProfileIndex").GetInt32()];
        Assert.That((shown.GetProperty("type").GetString(), shown.GetProperty("unit").GetString()), Is.EqualTo(("sampled", unit)));
        long[] weights = [.. shown.GetProperty("weights").EnumerateArray().Select(static weight => weight.GetInt64())];
        Assert.That(shown.GetProperty("samples").GetArrayLength(), Is.EqualTo(weights.Length));
        Assert.That(
            shown
                .GetProperty("samples")
                .EnumerateArray()
                .SelectMany(static sample => sample.EnumerateArray())
                .Select(static frame => frame.GetInt32()),
            Is.Not.Empty.And.All.InRange(0, frames - 1)
        );
        long expected = snapshot.Contexts.Sum(context => by == "time" ? context.SelfNs : context.SelfBytes);
        Assert.That(
            (weights.Sum(), shown.GetProperty("endValue").GetInt64() - shown.GetProperty("startValue").GetInt64()),
            Is.EqualTo((expected, expected))
        );
    }
}
