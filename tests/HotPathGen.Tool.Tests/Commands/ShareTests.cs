using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;
using HotPathGen.Tool.Tests.Exports;

namespace HotPathGen.Tool.Tests.Commands;

/// <summary>What measuring cost, and how much of the process the hot methods saw. In the recorded run they allocated 1.79 GB in 20.9 s.</summary>
[TestFixture]
public sealed class ShareTests
{
    private const string Cost =
        "measuring cost 2.00 s, 9.6 % of the time in hot methods (31.0 M frames 1.00 s, 50,000 other calls 100 ms, sites 700 ms, the rest 200 ms); it is subtracted";

    [Test]
    public void Text_and_page_have_both()
    {
        var snapshot = MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 30_000_000_000);
        string text = Show(snapshot);
        Assert.That(text, Does.Contain(Cost));
        Assert.That(
            text,
            Does.Contain(
                "hot methods allocated 1.79 GB of the process's 2.00 GB (89 %) and took 20.9 s of the process's 30.0 s of processor time (70 %)"
            )
        );
        Assert.That(text, Does.Not.Contain("Less than a half"));

        using var folder = new TemporaryFolder();
        string page = ToolRun.Of("export", MadeSnapshot.Write(folder, snapshot), "-f", "html").MustSucceed();
        string data = Regex.Match(page, """<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline).Groups[1].Value;
        var facts = JsonNode.Parse(data)!["sides"]![0]!["facts"]!
            .AsArray()
            .ToDictionary(static fact => (string)fact![0]!, static fact => (string)fact![1]!);
        Assert.That($"measuring cost {facts["cost of measuring"]}", Is.EqualTo(Cost));
        Assert.That(facts["allocated by hot methods"], Is.EqualTo("1.79 GB of the process's 2.00 GB (89 %)"));
        Assert.That(facts["time in hot methods"], Is.EqualTo("20.9 s of the process's 30.0 s of processor time (70 %)"));
    }

    [TestCase(3_500_000_000, 40_000_000_000, null)]
    [TestCase(3_600_000_000, 40_000_000_000, "bytes")]
    [TestCase(3_500_000_000, 42_000_000_000, "time")]
    [TestCase(3_600_000_000, 42_000_000_000, "both")]
    public void Below_a_half_it_says_how_to_see_more(long bytes, long ns, string? what)
    {
        string text = Show(MadeSnapshot.Priced(bytes, ns));
        Assert.That(
            text,
            what is null
                ? Does.Not.Contain("Less than a half")
                : Does.Contain($"Less than a half of {(what == "both" ? what : $"the {what}")} is in hot methods.")
                    .And.Contain("-p:HotPathInstrumentAll=true")
                    .And.Contain("[assembly: Instrument]")
        );
    }

    [Test]
    public void Methods_that_wait_may_take_more_than_the_processor_time() =>
        Assert.That(
            Show(MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 9_000_000_000)),
            Does.Contain("and took 20.9 s, waits included, beside the process's 9.00 s of processor time")
        );

    [Test]
    public void A_processor_time_that_recording_exceeds_is_no_share()
    {
        string text = Show(MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: -1));
        Assert.That(text, Does.Contain("hot methods allocated 1.79 GB").And.Not.Contain("processor time"));
    }

    [Test]
    public void Bytes_of_a_sample_are_no_exact_share()
    {
        var priced = MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 30_000_000_000);
        var light = priced with { Process = priced.Process with { Detail = DetailLevel.Light } };
        Assert.That(Show(light), Does.Contain("hot methods allocated about 1.79 GB of the process's 2.00 GB (89 %)"));
    }

    [Test]
    public void Several_runs_are_summed_and_say_nothing_if_one_of_them_does_not_know()
    {
        var (first, old) = (MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 30_000_000_000), MadeSnapshot.Recorded);
        var second = first with { Process = first.Process with { Start = SnapshotReader.Read(RecordedSnapshot.DocSearchAgain).Process.Start } };
        string text = Show(first, second);
        Assert.That(text, Does.Contain("measuring cost 4.00 s, 9.6 % of the time in hot methods (62.0 M frames 2.00 s, 100,000 other calls"));
        Assert.That(text, Does.Contain("hot methods allocated 3.57 GB of the processes' 4.00 GB (89 %) and took 41.7 s of the processes' 60.0 s"));
        using var folder = new TemporaryFolder();
        var merged = SnapshotFiles.Merge([MadeSnapshot.Write(folder, first, "1.hotpath.json"), MadeSnapshot.Write(folder, second, "2.hotpath.json")]);
        Assert.That(
            merged.Methods.Select(static m => m.RecordingNs),
            Is.EqualTo(first.Methods.Select(static m => 2 * m.RecordingNs)).And.Some.GreaterThan(0)
        );

        text = Show(old, second);
        Assert.That(text, Does.Not.Contain("measuring cost").And.Not.Contain("hot methods allocated").And.Not.Contain("hot methods took"));
        Assert.That(Show(old), Does.Not.Contain("measuring cost").And.Not.Contain("hot methods allocated").And.Not.Contain(" !25 %"));
    }

    [Test]
    public void A_row_whose_price_is_more_than_a_tenth_of_its_time_shows_it()
    {
        var priced = MadeSnapshot.Priced(allocatedBytes: 2_000_000_000, processorNs: 30_000_000_000);
        Assert.That(Show(priced), Does.Contain("Folding.WithoutPlural(string)` !25 %").And.Contain("!n %: recording the calls of the row"));

        var cheap = priced with { Methods = [.. priced.Methods.Select(static m => m with { RecordingNs = m.Time.InclusiveNs / 10 })] };
        Assert.That(Show(cheap), Does.Contain("Folding.WithoutPlural(string)` ! |").And.Not.Contain("!10 %").And.Not.Contain("!n %"));
    }

    private static string Show(params SnapshotDocument[] snapshots)
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. snapshots.Select((snapshot, i) => MadeSnapshot.Write(folder, snapshot, $"show-{i}.hotpath.json"))];
        return ToolRun.Of(["show", .. files, "--markdown"]).MustSucceed().Replace("\\", "", StringComparison.Ordinal);
    }
}
