using System.Text;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Snapshots;

/// <summary>
/// Copies of a real snapshot, each damaged in one way. Every command that reads one reports the place and the reason, with exit code 2.
/// </summary>
[TestFixture]
public sealed class DamagedSnapshotTests
{
    private const string SecondMethod = "\"id\": \"M:DocSearch.Best`1.Add(`0)\",\n      \"assembly\": \"DocSearch\"";

    private static readonly string s_intact = File.ReadAllText(RecordedSnapshot.DocSearch);

    private static TestCaseData[] Damages =>
        [
            Damage(
                "another schema",
                "\"hotpath/1\"",
                "\"hotpath/2\"",
                "$.schema (line 2, byte 24)",
                "the schema is \"hotpath/2\"; only \"hotpath/1\" can be read"
            ),
            Damage("no schema", "\"schema\": \"hotpath/1\",", "", "$", "there is no \"schema\""),
            Damage("no member", "\"frameNs\"", "\"frame\"", "$.process.probe", "there is no \"frameNs\""),
            Damage("no list", "\"notes\": [", "\"remarks\": [", "$", "there is no \"notes\""),
            Damage("a member twice", "\"cores\": 2,", "\"cores\": 2, \"cores\": 2,", "$.process", "there is \"cores\" twice"),
            Damage("null for text", "\"app\": \"DocSearch\"", "\"app\": null", "$.process.app", "it is null"),
            Damage("text for a number", "\"cores\": 2", "\"cores\": \"2\"", "$.process.cores", "\"2\" is not a whole number from 0 to 2147483647"),
            Damage("a number for text", "\"app\": \"DocSearch\"", "\"app\": 7", "$.process.app", "it is of another kind than it should be"),
            Damage(
                "a fraction",
                "\"calls\": 160170",
                "\"calls\": 160170.5",
                "$.methods[1].calls",
                "160170.5 is not a whole number from 0 to 9223372036854775807"
            ),
            Damage(
                "a negative count",
                "\"calls\": 160170",
                "\"calls\": -160170",
                "$.methods[1].calls",
                "-160170 is not a whole number from 0 to 9223372036854775807"
            ),
            Damage(
                "too large a count",
                "\"calls\": 160170",
                "\"calls\": 9223372036854775808",
                "$.methods[1].calls",
                "9223372036854775808 is not a whole number from 0 to 9223372036854775807"
            ),
            Damage("not a number", "\"calls\": 160170", "\"calls\": NaN", "$.methods[1].calls", "'N' is an invalid start of a value"),
            Damage(
                "not a number, as text",
                "\"frameNs\": 26.2",
                "\"frameNs\": \"NaN\"",
                "$.process.probe.frameNs",
                "\"NaN\" is not a number from 0 to 1e15"
            ),
            Damage(
                "an infinite number",
                "\"frameNs\": 26.2",
                "\"frameNs\": 1e999",
                "$.process.probe.frameNs",
                "1e999 is not a number from 0 to 1e15"
            ),
            Damage(
                "a scale beyond all calls",
                "\"siteScale\": 1.06",
                "\"siteScale\": 1e300, \"was\": 1.06",
                "$.methods[1].siteScale",
                "1e300 is not a number from 0 to 1e15"
            ),
            Damage(
                "figures that do not add up",
                "\"failures\": 0",
                "\"failures\": 9223372036854775807",
                "$.methods",
                "their figures come to more than 9223372036854775807"
            ),
            Damage("a negative cost", "\"frameNs\": 26.2", "\"frameNs\": -26.2", "$.process.probe.frameNs", "-26.2 is not a number from 0 to 1e15"),
            Damage(
                "a method twice",
                SecondMethod,
                "\"id\": \"M:DocSearch.Bm25Ranker.Score(DocSearch.Posting,System.Int32,DocSearch.TermStatistics)\",\n      \"assembly\": "
                    + "\"DocSearch\"",
                "$.methods[2].id",
                "\"M:DocSearch.Bm25Ranker.Score(DocSearch.Posting,System.Int32,DocSearch.TermStatistics)\" of assembly \"DocSearch\" is there "
                    + "twice, first as methods[1]"
            ),
            Damage("a negative bucket", "[[188,1]]", "[[-188,1]]", "$.methods[0].time.histogram", "[-188,1] in a histogram is negative"),
            Damage("a negative bucket's count", "[[188,1]]", "[[188,-1]]", "$.methods[0].time.histogram", "[188,-1] in a histogram is negative"),
            Damage(
                "buckets out of order",
                "[[188,1]]",
                "[[188,1],[187,1]]",
                "$.methods[0].time.histogram",
                "bucket 187 of a histogram comes after bucket 188"
            ),
            Damage("a bucket too many", "[[188,1]]", "[[336,1]]", "$.methods[0].time.histogram", "there is no bucket 336: they end with 335"),
            Damage(
                "counts that do not add up",
                "[[188,1]]",
                "[[187,9223372036854775807],[188,1]]",
                "$.methods[0].time.histogram",
                "its counts come to more than 9223372036854775807"
            ),
            Damage(
                "a dense histogram",
                "[[188,1]]",
                "[188,1]",
                "$.methods[0].time.histogram",
                "a histogram is a list of pairs of whole numbers, [[bucket,count],…]"
            ),
            Damage(
                "other buckets",
                "\"buckets\": 336",
                "\"buckets\": 640",
                "$.histogram",
                "its histograms have 640 buckets and 41 powers of two; only 336 and 41 can be read"
            ),
            Damage(
                "sites without control",
                "\"siteScale\"",
                "\"scale\"",
                "$.methods[1]",
                "control, unattributedBytes, siteScale and sites are not all there"
            ),
            Damage(
                "a context that is its own parent",
                "\"parent\": 0",
                "\"parent\": 1",
                "$.contexts[1].parent",
                "context 1 does not come before its child: the contexts form a cycle or are out of order"
            ),
            Damage(
                "a cycle of contexts",
                "\"parent\": 0",
                "\"parent\": 2",
                "$.contexts[1].parent",
                "context 2 does not come before its child: the contexts form a cycle or are out of order"
            ),
            Damage("a parent that is not there", "\"parent\": 0", "\"parent\": 1000", "$.contexts[1].parent", "there is no context 1000"),
            Damage("a context's id", "\"id\": 1,", "\"id\": 3,", "$.contexts[1].id", "it is 3; an id is its context's place in the list"),
            Damage("a method that is not there", "\"method\": 21", "\"method\": 26", "$.contexts[1].method", "there is no methods[26]"),
            Damage("text after the end", "\n}\n", "\n}}\n", "$", "'}' is invalid after a single JSON value. Expected end of data"),
        ];

