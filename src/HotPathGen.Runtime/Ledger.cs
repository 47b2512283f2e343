using System.Runtime.InteropServices;
using System.Text;
using HotPathGen.Shared;

namespace HotPathGen.Runtime;

/// <summary>The primary copy's books: what was announced, which threads record, since when. Its lock is never taken by a frame.</summary>
internal sealed unsafe class Ledger
{
    private readonly Lock _lock = new();
    private readonly Settings _settings;
    private readonly SharedCells* _cells;
    private readonly Threads _threads;
    private readonly List<(Announcement Announcement, int First)> _announcements = [];
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
            (strings, numbers) => ledger.Register(Announcement.From(strings, numbers)),
            ledger.RegisterBlock,
            ledger._threads.RecordOfThisThread,
            () => Encoding.UTF8.GetString(SnapshotJson.Write(ledger.Read())),
            ledger.Reset,
            path => SnapshotFile.Write(path, SnapshotJson.Write(ledger.Read()))
        );
    }

    private int Register(Announcement announcement)
    {
        lock (_lock)
        {
            foreach (var (known, index) in _announcements)
            {
                if (known.Announces(announcement))
                {
                    return index;
                }
            }
            int first = _methods.Count;
            _announcements.Add((announcement, first));
            foreach (var method in announcement.Methods)
            {
                _methods.Add(
                    new(
                        announcement.Assembly,
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
                _methods.Add(new("", new($"B:{name}", name, "", 0, "block")));
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

    private Snapshot Read()
    {
        lock (_lock)
        {
            Quarantine.Inspect();
            var merge = new Merge([.. _methods], _ratio.NsPerTick());
            foreach (nint record in _threads.Records)
            {
                merge.Add((ThreadRecord*)record, _cells->Epoch);
            }

            var announcements = _announcements.ConvertAll(static a => a.Announcement);
            return merge.ToSnapshot(ProcessFacts.Read(_span, announcements, _cells, _ratio), announcements, _settings);
        }
    }
}

/// <summary>A hot method, the assembly that announced it, and its <see cref="MethodBudget"/>; blocks have neither.</summary>
internal sealed record RegisteredMethod(string Assembly, HotMethod Method, nint Budget = 0);
