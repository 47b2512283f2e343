using System.Globalization;

namespace HotPathGen.Tool.Snapshots;

/// <summary>
/// Merges several snapshots of one build: of runs, hosts or processes. Only one snapshot is in memory at a time, together with the sums, which
/// grow with each new method and context. Sums and histograms are added up; means and percentiles are computed from the merged ones.
/// </summary>
internal sealed class SnapshotMerge
{
    /// <summary>The most calls that a merged snapshot keeps: the newest.</summary>
    private const int MostKept = 1_024;

    private readonly Dictionary<MethodKey, int> _places = [];
    private readonly List<MethodSums> _methods = [];
    private readonly Dictionary<string, int> _operationPlaces = new(StringComparer.Ordinal);
    private readonly List<OperationSums> _operations = [];
    private readonly ContextTree _contexts = new();
    private readonly List<MeasuredProcess> _runs = [];
    private readonly KnownRuns _known = new();
    private readonly Dictionary<(string File, string Name, int Nth), (UnmeasuredMethod Method, string Start)> _coverage = [];
    private readonly List<KeptCall> _kept = [];
    private readonly List<string> _notes = [];
    private bool _keepsCalls;
    private HistogramRule? _histogram;

    public void Add(string file, SnapshotDocument document)
    {
        _histogram ??= document.Histogram;
        _known.Add(file, document);
        _runs.AddRange(document.Runs ?? [document.Process]);
        try
        {
            string start = document.NewestStart;
            int[] places = new int[document.Methods.Length];
            var sums = CallSums.Of(document);
            for (int i = 0; i < places.Length; i++)
            {
                places[i] = Add(file, start, document, document.Methods[i], sums[i]);
            }

            _contexts.Add(document.Contexts, places, [.. (document.Operations ?? []).Select(Add)]);
            AddKept(document, places);
        }
        catch (OverflowException)
        {
            throw new InputException(
                file,
                "",
                $"its figures and those of the snapshots before it come to more than {long.MaxValue}",
                "Merge fewer snapshots at once."
            );
        }
        AddCoverage(document);
        foreach (string note in document.Notes)
        {
            AddNote(note);
        }
    }

    public SnapshotDocument ToDocument()
    {
        double frameNs = _runs.Where(static run => !run.Clock.IsNone).Select(static run => run.Probe.FrameNs).DefaultIfEmpty(0).Max();
        int[] order = [.. Enumerable.Range(0, _methods.Count).OrderBy(i => _methods[i].Key)];
        int[] sortedPlaces = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            sortedPlaces[order[i]] = i;
        }

        var lowest = _runs.Min(static run => run.Detail ?? DetailLevel.Full);
        int[] operations = [.. Enumerable.Range(0, _operations.Count).OrderBy(i => _operations[i].Name, StringComparer.Ordinal)];
        int[] sortedOperations = new int[operations.Length];
        for (int i = 0; i < operations.Length; i++)
        {
            sortedOperations[operations[i]] = i;
        }

        Method[] methods = [.. order.Select(i => _methods[i].ToMethod(frameNs, hasEstimatedBytes: lowest == DetailLevel.Light))];
        return new()
        {
            Schema = SnapshotDocument.SchemaName,
            // Snapshots of earlier versions, which recorded every call, have no level.
            Process = _runs[0] with { Detail = lowest == DetailLevel.Full ? _runs[0].Detail : lowest },
            Runs = [.. _runs],
            Histogram = _histogram!,
            Methods = methods,
            Contexts = _contexts.ToContexts(sortedPlaces, sortedOperations),
            Operations = operations.Length == 0 ? null : [.. operations.Select(i => _operations[i].ToOperation())],
            Coverage =
            [
                .. _coverage
                    .Values.Select(static known => known.Method)
                    .OrderBy(static p => p.File, StringComparer.Ordinal)
                    .ThenBy(static p => p.Line)
                    .ThenBy(static p => p.Name, StringComparer.Ordinal),
            ],
            KeptCalls = _keepsCalls
                ?
                [
                    .. _kept
                        .OrderByDescending(static call => call.At, StringComparer.Ordinal)
                        .Take(MostKept)
                        .Select(call => Placed(call, sortedPlaces)),
                ]
                : null,
            Notes = [.. NotesOf(methods)],
        };
    }

    private void AddKept(SnapshotDocument document, int[] places)
    {
        _keepsCalls |= document.KeptCalls is not null;
        _kept.AddRange((document.KeptCalls ?? []).Select(call => Placed(call, places)));
    }

    private static KeptCall Placed(KeptCall call, int[] places) =>
        call with
        {
            Method = places[call.Method],
            Frames = [.. call.Frames.Select(frame => frame with { Method = places[frame.Method] })],
            Sites = [.. call.Sites.Select(site => site with { Method = places[site.Method] })],
        };

    // An edit elsewhere moves lines. So a method that is not measured is identified by its name. Where several in a file have the same name, as
    // lambdas do, their order counts too.
    private void AddCoverage(SnapshotDocument document)
    {
        string start = document.NewestStart;
        foreach (var same in document.Coverage.GroupBy(static plain => (plain.File, plain.Name)))
        {
            foreach (var (nth, plain) in same.Index())
            {
                var key = (plain.File, plain.Name, nth);
                if (!_coverage.TryGetValue(key, out var known) || string.CompareOrdinal(start, known.Start) > 0)
                {
                    _coverage[key] = (plain, start);
                }
            }
        }
    }

    private int Add(string file, string start, SnapshotDocument document, Method method, CallSums calls)
    {
        if (!_places.TryGetValue(method.Key, out int place))
        {
            _places[method.Key] = place = _methods.Count;
            _methods.Add(new(file, method));
        }
        _methods[place].Add(file, start, document, method, calls);
        return place;
    }

    private int Add(Operation operation)
    {
        if (!_operationPlaces.TryGetValue(operation.Name, out int place))
        {
            _operationPlaces[operation.Name] = place = _operations.Count;
            _operations.Add(new(operation.Name));
        }
        _operations[place].Add(operation);
        return place;
    }

    private void AddNote(string note)
    {
        int same = _notes.FindIndex(known =>
            known == note
            || (
                note.EndsWith(Notes.BeyondContextBound, StringComparison.Ordinal)
                && known.EndsWith(Notes.BeyondContextBound, StringComparison.Ordinal)
            )
        );
        if (same < 0)
        {
            _notes.Add(note);
        }
        else if (note.EndsWith(Notes.BeyondContextBound, StringComparison.Ordinal))
        {
            _notes[same] = string.Create(
                CultureInfo.InvariantCulture,
                $"{LeadingNumber(_notes[same]) + LeadingNumber(note)}{note.AsSpan(note.IndexOf(' '))}"
            );
        }
    }

    private IEnumerable<string> NotesOf(Method[] methods)
    {
        bool isCounted = false;
        foreach (string note in _notes)
        {
            // The note on estimated bytes says the same of time.
            if (note == Notes.EstimatedTime && _notes.Contains(Notes.EstimatedBytes))
            {
                continue;
            }

            if (!note.EndsWith(Notes.MayHoldTier0, StringComparison.Ordinal))
            {
                yield return note;
            }
            else if (!isCounted && (isCounted = true))
            {
                yield return methods.Count(static m => m.MayHoldTier0).ToString(CultureInfo.InvariantCulture) + Notes.MayHoldTier0;
            }
        }
    }

    private static long LeadingNumber(string note) =>
        long.TryParse(note.AsSpan(0, Math.Max(0, note.IndexOf(' '))), CultureInfo.InvariantCulture, out long number) ? number : 0;
}