    [TestCaseSource(nameof(Damages))]
    public void A_damaged_snapshot_is_refused_with_place_and_reason(string was, string becomes, string place, string reason)
    {
        int at = s_intact.IndexOf(was, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThan(0));
        using var folder = new TemporaryFolder();

        string error = Refused(folder.Write("damaged.hotpath.json", s_intact.Remove(at, was.Length).Insert(at, becomes)));

        Assert.That(error, Does.StartWith($"error: {folder["damaged.hotpath.json"]}: {place}").And.Contain($": {reason}.\n"));
    }

    [Test]
    public void A_snapshot_is_refused_wherever_it_is_cut_off()
    {
        using var folder = new TemporaryFolder();
        byte[] intact = Encoding.UTF8.GetBytes(s_intact);
        // The step is a prime number, so that the cuts fall anywhere. Other cuts are behind a closing brace, where the end of the text looks right.
        int[] cuts =
        [
            1,
            .. Enumerable.Range(1, 40).Select(i => i * 3067),
            .. Enumerable.Range(0, intact.Length - 2).Where(i => intact[i] == '}').Where((_, i) => i % 40 == 0).Select(i => i + 1),
        ];
        foreach (int cut in cuts)
        {
            File.WriteAllBytes(folder["cut.hotpath.json"], intact[..cut]);
            Assert.That(Refused(folder["cut.hotpath.json"]), Does.StartWith($"error: {folder["cut.hotpath.json"]}: "));
        }
        Assert.That(Refused(folder["cut.hotpath.json"]), Does.Contain("Take the snapshot again").Or.Contain("take the snapshot again"));
    }

