using System.Globalization;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Names and source text are not under our control. In every format they must remain text.</summary>
[TestFixture]
public sealed class TextFormatTests
{
    [Test]
    public void Csv_quotes_and_starts_no_formula()
    {
        string[] lines = Export(Named("=cmd|' /C calc'!A0", "a \"quoted\", thing\nof two lines"), "csv").Split('\n');
        Assert.That(lines, Has.Some.StartsWith("'=cmd|' /C calc'!A0,"));
        string sites = Export(Named("Plain.Name()", "a \"quoted\", thing\nof two lines"), "csv", "--sites");
        Assert.That(sites, Does.Contain(",\"a \"\"quoted\"\", thing\\nof two lines\","));
        foreach (string formula in (string[])["+1", "-1", "@SUM(A1)"])
        {
            Assert.That(
                Export(Named("N()", formula), "csv", "--sites"),
                Does.Match(@",""?'" + System.Text.RegularExpressions.Regex.Escape(formula)),
                formula
            );
        }
    }

    [Test]
    public void Csv_rows_have_as_many_fields_as_the_header()
    {
        foreach (
            string[] options in (string[][])
                [
                    [],
                    ["--sites"],
                ]
        )
        {
            string[] lines = Export(MadeSnapshot.Recorded, "csv", options).TrimEnd('\n').Split('\n');
            Assert.That(lines.Select(FieldCount).Distinct().ToArray(), Has.Length.EqualTo(1));
        }

        static int FieldCount(string line)
        {
            bool isQuoted = false;
            int fields = 1;
            foreach (char letter in line)
            {
                isQuoted ^= letter == '"';
                fields += letter == ',' && !isQuoted ? 1 : 0;
            }
            return fields;
        }
    }

    [Test]
    public void Folded_stacks_stay_a_line_each()
    {
        var snapshot = Named("Semi;colon\nand line feed", "x");
        string[] lines = Export(snapshot, "folded", "--by", "bytes").TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Length.EqualTo(snapshot.Contexts.Count(static c => c.SelfBytes > 0)));
        Assert.That(lines, Has.Some.Contains("Semi,colon\\nand line feed"));
        Assert.That(
            lines.Sum(static line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)),
            Is.EqualTo(snapshot.Contexts.Sum(static c => c.SelfBytes))
        );
    }

    [Test]
    public void Markdown_mentions_nobody_and_closes_nothing()
    {
        string report = Export(Named("Hot.Name()</details> @someone | `x`", "a | b ``` <img src=x>"), "markdown");
        Assert.That(report, Does.Contain("`` Hot.Name()</details> @someone \\| `x` ``").And.Contain(": a \\| b ``` <img src=x> ````"));
        foreach (string line in report.Split('\n').Where(static line => line.StartsWith('|')))
        {
            Assert.That(line, Does.EndWith(" |").Or.EndWith(":|"));
        }
    }

    [Test]
    public void Markdown_fits_a_comment() => Assert.That(Export(MadeSnapshot.Large(1_000, 3_000), "markdown"), Has.Length.LessThan(65_536));

    [Test]
    public void Markdown_of_two_sets_is_that_of_diff()
    {
        using var folder = new TemporaryFolder();
        string file = MadeSnapshot.Write(folder, MadeSnapshot.Recorded),
            other = MadeSnapshot.Write(folder, Named("Hot.Name()", "x"), "other.hotpath.json");
        string exported = ToolRun.Of("export", file, "-f", "markdown", "--to", other).MustSucceed();
        Assert.That(exported, Is.EqualTo(ToolRun.Of("diff", file, "--to", other, "--markdown", "--top", "45").MustSucceed()));
        Assert.That(exported, Does.Contain("before, 1 run after"));
    }

    [Test]
    public void What_cannot_be_is_told()
    {
        using var folder = new TemporaryFolder();
        string file = MadeSnapshot.Write(folder, MadeSnapshot.Recorded);
        string clockless = MadeSnapshot.Write(
            folder,
            MadeSnapshot.Recorded with
            {
                Process = MadeSnapshot.Recorded.Process with
                {
                    Clock = new() { Kind = ClockKind.None, Frequency = 0 },
                },
            },
            "none.hotpath.json"
        );
        Assert.Multiple(() =>
        {
            Fails(["export", clockless, "-f", "folded", "--by", "time"], "the snapshot has no time");
            Fails(["export", file, "-f", "pprof"], "-o profile.pb.gz");
            Fails(["export", file, "-f", "csv", "--to", file], "--to is for html, markdown; csv has no use for it");
            Fails(["export", file, "-f", "html", "--sites"], "--sites is for csv, folded, speedscope");
            Fails(["export", file, "-f", "pprof", "--by", "time"], "--by is for folded, speedscope");
            Fails(["export", file, "-f", "flame"], "flame");
            Fails(["export", file, "-f", "csv", "-o", Path.Combine(folder["made.hotpath.json"], "below-a-file.csv")], "cannot be written");
            Fails(["export", folder["gone.hotpath.json"], "-f", "csv", "-o", folder["out.csv"]], "there is no such file");
            Assert.That(File.Exists(folder["out.csv"]), Is.False);
        });

        static void Fails(string[] arguments, string reason)
        {
            var run = ToolRun.Of(arguments);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, run.Error)));
            Assert.That(run.Error, Does.Contain(reason).And.Not.Contain("   at "));
        }
    }

    [Test]
    public void Help_is_no_error() =>
        Assert.That(ToolRun.Of("export", "--help").MustSucceed(), Does.Contain("dotnet hotpath export hotpath -f html -o report.html"));

    private static SnapshotDocument Named(string name, string text)
    {
        var recorded = MadeSnapshot.Recorded;
        int at = Array.FindIndex(recorded.Methods, static m => m.Name.StartsWith("DocSearch.MemberReader.ReadText", StringComparison.Ordinal));
        var method = recorded.Methods[at];
        recorded.Methods[at] = method with { Name = name, Sites = [.. method.Sites!.Select(site => site with { Text = text })] };
        return recorded;
    }

    private static string Export(SnapshotDocument snapshot, string format, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return ToolRun.Of(["export", MadeSnapshot.Write(folder, snapshot), "-f", format, .. options]).MustSucceed();
    }
}
