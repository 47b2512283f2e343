using System.Runtime.InteropServices;
using System.Text;
using HotPathGen.Runtime.Live;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>
/// The part of the process's recording that the primary copy owns: the registered methods, the records of all threads that ever recorded, and the
/// time at which the recording began. Frames never take its locks. A thread takes one of them once, before its first frame.
/// </summary>
internal sealed unsafe class ProcessRecording
{
    private readonly Lock _lock = new();
    private readonly Settings _settings;
    private readonly SharedCells* _cells;
    private readonly Lock _recordsLock = new();
    private readonly List<(Thread Owner, nint Record)> _records = [];
    private readonly List<(MethodRegistration Registration, int First)> _registrations = [];
    private readonly List<RegisteredMethod> _methods = [];
    private readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);
    private readonly TickRatio _ratio;
    private readonly Operations _operations;
    private readonly Dictionary<nint, RecordingSums.Mark> _marks = [];
    private long _ownBytesBefore;
    private MeasuredSpan _span;

    private ProcessRecording(Settings settings)
    {
        _settings = settings;
        _cells = (SharedCells*)NativeMemory.AlignedAlloc(((nuint)sizeof(SharedCells) + 63) & ~(nuint)63, 64);
        (*_cells, _ratio) = TickRatio.Choose(settings.Clock);
        _cells->Generation = _cells->Epoch;
        _cells->Detail = settings.Detail;
        _cells->Overhead = (settings.OverheadPercent ?? (settings.Detail == RecordingDetail.Light ? 2 : 10)) / 100;
        _cells->MayHaveOperations = settings.Operations > 0;
        _operations = new(_cells, settings.Operations);
        _cells->Flight = new()
        {
            SlowTicks = settings.SlowNs is { } ns ? Math.Max(1, (long)(ns / _ratio.NsPerTick())) : 0,
            SlowShare = settings.SlowShare ?? 0,
            LargeBytes = settings.LargeBytes ?? 0,
        };
        _span = MeasuredSpan.FromNow();
        if (settings.WarmupMs > 0)
        {
            _ = Task.Delay(settings.WarmupMs).ContinueWith(_ => Reset(), TaskScheduler.Default);
        }
    }

    /// <summary>How much is recorded. Every thread follows from its next call on.</summary>
    public RecordingDetail Detail
    {
        get => _cells->Detail;
        set
        {
            _cells->Detail = value;
            Interlocked.Increment(ref _cells->Generation);
        }
    }

    /// <summary>The share of a method's own time that recorded calls may cost. Each context follows when its next call to record is drawn.</summary>
    public double Overhead
    {
        get => _cells->Overhead;
        set => _cells->Overhead = value;
    }

    public static (ProcessRecording Recording, SharedRecording.Link Link) Found(Settings settings)
    {
        foreach (string problem in settings.Problems)
        {
            StandardError.Say(problem);
        }

        var recording = new ProcessRecording(settings);
        long start = GC.GetAllocatedBytesForCurrentThread();
        EndOfProcess.Attach(settings, recording.Read);
        // The event would keep a copy loaded that may be unloaded.
        if (settings.Operations > 0 && !LastingCopy.IsNeeded)
        {
            new ActivityWatch(recording._operations).Start();
        }

        // The base library would keep the callbacks of a meter, and so a copy that may be unloaded.
        if (settings.MetricsBound > 0 && !LastingCopy.IsNeeded)
        {
            HotPathMeter.StartLater(
                settings.MetricsBound,
                () => recording.Read(isWhole: false),
                () => (int)recording._cells->Detail,
                () => Volatile.Read(ref recording._cells->Epoch)
            );
        }

        OwnBytes.AddSince(ref start);
        return (
            recording,
            new(
                (nint)recording._cells,
                lines => recording.Register(MethodRegistration.Parse(lines)),
                recording.RegisterBlock,
                recording.RecordOfThisThread,
                () => Encoding.UTF8.GetString(SnapshotWriter.Write(recording.Read())),
                recording.Reset,
                path => SnapshotFile.Write(path, SnapshotWriter.Write(recording.Read())),
                () => (nint)recording._operations.Enter(),
                call => recording._operations.IsInOther((OperationCall*)call),
                call => recording._operations.Complete((OperationCall*)call),
                recording._operations.Begin,
                recording._operations.End
            )
        );
    }

    private int Register(MethodRegistration registration)
    {
        lock (_lock)
        {
            foreach (var (known, index) in _registrations)
            {
                if (known.IsSameAs(registration))
                {
                    return index;
                }
            }
            int first = _methods.Count;
            _registrations.Add((registration, first));
            foreach (var method in registration.Methods)
            {
                _methods.Add(
                    new(
                        registration.Assembly,
                        method,
                        method.MaxBytesPerCall < 0
                            ? 0
                            : (nint)MethodBudget.Create(method.MaxBytesPerCall, method.Sites.Count(static letter => letter == '\n') + 1)
                    )
                );
            }

            PublishBudgets();
            PublishCount();
            return first;
        }
    }

    // A thread may still read the old table, with the old count. So the old table is not freed.
    private void PublishBudgets()
    {
        if (_methods.TrueForAll(static method => method.Budget == 0))
        {
            return;
        }

        var table = (MethodBudget**)NativeMemory.AllocZeroed((nuint)_methods.Count, (nuint)sizeof(MethodBudget*));
        for (int i = 0; i < _methods.Count; i++)
        {
            table[i] = (MethodBudget*)_methods[i].Budget;
        }

        _cells->Budgets = table;
        Volatile.Write(ref _cells->BudgetCount, _methods.Count);
    }

    // Every thread that calls one of the methods sees that the generation is another one, and makes room.
    private void PublishCount()
    {
        _cells->MethodCount = _methods.Count;
        Interlocked.Increment(ref _cells->Generation);
    }

    private int RegisterBlock(string name)
    {
        lock (_lock)
        {
            // Unpaired surrogates cannot be written to a file. Two names that differ only in them would become the same name there.
            name = HasHalfLetters(name) ? VisibleText.Of(name) : name;
            if (!_blocks.TryGetValue(name, out int index))
            {
                _blocks[name] = index = _methods.Count;
                _methods.Add(new("", new($"B:{name}", name, "", 0, Words.Of(MethodForm.Block))));
                PublishCount();
            }
            return index;
        }
    }

    private static bool HasHalfLetters(string name)
    {
        for (int i = 0; i < name.Length; i += char.IsSurrogate(name[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(name[i]) && (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1])))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Returns the record of this thread. The record of an ended thread is used again, so there are never more records than threads that lived at
    /// one time.
    /// </summary>
    private nint RecordOfThisThread()
    {
        lock (_recordsLock)
        {
            int ended = _records.FindIndex(static r => !r.Owner.IsAlive);
            if (ended >= 0)
            {
                var record = (ThreadRecord*)_records[ended].Record;
                record->Adopt();
                _records[ended] = (Thread.CurrentThread, (nint)record);
            }
            else
            {
                _records.Add((Thread.CurrentThread, (nint)ThreadRecord.Create(_cells)));
                ended = _records.Count - 1;
            }
            return _records[ended].Record;
        }
    }

    /// <summary>All records. Their threads continue to write them.</summary>
    private nint[] Records
    {
        get
        {
            lock (_recordsLock)
            {
                return [.. _records.Select(static r => r.Record)];
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            foreach (nint record in Records)
            {
                _marks[record] = RecordingSums.Mark.Of((ThreadRecord*)record);
            }

            // Read before the epoch ends: what is allocated in between counts for the process and for no method, and so no share is too large.
            _ownBytesBefore = OwnBytes.Total;
            _span = MeasuredSpan.FromNow();
            _operations.Reset(() => Interlocked.Increment(ref _cells->Epoch));
            Interlocked.Increment(ref _cells->Generation);
            foreach (var method in _methods.Where(static method => method.Budget != 0))
            {
                MethodBudget.Forget((MethodBudget*)method.Budget);
            }
        }
    }

    // The newest calls come first.
    private KeptCall[] KeptCalls(int[] places)
    {
        var calls = new List<FlightCall>();
        foreach (nint record in Records)
        {
            var flight = ((ThreadRecord*)record)->Flight;
            if (flight != null)
            {
                flight->CopyTo(calls, _cells->Epoch);
            }
        }

        var reader = new KeptCallReader(_methods, places, [.. _operations.Read().Select(static read => read.Figures.Name)], _ratio.NsPerTick());
        return [.. calls.OrderByDescending(static call => call.StartTicks).Select(call => reader.Read(call)).OfType<KeptCall>()];
    }

    public SnapshotDocument Read() => Read(isWhole: true);

    /// <summary>Reads the recording.</summary>
    /// <param name="isWhole">
    /// Whether histograms are read and what the process allocated, for which all threads are suspended. The meter reports neither.
    /// </param>
    private SnapshotDocument Read(bool isWhole)
    {
        lock (_lock)
        {
            if (isWhole)
            {
                Quarantine.Inspect();
            }

            long start = GC.GetAllocatedBytesForCurrentThread();
            var builder = new SnapshotBuilder([.. _methods], _ratio.NsPerTick(), hasDistributions: isWhole);
            var recording = new RecordingSums(_cells);
            foreach (nint record in Records)
            {
                recording.Add((ThreadRecord*)record, _cells->Epoch, _marks.GetValueOrDefault(record));
                builder.Add((ThreadRecord*)record, _cells->Epoch);
            }

            var registrations = _registrations.ConvertAll(static known => known.Registration);
            var process = ProcessReader.Read(_span, registrations, _cells, _ratio);
            long own = OwnBytes.Total - _ownBytesBefore + recording.OwnBytes;
            process = isWhole ? ProcessReader.WithBytes(process, _span, own, start) : process;
            return builder.ToSnapshot(process, recording, registrations, _settings, _operations) with
            {
                KeptCalls = _cells->Flight.IsAsked ? KeptCalls(builder.Places) : null,
            };
        }
    }
}

/// <summary>A hot method, the assembly that registered it, and its <see cref="MethodBudget"/>. A block has no assembly and no budget.</summary>
internal sealed record RegisteredMethod(string Assembly, HotMethod Method, nint Budget = 0);
