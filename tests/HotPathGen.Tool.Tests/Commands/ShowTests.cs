using System.Text.Json.Nodes;
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
    public void Shows_tables(string name, params string[] options) => Verified.Verify(ToolRun.Of(["show", RecordedSnapshot.DocSearch, .. options]).MustSucceed(), name);

    [Test]
    public void Shows_several_snapshots_as_one() => Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, RecordedSnapshot.DocSearchAgain, "--top", "3").MustSucceed(), "ShowMerged");

    [Test]
    public void Shows_json() => Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--top", "2", "--json").MustSucceed(), "Show", "json");

    [Test]
    public void Shows_markdown() => Verified.Verify(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--top", "3", "--markdown").MustSucceed(), "Show", "md");

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
            Assert.That(shown.Select(m => (string)m!["name"]!), Is.Ordered.Using<string>(StringComparer.Ordinal));
        else
            Assert.That(shown.Select(m => (long)m![column]!), Is.Ordered.Descending);
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
            var tables = JsonNode.Parse(ToolRun.Of("show", RecordedSnapshot.DocSearch, "--tree", method.Id, "--json", "--top", "1000").MustSucceed())!;
            JsonArray tree = (JsonArray)tables["tree"]!, callers = (JsonArray)tables["callers"]!;

            Assert.That((string)tree[0]!["methodId"]!, Is.EqualTo(method.Id));
            Assert.That(tree.Sum(node => (long)node!["selfBytes"]!), Is.EqualTo(SelfBytesBelow(place)), method.Id);
            Assert.That(callers.Sum(node => (long)node!["calls"]!), Is.EqualTo(method.Calls), method.Id);
        }
    }

    [Test]
    public void A_chain_as_deep_as_contexts_go_is_shown()
    {
        var deep = s_snapshot with { Contexts = [.. Enumerable.Range(0, 4096).Select(i => s_snapshot.Contexts[0] with { Id = i, Parent = i == 0 ? null : i - 1, Method = i % s_snapshot.Methods.Length })] };
        using var folder = new TemporaryFolder();
        SnapshotWriter.Write(folder["deep.hotpath.json"], deep);

        string[] lines = ToolRun.Of("show", folder["deep.hotpath.json"], "--tree", "--top", "5000").MustSucceed().Split('\n');

        Assert.That(lines, Has.Length.GreaterThan(4096));
        Assert.That(lines.Select(line => line.Length), Has.All.LessThanOrEqualTo(80));
        Assert.That(lines, Has.Some.StartsWith("            4095: "));
    }

    [TestCase(80, "method calls mean p99 self B/call")]
    [TestCase(120, "method calls mean p95 p99 incl. self B/call B total B self")]
    [TestCase(200, "method calls failed mean p50 p95 p99 max incl. self share B/call B p95 B total B self")]
    public void A_row_is_a_line_on_terminals_of_any_width(int width, string headings)
    {
        using var text = new StringWriter();
        var terminal = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Out = new AnsiConsoleOutput(text) });
        terminal.Profile.Width = width;
        var selection = new Selection("self-bytes", 50, "");
        new ShowReport(s_snapshot, [MethodTable.Of(s_snapshot, selection)]).Write(new(terminal));

        string output = text.ToString();
        string[] lines = System.Text.RegularExpressions.Regex.Replace(output, "\u001B\\[[0-9;]*m", "").Split('\n');
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
            isBelow[context.Id] = context.Method == method || (context.Parent is { } parent && isBelow[parent]);
        return s_snapshot.Contexts.Where(context => isBelow[context.Id]).Sum(context => context.SelfBytes);
    }
}
