using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Comparison;

/// <summary>The runs of one build, method by method.</summary>
internal sealed class RunSet
{
    private readonly Dictionary<MethodKey, MethodRuns> _methods = [];
    private readonly SortedDictionary<string, OperationRuns> _operations = new(StringComparer.Ordinal);
    private readonly List<Run> _runs = [];
    private readonly KnownRuns _known = new();

    public IReadOnlyDictionary<MethodKey, MethodRuns> Methods => _methods;

    /// <summary>The operations by name.</summary>
    public IReadOnlyDictionary<string, OperationRuns> Operations => _operations;

    /// <summary>The number of snapshots. A merged snapshot counts as one run, whose figures are means over its runs.</summary>
    public int Count { get; private set; }

    /// <summary>The first file whose bytes are estimates; null if those of all are exact.</summary>
    public string? FirstEstimated => _runs.Find(run => run.IsEstimated)?.File;

    public bool HasTime => _runs.TrueForAll(run => run.HasTime);

    /// <summary>The conditions of the first file.</summary>
    public Conditions Conditions => _runs[0].Conditions;

    public string FirstFile => _runs[0].File;

    /// <summary>Reads one file after another. Little of each is kept.</summary>
    public static RunSet Read(string[] given) => Of(SnapshotFiles.Expand(given).Select(static file => (file, SnapshotReader.Read(file))));

    public static RunSet Of(IEnumerable<(string File, SnapshotDocument Document)> snapshots)
    {
        var set = new RunSet();
        foreach (var (file, document) in snapshots)
        {
            set.Add(file, document);
        }

        return set;
    }

    /// <summary>The runs whose conditions differ from those of the first.</summary>
    public IEnumerable<(string File, string Difference)> Differences =>
        from run in _runs
        let differences = _runs[0].Conditions.DifferencesTo(run.Conditions).ToArray()
        where differences.Length > 0
        select (run.File, string.Join("; ", differences));

    private void Add(string file, SnapshotDocument document)
    {
        _known.Add(file, document);
        Count++;
        foreach (var process in document.Runs ?? [document.Process])
        {
            _runs.Add(new(file, Conditions.Of(process), !process.Clock.IsNone, process.Detail is DetailLevel.Light));
        }

        foreach (var operation in document.Operations ?? [])
        {
            if (!_operations.TryGetValue(operation.Name, out var runs))
            {
                _operations[operation.Name] = runs = new();
            }

            runs.Add(operation, document.RunCount);
        }

        var margins = Margins.Of(document);
        foreach (var (i, method) in document.Methods.Index())
        {
            if (!_methods.TryGetValue(method.Key, out var runs))
            {
                _methods[method.Key] = runs = new(method);
            }

            runs.Add(method, document, margins[i]);
        }
    }

    private sealed record Run(string File, Conditions Conditions, bool HasTime, bool IsEstimated);
}
