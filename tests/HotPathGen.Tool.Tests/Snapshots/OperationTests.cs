using System.IO.Compression;
using System.Text.Json.Nodes;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Exports;

namespace HotPathGen.Tool.Tests.Snapshots;

/// <summary>Operations in reports and exports: their table, and what ran in one of them.</summary>
[TestFixture]
public sealed class OperationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotDocument _snapshot = MadeSnapshot.WithOperations;
    private string _file = "";

    [OneTimeSetUp]
    public void Write() => _file = MadeSnapshot.Write(_folder, _snapshot);

    public void Dispose() => _folder.Dispose();

    [Test]
    public void The_table_has_every_operation_and_the_largest_comes_first()
    {
        string shown = ToolRun.Of("show", _file, "--operations").MustSucceed();
        string[] names = [.. _snapshot.Operations!.OrderByDescending(static o => o.AllocatedBytes).Select(static o => o.Name)];

        Assert.That(shown.Split('\n').Select(static line => line.Split("  ")[0]).Where(names.Contains), Is.EqualTo(names));
        Assert.That(shown, Does.Contain(OperationTable.Remark[..40]));
        Assert.That(ToolRun.Of("show", _file).MustSucceed(), Does.Contain("GET /search"));
    }

    [Test]
    public void Json_and_csv_have_its_figures()
    {
        var row = JsonNode.Parse(ToolRun.Of("show", _file, "--operations", "--json").MustSucceed())!["operations"]!
            .AsArray()
            .Single(static row => (string)row!["name"]! == "import")!;
        string csv = ToolRun.Of("export", _file, "-f", "csv", "--operations").MustSucceed();
        var import = _snapshot.Operations![1];

        Assert.That((long)row["calls"]!, Is.EqualTo(100));
        Assert.That((long)row["failures"]!, Is.EqualTo(3));
        Assert.That((long)row["allocatedBytes"]!, Is.EqualTo(import.AllocatedBytes));
        Assert.That((long)row["meanBytes"]!, Is.EqualTo(import.AllocatedBytes / 100));
        Assert.That((long)row["p99Bytes"]!, Is.EqualTo(Histogram.MidpointOf(100)));
        Assert.That((long)row["p50WallNs"]!, Is.EqualTo(Histogram.MidpointOf(80)));
        Assert.That(csv, Does.Contain("\nimport,100,1,3,"));
    }

    [Test]
    public void Methods_of_an_operation_have_the_figures_of_its_contexts()
    {
        var rows = JsonNode.Parse(ToolRun.Of("show", _file, "--operation", "import", "--top", "1000", "--json").MustSucceed())!["methods"]!.AsArray();
        int?[] operations = _snapshot.OperationsOfContexts;
        ContextNode[] own = [.. _snapshot.Contexts.Where(context => operations[context.Id] == 1)];

        Assert.That(own, Is.Not.Empty);
        foreach (var method in own.GroupBy(context => _snapshot.Methods[context.Method!.Value].Id))
        {
            var row = rows.Single(row => (string)row!["id"]! == method.Key)!;
            Assert.That((long)row["calls"]!, Is.EqualTo(method.Sum(static c => c.Calls)), method.Key);
            Assert.That((long)row["selfBytes"]!, Is.EqualTo(method.Sum(static c => c.SelfBytes)), method.Key);
            Assert.That((long)row["selfNs"]!, Is.EqualTo(method.Sum(static c => c.SelfNs)), method.Key);
            Assert.That(row["p99Ns"], Is.Null, "not known by operation");
            Assert.That(row["failures"], Is.Null, "not known by operation");
        }

        Assert.That(rows, Has.Count.EqualTo(own.Select(static c => c.Method).Distinct().Count()));
    }

    [Test]
    public void The_operations_and_the_rest_add_up_to_all()
    {
        long inOperations = _snapshot.Operations!.Sum(o => OperationFilter.Of(_snapshot, o.Name).Contexts.Sum(static c => c.SelfBytes));
        int?[] operations = _snapshot.OperationsOfContexts;
        long rest = _snapshot.Contexts.Where(c => operations[c.Id] is null).Sum(static c => c.SelfBytes);

        Assert.That(inOperations, Is.EqualTo(_snapshot.Operations!.Sum(static o => o.AllocatedBytes)));
        Assert.That(inOperations + rest, Is.EqualTo(_snapshot.Contexts.Sum(static c => c.SelfBytes)));
    }

    [Test]
    public void Folded_stacks_and_the_tree_are_of_the_operation_alone()
    {
        long weights = ToolRun
            .Of("export", _file, "-f", "folded", "--by", "bytes", "--operation", "GET /search")
            .MustSucceed()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Sum(static line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var tree = JsonNode.Parse(ToolRun.Of("show", _file, "--operation", "GET /search", "--tree", "--top", "1000", "--json").MustSucceed())![
            "tree"
        ]!;

        Assert.That(weights, Is.EqualTo(_snapshot.Operations![0].AllocatedBytes));
        Assert.That(tree.AsArray().Sum(static row => (long)row!["selfBytes"]!), Is.EqualTo(_snapshot.Operations![0].AllocatedBytes));
    }

    [Test]
    public void Samples_of_pprof_have_a_label_with_the_operation()
    {
        string file = _folder["profile.pb.gz"];
        ToolRun.Of("export", _file, "-f", "pprof", "-o", file).MustSucceed();
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var profile = Profile.Parser.ParseFrom(stream);
        var bytes = profile
            .Sample.Select(sample =>
                (
                    Operation: sample
                        .Label.Where(label => profile.StringTable[(int)label.Key] == "operation")
                        .Select(label => profile.StringTable[(int)label.Str])
                        .SingleOrDefault(""),
                    Bytes: sample.Value[2]
                )
            )
            .ToLookup(static sample => sample.Operation, static sample => sample.Bytes);

        foreach (var operation in _snapshot.Operations!)
        {
            Assert.That(bytes[operation.Name].Sum(), Is.EqualTo(operation.AllocatedBytes), operation.Name);
        }

        Assert.That(bytes[""].Sum(), Is.GreaterThan(0));
    }

    [Test]
    public void Merged_snapshots_sum_operations_by_name()
    {
        var renamed = _snapshot with
        {
            Process = _snapshot.Process with { Start = "2026-06-01T00:00:00.0000000Z" },
            Operations = [_snapshot.Operations![0] with { Name = "another" }, _snapshot.Operations![1]],
        };
        var merge = new SnapshotMerge();
        merge.Add("first", _snapshot);
        merge.Add("second", renamed);
        var merged = merge.ToDocument();

        Assert.That(merged.Operations!.Select(static o => o.Name), Is.EqualTo(["GET /search", "another", "import"]));
        Assert.That(merged.Operations!.Select(static o => o.Calls), Is.EqualTo([100, 100, 200]));
        foreach (var operation in merged.Operations!)
        {
            Assert.That(OperationFilter.Of(merged, operation.Name).Contexts.Sum(static c => c.SelfBytes), Is.EqualTo(operation.AllocatedBytes));
        }

        SnapshotValidation.Check("merged", merged);
    }

    [Test]
    public void A_comparison_has_the_bytes_of_each_operation()
    {
        string before = MadeSnapshot.Write(_folder, _snapshot, "before.hotpath.json");
        string after = MadeSnapshot.Write(
            _folder,
            _snapshot with
            {
                Process = _snapshot.Process with { Start = "2026-06-01T00:00:00.0000000Z" },
                Operations =
                [
                    _snapshot.Operations![0] with
                    {
                        AllocatedBytes = 2 * _snapshot.Operations![0].AllocatedBytes,
                    },
                    _snapshot.Operations![1],
                ],
            },
            "after.hotpath.json"
        );
        string[] lines = ToolRun.Of("diff", before, "--to", after).MustSucceed().Split('\n');

        Assert.That(lines.Single(static line => line.Contains("GET /search", StringComparison.Ordinal)), Does.Contain("+100.0 %"));
        Assert.That(lines.Single(static line => line.StartsWith("import", StringComparison.Ordinal)), Does.Contain("~"));
    }

    [TestCase("imp", null)]
    [TestCase("delete", "no operation has this in its name")]
    [TestCase("r", "2 operations have this in their names: GET /search, import")]
    public void An_operation_is_found_by_a_part_of_its_name(string name, string? problem)
    {
        var run = ToolRun.Of("show", _file, "--operation", name);
        if (problem is null)
        {
            Assert.That(run.MustSucceed(), Does.Contain("Only what ran in the operation import"));
        }
        else
        {
            Assert.That(run.MustFail(2), Does.Contain(problem));
        }
    }

    [Test]
    public void A_snapshot_without_operations_says_how_to_get_them()
    {
        string file = MadeSnapshot.Write(_folder, MadeSnapshot.Recorded, "none.hotpath.json");

        Assert.That(ToolRun.Of("show", file, "--operation", "import").MustFail(2), Does.Contain("HotPath.Operation"));
        Assert.That(ToolRun.Of("show", file, "--operations").MustSucceed(), Does.Contain("No hot code ran in an operation"));
    }

    [Test]
    public void Damaged_operations_are_refused()
    {
        var twice = _snapshot with { Operations = [_snapshot.Operations![0], _snapshot.Operations![0]] };
        var missing = _snapshot with { Operations = [_snapshot.Operations![0]] };
        var nested = _snapshot with { Contexts = [.. _snapshot.Contexts.Select(static c => c.Parent is null ? c : c with { Operation = 0 })] };

        Assert.That(() => SnapshotValidation.Check("f", twice), Throws.TypeOf<InputException>().With.Message.Contains("is there twice"));
        Assert.That(() => SnapshotValidation.Check("f", missing), Throws.TypeOf<InputException>().With.Message.Contains("there is no operations[1]"));
        Assert.That(() => SnapshotValidation.Check("f", nested), Throws.TypeOf<InputException>().With.Message.Contains("without a parent"));
    }
}
