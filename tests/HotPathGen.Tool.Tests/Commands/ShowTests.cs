using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Reports;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;
using Spectre.Console;

namespace HotPathGen.Tool.Tests.Commands;

[TestFixture]
public sealed class ShowTests
{
    private static readonly SnapshotDocument s_snapshot = SnapshotReader.Read(RecordedSnapshot.DocSearch);

    private static string[] Orders => [.. Selection.Orders.Keys];

    [TestCase("Show")]
    [TestCase("ShowSites", "--sites", "--top", "4")]
    [TestCase("ShowPooled", "--pooled")]
    [TestCase("ShowTree", "--tree", "IndexPartition.Add", "--sort", "time")]
    [TestCase("ShowWholeTree", "--tree", "--top", "12")]
    [TestCase("ShowFiltered", "--filter", "Folding", "--sort", "calls")]
    public void Shows_tables(string name, params string[] options) =>
        Verified.Verify(ToolRun.Of(["show", RecordedSnapshot.DocSearch, .. options]).MustSucceed(), name);

    [Test]
    public void Shows_several_snapshots_as_one() =>
        Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, RecordedSnapshot.DocSearchAgain, "--top", "3").MustSucceed(), "ShowMerged");

    [Test]
    public void Shows_json() => Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--top", "2", "--json").MustSucceed(), "Show", "json");

    [Test]
    public void Shows_markdown() =>
        Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--top", "3", "--markdown").MustSucceed(), "Show", "md");

    /// <summary>
    /// The recorded snapshot, but with methods that are not measured by site, and with methods that are measured only to their first await.
    /// </summary>
    private static SnapshotDocument PartlyMeasured
    {
        get
        {
            const string file = "it uses a file type, which no other file can name";
            int i = 0;
            return s_snapshot with
            {
                Methods =
                [
                    .. s_snapshot.Methods.Select(m =>
                        m.Calls > 0 && m.Form == MethodForm.Pair && i++ < 2 ? Without(m, file)
                        : m.Form == MethodForm.Async
                            ? Without(m, "it awaits something dynamic") with
                            {
                                Allocated = m.Allocated with { Basis = BytesBasis.FirstSegment },
                            }
                        : m
                    ),
                ],
                Coverage =
                [
                    .. s_snapshot.Coverage,
                    new()
                    {
                        Name = "DocSearch.Program.<top-level|statements>",
                        File = "src/Program.cs",
                        Line = 1,
                        Reason = "top-level statements have no method to mark; let them call one",
                    },
                ],
            };

            static Method Without(Method m, string reason) =>
                m with
                {
                    Sites = null,
                    Control = null,
                    UnattributedBytes = null,
                    SiteScale = null,
                    WithoutSites = reason,
                };
        }
    }

    [TestCase("ShowCoverage", "txt")]
    [TestCase("ShowCoverage", "md", "--markdown")]
    [TestCase("ShowCoverage", "json", "--json")]
    public void Shows_what_is_not_measured_and_why(string name, string extension, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string file = Exports.MadeSnapshot.Write(folder, PartlyMeasured);
        Verified.Verify(ToolRun.Of(["show", file, "--coverage", .. options]).MustSucceed(), name, extension);
    }

    [Test]
    public void What_is_not_measured_is_filtered_cut_and_said_to_be_nothing()
    {
        using var folder = new TemporaryFolder();
        string file = Exports.MadeSnapshot.Write(folder, PartlyMeasured);
        Assert.That(
            ToolRun.Of("show", file, "--coverage", "--filter", "src/Program.cs").MustSucceed(),
            Does.Contain("top-level").And.Not.Contain("file type")
        );
        Assert.That(ToolRun.Of("show", file, "--coverage", "--top", "1").MustSucceed(), Does.Contain(" more: --top "));
        Assert.That(
            ToolRun.Of("show", file, "--coverage", "--filter", "Folding.LowerCase").MustSucceed(),
            Does.Contain("\nEvery hot method of these is measured, and by site")
        );
    }

    [Test]
    public void A_row_says_what_of_it_is_not_measured_and_a_line_below_why()
    {
        using var folder = new TemporaryFolder();
        string file = Exports.MadeSnapshot.Write(folder, PartlyMeasured);
        string shown = ToolRun.Of("show", file, "--top", "40").MustSucceed(),
            unfolded = shown.Replace("\n  ", " ", StringComparison.Ordinal);

        // The third one is a constructor. It is measured in place, and so never by site.
        Assert.That(Regex.Count(shown, "\\)( !)? s +[0-9]"), Is.EqualTo(3));
        Assert.That(
            Regex.Count(shown, "\\) ~ a +[0-9]"),
            Is.EqualTo(s_snapshot.Methods.Count(static m => m is { Form: MethodForm.Async, Calls: > 0 }))
        );
        Assert.That(unfolded, Does.Contain("\ns: not by site, 2 method(s): it uses a file type, which no other file can name.\n"));
        Assert.That(unfolded, Does.Match("\na: only to its first await, [0-9]+ method\\(s\\): it awaits something dynamic\\.\n"));
        Assert.That(unfolded, Does.Contain("\n2 hot method(s) are not measured: dotnet hotpath show --coverage says which, and why.\n"));
        Assert.That(
            ToolRun.Of("show", file, "--json", "--top", "40").MustSucceed(),
            Does.Contain("\"withoutSites\": \"it awaits something dynamic\"")
        );
    }

    [Test]
    public void Small_functions_have_a_row_only_when_asked_for()
    {
        var holder = s_snapshot.Methods.First(static m => m.Calls > 0);
        string id = holder.Id + "|lambda";
        long all = s_snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        using var folder = new TemporaryFolder();
        string file = Exports.MadeSnapshot.Write(
            folder,
            s_snapshot with
            {
                Methods = [.. s_snapshot.Methods, Function(1, 0, 0), Function(2, 0, 0), Function(3, all / 50, 0), Function(4, 0, 1)],
            }
        );

        string folded = ToolRun.Of("show", file, "--top", "90").MustSucceed();
        Assert.That(Rows(folded), Is.EqualTo(new[] { 3, 4 }));
        Assert.That(folded, Does.Match(" \\+2 +[0-9]").And.Contain("+n: n lambdas and local functions"));
        Assert.That(Rows(ToolRun.Of("show", file, "--top", "90", "--functions").MustSucceed()), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(Rows(ToolRun.Of("show", file, "--top", "90", "--json").MustSucceed()), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(Rows(ToolRun.Of("show", file, "--filter", "lambda:2").MustSucceed()), Is.EqualTo(new[] { 2 }));

        Method Function(int number, long bytes, long failures) =>
            holder with
            {
                Id = id + number,
                Name = "X.lambda:" + number,
                Form = MethodForm.Function,
                Calls = 7,
                Failures = failures,
                Time = holder.Time with { SelfNs = 0 },
                Allocated = holder.Allocated with { SelfBytes = bytes },
                Sites = null,
                Control = null,
                UnattributedBytes = null,
                SiteScale = null,
                Pooled = null,
            };

        static int[] Rows(string shown) =>
            [.. Regex.Matches(shown, "X\\.lambda:([0-9])").Select(static match => int.Parse(match.Groups[1].Value, null)).Distinct().Order()];
    }

    [Test]
    public void Help_and_completion_know_every_table()
    {
        Assert.That(
            ToolRun.Of("show", "--help").Output,
            Does.Contain("--coverage ").And.Contain("dotnet hotpath show app.hotpath.json --coverage\n")
        );
        Assert.That(ToolRun.Of("[suggest:8]", "show --c").MustSucceed(), Does.Contain("--coverage"));
    }

    [TestCaseSource(nameof(Orders))]
    public void Sorts_by_every_order(string order)
    {
        var shown = Methods("--sort", order, "--top", "1000");

        Assert.That(shown.Select(m => (string)m!["id"]!), Is.EquivalentTo(s_snapshot.Methods.Where(m => m.Calls > 0).Select(m => m.Id)));
        string? column = order switch
        {
            "self-bytes" => "selfBytes",
            "bytes" => "inclusiveBytes",
            "bytes-per-call" => "meanBytes",
            "self-time" => "selfNs",
            "time" => "inclusiveNs",
            "mean" => "meanNs",
            "p99" => "p99Ns",
            "max" => "maxNs",
            "name" => null,
            _ => order,
        };
        if (column is null)
        {
            Assert.That(shown.Select(m => (string)m!["name"]!), Is.Ordered.Using<string>(StringComparer.Ordinal));
        }
        else
        {
            Assert.That(shown.Select(m => (long)m![column]!), Is.Ordered.Descending);
        }
    }

    [TestCase("Folding", "Folding.cs", "LeanFolding.cs")]
    [TestCase("folding.CS", "Folding.cs", "LeanFolding.cs")]
    [TestCase("DocSearch.Best*Add", "Best.cs")]
    [TestCase("nothing")]
    public void Filters(string filter, params string[] files) =>
        Assert.That(Methods("--filter", filter, "--top", "1000").Select(m => (string)m!["file"]!).Distinct(), Is.EquivalentTo(files));

    [Test]
    public void A_tree_has_all_that_was_recorded_below_a_method()
    {
        foreach (var (place, method) in s_snapshot.Methods.Index().Where(m => m.Item.Calls > 0))
        {
            var tables = JsonNode.Parse(
                ToolRun.Of("show", RecordedSnapshot.DocSearch, "--tree", method.Id, "--json", "--top", "1000").MustSucceed()
            )!;
            JsonArray tree = (JsonArray)tables["tree"]!,
                callers = (JsonArray)tables["callers"]!;

            Assert.That((string)tree[0]!["methodId"]!, Is.EqualTo(method.Id));
            Assert.That(tree.Sum(node => (long)node!["selfBytes"]!), Is.EqualTo(SelfBytesBelow(place)), method.Id);
            Assert.That(callers.Sum(node => (long)node!["calls"]!), Is.EqualTo(method.Calls), method.Id);
        }
    }

    [Test]
    public void A_chain_as_deep_as_contexts_go_is_shown()
    {
        var deep = s_snapshot with
        {
            Contexts =
            [
                .. Enumerable
                    .Range(0, 4096)
                    .Select(i => s_snapshot.Contexts[0] with { Id = i, Parent = i == 0 ? null : i - 1, Method = i % s_snapshot.Methods.Length }),
            ],
        };
        using var folder = new TemporaryFolder();
        SnapshotFiles.Write(folder["deep.hotpath.json"], deep);

        string[] lines = ToolRun.Of("show", folder["deep.hotpath.json"], "--tree", "--top", "5000").MustSucceed().Split('\n');

        Assert.That(lines, Has.Length.GreaterThan(4096));
        Assert.That(lines.Select(line => line.Length), Has.All.LessThanOrEqualTo(80));
        Assert.That(lines, Has.Some.StartsWith("            4095: "));
    }

    [TestCase(80, "method calls mean p99 self B/call B self")]
    [TestCase(120, "method calls mean p95 p99 incl. self share B/call B p95 B total B self")]
    [TestCase(200, "method calls failed mean p50 p95 p99 max incl. self share B/call B p95 B total B self")]
    public void A_row_is_a_line_on_terminals_of_any_width(int width, string headings)
    {
        using var text = new StringWriter();
        var terminal = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.TrueColor,
                Out = new AnsiConsoleOutput(text),
            }
        );
        terminal.Profile.Width = width;
        var selection = new Selection("self-bytes", 50, "");
        new ShowReport(s_snapshot, [ShowReport.MethodsOf(s_snapshot, selection)]).Write(new(terminal));

        string output = text.ToString();
        string[] lines = Regex.Replace(output, "\u001B\\[[0-9;]*m", "").Split('\n');
        Assert.That(output, Does.Contain("\u001B["));
        Assert.That(lines.Select(line => line.Length), Has.All.LessThanOrEqualTo(width));
        int heading = Array.FindIndex(lines, line => line.StartsWith("method ", StringComparison.Ordinal));
        Assert.That(lines[(heading + 2)..].TakeWhile(line => line.Length > 0).Count(), Is.EqualTo(s_snapshot.Methods.Count(m => m.Calls > 0)));
        Assert.That(string.Join(' ', lines[heading].Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(headings));
    }

    [TestCase("--top", "0")]
    [TestCase("--top", "many")]
    [TestCase("--sort", "size")]
    [TestCase("--json", "--markdown")]
    [TestCase("--sites", "--pooled")]
    [TestCase("--coverage", "--advice")]
    [TestCase("--tree", "no such method")]
    public void What_cannot_be_shown_is_refused(params string[] options)
    {
        var run = ToolRun.Of(["show", RecordedSnapshot.DocSearch, .. options]);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Contain(options[^1]));
    }

    private static JsonArray Methods(params string[] options) =>
        (JsonArray)JsonNode.Parse(ToolRun.Of(["show", RecordedSnapshot.DocSearch, "--json", .. options]).MustSucceed())!["methods"]!;

    private static long SelfBytesBelow(int method)
    {
        bool[] isBelow = new bool[s_snapshot.Contexts.Length];
        foreach (var context in s_snapshot.Contexts)
        {
            isBelow[context.Id] = context.Method == method || (context.Parent is { } parent && isBelow[parent]);
        }

        return s_snapshot.Contexts.Where(context => isBelow[context.Id]).Sum(context => context.SelfBytes);
    }
}
