using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>The output of each format for the recorded snapshot.</summary>
[TestFixture]
public sealed class GoldenTests
{
    [TestCase("Markdown", "md", "markdown")]
    [TestCase("Methods", "csv", "csv")]
    [TestCase("Sites", "csv", "csv", "--sites")]
    [TestCase("FoldedTime", "txt", "folded")]
    [TestCase("FoldedBytes", "txt", "folded", "--by", "bytes")]
    [TestCase("FoldedSites", "txt", "folded", "--by", "bytes", "--sites")]
    [TestCase("Speedscope", "json", "speedscope")]
    public void Text_formats(string name, string extension, string format, params string[] options) =>
        Verified.Verify(ToolRun.Of(["export", RecordedSnapshot.DocSearch, "--format", format, .. options]).MustSucceed(), name, extension);

    [Test]
    public void Pprof()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "pprof", "-o", folder["p.pb.gz"]).MustSucceed();
        using var gzip = new GZipStream(File.OpenRead(folder["p.pb.gz"]), CompressionMode.Decompress);
        string text = new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation(" ")).Format(Profile.Parser.ParseFrom(gzip));
        Verified.Verify(text.ReplaceLineEndings("\n") + "\n", "Pprof", "json");
    }

    [Test]
    public void Figures_of_the_page()
    {
        string page = ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "html").MustSucceed();
        string figures = Regex.Match(page, """<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline).Groups[1].Value;
        using var parsed = JsonDocument.Parse(figures);
        // Each row is a line of its own, so that a diff shows which rows differ.
        Verified.Verify(figures.Replace("},{\"", "},\n{\"", StringComparison.Ordinal) + "\n", "Page", "json");
    }

    [Test]
    public void Files_are_what_standard_output_is()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "folded", "-o", folder["f.txt"]).MustSucceed();
        Assert.That(File.ReadAllText(folder["f.txt"]), Is.EqualTo(ToolRun.Of("export", RecordedSnapshot.DocSearch, "-f", "folded").MustSucceed()));
        Assert.That(Directory.GetFiles(folder.ToString()), Has.Length.EqualTo(1), "no temporary file is left");
    }
}