    [Test]
    public void A_snapshot_with_any_byte_changed_is_refused_or_read()
    {
        const string Syntax = "0123456789-e.,:\"{}[]n";
        var random = new Random(20261124);
        byte[] intact = Encoding.UTF8.GetBytes(s_intact);
        using var folder = new TemporaryFolder();
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] changed = [.. intact];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                changed[random.Next(changed.Length)] = i % 2 == 0 ? (byte)random.Next(256) : (byte)Syntax[random.Next(Syntax.Length)];
            }

            File.WriteAllBytes(folder["changed.hotpath.json"], changed);
            string[] options = (i % 4) switch
            {
                0 => ["--json"],
                1 => ["--tree"],
                2 => ["--markdown"],
                _ => [],
            };
            var run = ToolRun.Of(["show", folder["changed.hotpath.json"], RecordedSnapshot.DocSearchAgain, "--top", "1000", .. options]);
            Assert.That(run.ExitCode, Is.EqualTo(0).Or.EqualTo(2));
            if (run.ExitCode == 2)
            {
                refused++;
                Assert.That(run.Error, Does.StartWith("error: "));
            }
        }
        Assert.That(refused, Is.InRange(100, 399));
    }

    [TestCase]
    [TestCase("--markdown")]
    [TestCase("--json")]
    [TestCase("--sites")]
    [TestCase("--tree")]
    public void What_a_snapshot_holds_does_not_steer_the_terminal(params string[] options)
    {
        using var folder = new TemporaryFolder();
        string text = s_intact
            .Replace("\"name\": \"DocSearch.", "\"name\": \"\\u001b[31m\\r\\nDocSearch.", StringComparison.Ordinal)
            .Replace("\"text\": \"", "\"text\": \"\\u001b]0;title\\u0007", StringComparison.Ordinal)
            .Replace("\"app\": \"", "\"app\": \"\\u001b[2J", StringComparison.Ordinal);
        string output = ToolRun.Of(["show", folder.Write("steering.hotpath.json", text), .. options]).MustSucceed();

        Assert.That(output, Has.Length.GreaterThan(1000));
        Assert.That(output.Where(letter => char.IsControl(letter) && letter != '\n'), Is.Empty);
        Assert.That(output.Split('\n').Where(line => line.StartsWith("DocSearch.", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("", "it is empty")]
    [TestCase("\n \n", "it is not JSON that begins with {")]
    [TestCase("null", "it is not JSON that begins with {")]
    [TestCase("MZ\0\0", "it is not JSON that begins with {")]
    [TestCase("{ \"schema\": \"hotpath/1\", \"x\": ", "it is cut off: it does not end with }")]
    [TestCase("{}", "there is no \"schema\", \"process\", \"histogram\", \"methods\", \"contexts\"")]
    public void What_is_no_snapshot_is_refused(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        Assert.That(Refused(folder.Write("other.json", text)), Does.Contain($": {reason}"));
    }

    [Test]
    public void Deep_nesting_is_refused()
    {
        using var folder = new TemporaryFolder();
        string error = Refused(
            folder.Write("deep.json", $$"""{ "schema": "hotpath/1", "process": {{new string('[', 1_000_000)}}{{new string(']', 1_000_000)}} }""")
        );
        Assert.That(error, Does.Contain("$.process"));

        error = Refused(
            folder.Write("deep.json", $$"""{ "schema": "hotpath/1", "unknown": {{new string('[', 1_000_000)}}{{new string(']', 1_000_000)}} }""")
        );
        Assert.That(error, Does.Contain("$.unknown").And.Contain("depth of 64"));
    }

    [Test]
    public void A_file_of_a_gigabyte_is_refused_without_reading_it()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["huge.hotpath.json"]))
        {
            file.SetLength(1_000_000_000);
        }

        Assert.That(Refused(folder["huge.hotpath.json"]), Does.Contain(": it has 1,000,000,000 bytes; more than 536,870,912 are not read"));
    }

    [Test]
    public void What_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Refused(folder["none.hotpath.json"]), Does.Contain("there is no such file"));
        Directory.CreateDirectory(folder["empty"]);
        Assert.That(Refused(folder["empty"]), Does.Contain("there is no snapshot in this folder"));
    }

    [Test]
    public void Members_that_a_newer_minor_version_adds_are_left_out()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write(
            "newer.hotpath.json",
            s_intact.Replace("\"cores\": 2", "\"cores\": 2, \"battery\": { \"percent\": [1, -2, null] }", StringComparison.Ordinal)
        );

        Assert.That(ToolRun.Of("show", file).MustSucceed(), Is.EqualTo(ToolRun.Of("show", RecordedSnapshot.DocSearch).MustSucceed()));
    }

    [Test]
    public void A_kind_of_site_that_only_a_later_version_knows_is_refused_as_such()
    {
        using var folder = new TemporaryFolder();
        string error = Refused(
            folder.Write("later.hotpath.json", s_intact.Replace("\"kind\": \"growth\"", "\"kind\": \"thought\"", StringComparison.Ordinal))
        );
        Assert.That(error, Does.Contain("\"thought\" is none of object, array, ").And.Contain("Use the version of dotnet-hotpath that belongs to"));
    }

    /// <summary>Checks that commands refuse the file with the same message, and that they write nothing.</summary>
    private static string Refused(string file)
    {
        var show = ToolRun.Of("show", file);
        string output = file + ".merged";
        var merge = ToolRun.Of("merge", RecordedSnapshot.DocSearchAgain, file, "-o", output);
        Assert.Multiple(() =>
        {
            Assert.That((show.ExitCode, show.Output), Is.EqualTo((2, "")));
            Assert.That((merge.ExitCode, merge.Output, merge.Error), Is.EqualTo((2, "", show.Error)));
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(output) + "*"), Is.Empty);
            Assert.That(show.Error, Does.Not.Contain("   at "));
        });
        return show.Error;
    }

    private static TestCaseData Damage(string name, string was, string becomes, string place, string reason) =>
        new TestCaseData(was, becomes, place, reason).SetArgDisplayNames(name);
}
