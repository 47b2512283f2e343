using System.Runtime.InteropServices;
using System.Text;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>The primary copy's books: what was registered, which threads record, since when. Its lock is never taken by a frame.</summary>
internal sealed unsafe class Ledger
{
    private readonly Lock _lock = new();
    private readonly Settings _settings;
    private readonly SharedCells* _cells;
    private readonly Threads _threads;
    private readonly List<(MethodRegistration Registration, int First)> _registrations = [];
    private readonly List<RegisteredMethod> _methods = [];
    private readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);
    private readonly TickRatio _ratio;
    private MeasuredSpan _span;

    private Ledger(Settings settings)
    {
        _settings = settings;
        _cells = (SharedCells*)NativeMemory.AlignedAlloc(((nuint)sizeof(SharedCells) + 63) & ~(nuint)63, 64);
        (*_cells, _ratio) = TickRatio.Choose(settings.Clock);
        _threads = new(_cells);
        _span = MeasuredSpan.FromNow();
        if (settings.WarmupMs > 0)
        {
            _ = Task.Delay(settings.WarmupMs).ContinueWith(_ => Reset(), TaskScheduler.Default);
        }
    }

    public static Session.Link Found(Settings settings)
    {
        foreach (string problem in settings.Problems)
        {
            StandardError.Say(problem);
        }

        var ledger = new Ledger(settings);
        EndOfProcess.Attach(settings, ledger.Read);
        return new(
            (nint)ledger._cells,
            lines => ledger.Register(MethodRegistration.Parse(lines)),
            ledger.RegisterBlock,
            ledger._threads.RecordOfThisThread,
            () => Encoding.UTF8.GetString(SnapshotWriter.Write(ledger.Read())),
            ledger.Reset,
            path => SnapshotFile.Write(path, SnapshotWriter.Write(ledger.Read()))
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
            return first;
        }
    }

    // Whoever reads the old table has read its count: the old one stays.
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

    private int RegisterBlock(string name)
    {
        lock (_lock)
        {
            // Half a letter cannot be written to a file, where names that differ in such halves would be one name twice.
            name = HasHalfLetters(name) ? VisibleText.Of(name) : name;
            if (!_blocks.TryGetValue(name, out int index))
            {
                _blocks[name] = index = _methods.Count;
                _methods.Add(new("", new($"B:{name}", name, "", 0, Words.Of(MethodForm.Block))));
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

    private void Reset()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _cells->Epoch);
            foreach (var method in _methods.Where(static method => method.Budget != 0))
            {
                MethodBudget.Forget((MethodBudget*)method.Budget);
            }

            _span = MeasuredSpan.FromNow();
        }
    }

    private SnapshotDocument Read()
    {
        lock (_lock)
        {
            Quarantine.Inspect();
            var builder = new SnapshotBuilder([.. _methods], _ratio.NsPerTick());
            foreach (nint record in _threads.Records)
            {
                builder.Add((ThreadRecord*)record, _cells->Epoch);
            }

            var registrations = _registrations.ConvertAll(static known => known.Registration);
            return builder.ToSnapshot(ProcessReader.Read(_span, registrations, _cells, _ratio), registrations, _settings);
        }
    }
}

/// <summary>A hot method, the assembly that registered it, and its <see cref="MethodBudget"/>; blocks have neither.</summary>
internal sealed record RegisteredMethod(string Assembly, HotMethod Method, nint Budget = 0);
