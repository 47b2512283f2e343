using System.IO.Compression;
using System.Text.Json;
using HotPathGen.Shared;
using HotPathGen.Tool.Exports;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Every export of estimates says that they are estimates.</summary>
[TestFixture]
public sealed class EstimateNoteTests
{
    private const string TimeNote = "time: estimates from a sample of calls; largest margin ±70.6 % in Sampled.Names.Of(int)";
    private const string BytesNote = "bytes: estimates from a sample of calls; largest margin ±6.1 % in Sampled.Names.Of(int)";

    private static readonly SnapshotDocument s_light = SampledRuns.WithMargins(SampledRuns.Light);

    [Test]
    public void Pprof_has_comments()
    {
        Assert.That(CommentsOf(s_light), Does.Contain(TimeNote).And.Contain(BytesNote).And.Contain("calls are exact"));
        Assert.That(CommentsOf(s_light), Has.None.Contains("bytes are exact"));
        Assert.That(
            CommentsOf(SampledRuns.Standard),
            Has.Some.StartsWith("time: estimates").And.None.StartsWith("bytes: ").And.Some.StartsWith("calls and bytes are exact")
        );
        Assert.That(CommentsOf(MadeSnapshot.Recorded), Has.None.Contains("estimates"));
    }

    [Test]
    public void Values_of_pprof_are_those_of_the_contexts()
    {
        var profile = ProfileOf(s_light);
        Assert.That(profile.Sample.Sum(static s => s.Value[0]), Is.EqualTo(s_light.Methods.Sum(static m => m.Calls)));
        Assert.That(profile.Sample.Sum(static s => s.Value[1]), Is.EqualTo(s_light.Contexts.Sum(static c => c.SelfNs)));
        Assert.That(profile.Sample.Sum(static s => s.Value[2]), Is.EqualTo(s_light.Contexts.Sum(static c => c.SelfBytes)));
    }

    [Test]
    public void Profiles_of_speedscope_have_it_in_their_names()
    {
        Assert.That(NamesOf(s_light), Is.EqualTo(new[] { $"Sampled: self time ({TimeNote})", $"Sampled: allocated ({BytesNote})" }));
        Assert.That(NamesOf(MadeSnapshot.Recorded), Is.EqualTo(new[] { "DocSearch: self time", "DocSearch: allocated" }));

        static string[] NamesOf(SnapshotDocument snapshot)
        {
            using var json = JsonDocument.Parse(Exported(snapshot, "speedscope"));
            return [.. json.RootElement.GetProperty("profiles").EnumerateArray().Select(static profile => profile.GetProperty("name").GetString()!)];
        }
    }

    /// <summary>Their weights are whole numbers, and a line that is no stack would be one to the scripts.</summary>
    [Test]
    public void Folded_stacks_are_stacks_and_nothing_else() =>
        Assert.That(
            Exported(s_light, "folded").TrimEnd().Split('\n'),
            Has.Length.EqualTo(s_light.Contexts.Count(static c => c.SelfNs > 0)).And.All.Match(@"^\S.* \d+$")
        );

    [Test]
    public void Markdown_has_the_mark_and_the_note()
    {
        string markdown = Exported(s_light, "markdown");
        Assert.That(markdown, Does.Contain("±70.6 %"));
        Assert.That(markdown, Does.Contain("are estimates from a random sample of their calls"));
    }

    [Test]
    public void Csv_has_columns()
    {
        string[][] rows = [.. Exported(s_light, "csv").TrimEnd().Split('\n').Select(static row => row.Split(','))];
        var of = rows.Single(static row => row[0] == "Sampled.Names.Of(int)")
            .Zip(rows[0])
            .ToDictionary(static cell => cell.Second, static cell => cell.First);
        var spin = rows.Single(static row => row[0] == "Sampled.Work.Spin()")
            .Zip(rows[0])
            .ToDictionary(static cell => cell.Second, static cell => cell.First);
        string[] columns = ["sampledCalls", "meanMarginNs", "inclusiveMarginNs", "p95LowNs", "p95HighNs", "meanMarginBytes", "inclusiveMarginBytes"];

        Assert.That(columns.Select(column => of[column]), Is.EqualTo(new[] { "3601", "133.5", "53400000", "50", "3712", "20.6", "8240000" }));
        Assert.That(columns.Select(column => spin[column]), Has.All.Empty);
    }

    [Test]
    public void Without_an_interval_nothing_is_said_of_its_width()
    {
        Assert.That(EstimateNote.OfBytes(SampledRuns.Light), Is.EqualTo("bytes: estimates from a sample of calls"));
        Assert.That(EstimateNote.OfBytes(SampledRuns.Standard), Is.Null);
        Assert.That(
            EstimateNote.OfTime(
                s_light with
                {
                    Process = s_light.Process with
                    {
                        Clock = new() { Kind = ClockKind.None, Frequency = 0 },
                    },
                }
            ),
            Is.Null
        );
    }

    private static IEnumerable<string> CommentsOf(SnapshotDocument snapshot) =>
        ProfileOf(snapshot) is var profile ? profile.Comment.Select(place => profile.StringTable[(int)place]) : [];

    private static Profile ProfileOf(SnapshotDocument snapshot)
    {
        using var gzip = new GZipStream(new MemoryStream(PprofProfile.Write(snapshot)), CompressionMode.Decompress);
        return Profile.Parser.ParseFrom(gzip);
    }

    private static string Exported(SnapshotDocument snapshot, string format)
    {
        using var folder = new TemporaryFolder();
        return ToolRun.Of("export", MadeSnapshot.Write(folder, snapshot), "-f", format).MustSucceed();
    }
}
