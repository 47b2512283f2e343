using System.Globalization;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>Go's pprof reads the profile, and shows the snapshot's numbers.</summary>
[TestFixture]
public sealed class PprofTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotDocument _snapshot = MadeSnapshot.Recorded;
    private string _go = "",
        _profile = "";

    [OneTimeSetUp]
    public void SetUp()
    {
        _go = InstalledTool.Require("go", "golang-go");
        _profile = Export(_snapshot, "profile.pb.gz");
    }

    public void Dispose() => _folder.Dispose();

    [TestCase("calls", "count")]
    [TestCase("time", "ns")]
    [TestCase("alloc_space", "B")]
    public void Top_shows_each_method_exactly(string type, string unit)
    {
        var shown = Rows(Pprof("-top", $"-sample_index={type}", $"-unit={unit}", _profile));
        Func<ContextNode, long> own = type switch
        {
            "calls" => static c => c.Calls,
            "time" => static c => c.SelfNs,
            _ => static c => c.SelfBytes,
        };
        Assert.That(shown, Is.EquivalentTo(Expected(own)));
    }

    [Test]
    public void Bytes_and_calls_are_those_of_the_methods_rows()
    {
        var bytes = Rows(Pprof("-top", "-sample_index=alloc_space", "-unit=B", _profile))
            .ToDictionary(static row => row.Name, static row => row.Flat);
        var calls = Rows(Pprof("-top", "-sample_index=calls", "-unit=count", _profile)).ToDictionary(static row => row.Name, static row => row.Flat);
        foreach (var method in _snapshot.Methods.Where(static m => m.Calls > 0))
        {
            Assert.That(
                (bytes.GetValueOrDefault(method.Name), calls.GetValueOrDefault(method.Name)),
                Is.EqualTo((method.Allocated.SelfBytes, method.Calls)),
                method.Name
            );
        }
    }

    [Test]
    public void Bytes_are_on_the_lines_of_their_sites()
    {
        string output = Pprof("-top", "-lines", "-sample_index=alloc_space", "-unit=B", _profile);
        // The bytes of sites are those of calls that probed. The bytes of the profile are those of all calls.
        var hottest = _snapshot
            .Methods.Where(static m => m.Control is { Probing.SelfBytes: > 0 })
            .SelectMany(static m =>
                m.Sites!.GroupBy(static s => s.Line)
                    .Select(line =>
                        (Method: m, line.Key, Bytes: (double)line.Sum(static s => s.Bytes) / m.Control!.Probing.SelfBytes * m.Allocated.SelfBytes)
                    )
            )
            .OrderByDescending(static line => line.Bytes)
            .Take(20);
        foreach (var (method, line, bytes) in hottest)
        {
            var row = Regex.Match(output, $@"^\s*(\d+)B.*\s{Regex.Escape(method.Name)} {Regex.Escape(method.File)}:{line}$", RegexOptions.Multiline);
            Assert.That(row.Success, $"{method.Name} {method.File}:{line}\n{output}");
            Assert.That(
                double.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture),
                Is.EqualTo(bytes).Within(_snapshot.Contexts.Length),
                row.Value
            );
        }
    }

    [Test]
    public void Tree_shows_who_called_whom()
    {
        var shown = new List<(string Caller, string Callee, long Calls)>();
        foreach (string block in Pprof("-tree", "-sample_index=calls", "-unit=count", _profile).Split("+-------------"))
        {
            string? caller = null;
            foreach (Match line in Regex.Matches(block, @"^ *(\d+) .*\| ( *)(\S.*?)\s*$", RegexOptions.Multiline))
            {
                // First come the callers, then the method itself without an indent, then the callees.
                if (line.Groups[2].Length == 0)
                {
                    caller = line.Groups[3].Value;
                }
                else if (caller is not null)
                {
                    shown.Add((caller, line.Groups[3].Value, long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture)));
                }
            }
        }
        // The weight of an edge is what was recorded below it.
        Dictionary<(string, string), long> expected = [];
        foreach (var context in _snapshot.Contexts)
        {
            string[] path = [.. PathTo(context)];
            foreach (var edge in path.Skip(1).Zip(path).Distinct())
            {
                expected[edge] = expected.GetValueOrDefault(edge) + context.Calls;
            }
        }
        Assert.That(
            shown,
            Is.EquivalentTo(expected.Where(static edge => edge.Value > 0).Select(static edge => (edge.Key.Item1, edge.Key.Item2, edge.Value)))
        );
    }

    [Test]
    public void Differences_are_those_of_the_snapshots()
    {
        var changed = _snapshot with { Contexts = [.. _snapshot.Contexts.Select(static c => c with { SelfBytes = c.SelfBytes + 1_000 * c.Id })] };
        string newer = Export(changed, "newer.pb.gz");
        var shown = Rows(Pprof("-top", "-sample_index=alloc_space", "-unit=B", $"-diff_base={_profile}", newer))
            .Where(static row => row.Flat != 0)
            .Select(static row => (row.Name, row.Flat));
        var expected = _snapshot
            .Contexts.GroupBy(NameOf)
            .Select(static group => (group.Key, group.Sum(static c => 1_000L * c.Id)))
            .Where(static d => d.Item2 != 0);
        Assert.That(shown, Is.EquivalentTo(expected));
        Assert.That(Pprof("-top", "-sample_index=alloc_space", $"-diff_base={_profile}", _profile), Does.Contain("accounting for 0, 0%"));
    }

    [Test]
    public void Graph_is_drawn()
    {
        InstalledTool.Require("dot", "graphviz");
        string graph = Pprof("-svg", "-sample_index=alloc_space", _profile);
        Assert.That(graph, Does.Contain("<svg").And.Contain("DocSearch"));
    }

    [Test]
    public void What_objects_are_is_said() =>
        Assert.That(Pprof("-comments", _profile), Does.Contain("alloc_objects: only of sites that make one object a hit"));

    [Test]
    public void Kinds_of_sites_are_labels()
    {
        string tags = Pprof("-tags", "-sample_index=alloc_space", "-unit=B", _profile);
        Assert.That(tags, Does.Match(@"\d+(\.\d+)?B \( ?\d.*\): growth"));
    }

    private IEnumerable<(string Name, long Flat, long Cum)> Expected(Func<ContextNode, long> own)
    {
        Dictionary<string, (long Flat, long Cum)> sums = [];
        foreach (var context in _snapshot.Contexts)
        {
            foreach (string name in PathTo(context).Distinct())
            {
                var (flat, cum) = sums.GetValueOrDefault(name);
                sums[name] = (flat + (name == NameOf(context) ? own(context) : 0), cum + own(context));
            }
        }
        return sums.Select(static sum => (sum.Key, sum.Value.Flat, sum.Value.Cum)).Where(static row => row.Cum != 0);
    }

    private string NameOf(ContextNode context) => _snapshot.Methods[context.Method!.Value].Name;

    // Innermost first.
    private IEnumerable<string> PathTo(ContextNode context)
    {
        for (var at = context; at is not null; at = at.Parent is { } parent ? _snapshot.Contexts[parent] : null)
        {
            yield return NameOf(at);
        }
    }

    private static IEnumerable<(string Name, long Flat, long Cum)> Rows(string top)
    {
        foreach (Match row in Regex.Matches(top, @"^\s*(-?\d+)[a-zA-Z]*\s+\S+%\s+\S+%\s+(-?\d+)[a-zA-Z]*\s+\S+%\s+(.+?)\s*$", RegexOptions.Multiline))
        {
            yield return (
                row.Groups[3].Value,
                long.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture),
                long.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture)
            );
        }
    }

    private string Export(SnapshotDocument snapshot, string name)
    {
        ToolRun.Of("export", MadeSnapshot.Write(_folder, snapshot), "-f", "pprof", "-o", _folder[name]).MustSucceed();
        return _folder[name];
    }

    private string Pprof(params string[] arguments) =>
        InstalledTool.Run(_go, _folder.ToString(), ["tool", "pprof", "-nodecount=0", "-nodefraction=0", "-edgefraction=0", .. arguments]);
}
