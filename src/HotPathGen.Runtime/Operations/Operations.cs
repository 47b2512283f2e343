using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The operations of the process, and in which of them code runs: the innermost <see cref="HotPath.Operation"/>, otherwise the outermost activity of
/// this process. The primary copy of the runtime has them. Root frames ask it, one look-up each; other frames never do. A lock is taken when the
/// first root frame of a call opens, and when the call ends.
/// </summary>
internal sealed unsafe class Operations(SharedCells* cells, int bound)
{
    /// <summary>The operations beyond the bound are counted as this one.</summary>
    public const string Other = "(other)";

    private readonly Lock _lock = new();
    private readonly AsyncLocal<OperationScope?> _scope = new();
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<OperationFigures> _figures = [];
    private readonly List<nint> _unplaced = [];
    private OperationCalls _calls = null!;

    // By place of the call; null before the first route.
    private string?[]? _routes;
    private bool _hasScopes;

    /// <summary>
    /// The root frames of calls that found no place in the table; the next property is the number of calls whose activity was never stopped.
    /// </summary>
    public long UnplacedFrames { get; private set; }
    public long AbandonedCalls { get; private set; }

    /// <summary>Has root frames look in which operation they are, from each thread's next frame on.</summary>
    /// <returns>Whether this was the first time.</returns>
    public bool SwitchOn()
    {
        if (cells->HasOperations)
        {
            return false;
        }

        lock (_lock)
        {
            if (cells->HasOperations)
            {
                return false;
            }

            _calls = new();
            Volatile.Write(ref cells->HasOperations, true);
            Interlocked.Increment(ref cells->Generation);
            return true;
        }
    }

    /// <summary>Returns the call in which the calling code runs, with one more open root frame; null if it runs in none.</summary>
    public OperationCall* Enter()
    {
        if (Current is not { } owner)
        {
            return null;
        }

        while (true)
        {
            var call = _calls.Find(owner, out long serial);
            if (call == null || call->Number == 0)
            {
                call = Name(owner);
                serial = call->Serial;
            }

            if (call->TryOpen(serial))
            {
                return call;
            }

            if (serial == call->Serial)
            {
                return null; // 2,047 threads are in root frames of this call
            }
        }
    }

    /// <summary>Whether the calling code runs in an operation, and in another call than this one.</summary>
    public bool IsInOther(OperationCall* call) => Current is { } owner && (call == null || _calls.Find(owner, out _) != call);

    /// <summary>Adds the bytes of a call that has ended, when its last root frame is left.</summary>
    public void Complete(OperationCall* call)
    {
        var own = OwnWork.BeginInFrame();
        lock (_lock)
        {
            AddBytes(call);
        }

        own.End();
    }

    public object Begin(string name)
    {
        _hasScopes = true;
        SwitchOn();
        var outer = _scope.Value;
        while (outer is { HasEnded: true })
        {
            outer = outer.Outer;
        }

        var scope = new OperationScope(name, outer);
        _scope.Value = scope;
        return scope;
    }

    public void End(object ended)
    {
        var scope = (OperationScope)ended;
        if (scope.HasEnded)
        {
            return;
        }

        End(scope, scope.End(), failed: false);
        // Elsewhere, the flow that opened it goes on with it.
        if (_scope.Value == scope)
        {
            _scope.Value = scope.Outer;
        }
    }

    /// <summary>Ends the call of an activity that was stopped, if hot code ran in it.</summary>
    /// <param name="activity">The outermost activity.</param>
    /// <param name="isStop">Whether it was stopped just now. Then it counts also if no hot code ran in it, but in others of the same name.</param>
    public void End(Activity activity, bool isStop)
    {
        if (_calls.Find(activity, out _) == null && !(isStop && _numbers.ContainsKey(activity.DisplayName)))
        {
            return;
        }

        var own = OwnWork.Begin();
        End(activity, activity.Duration, activity.Status == ActivityStatusCode.Error);
        own.End();
    }

    /// <summary>Names the operation of a request. The first route counts: an error page has one, too.</summary>
    public void SetRoute(Activity request, string route)
    {
        lock (_lock)
        {
            var call = _calls.Find(request, out _);
            call = call == null && !request.IsStopped ? TryAdd(request) : call;
            if (call == null)
            {
                return;
            }

            _routes ??= new string?[OperationCalls.Count];
            ref string? known = ref _routes[_calls.PlaceOf(call)];
            if (known is null)
            {
                known = route;
                call->Number = call->Number == 0 ? 0 : NumberOf(route); // code has run that came before the routing
            }
        }
    }

    public void Fail(Activity activity)
    {
        var call = _calls.Find(activity, out long serial);
        if (call != null && call->Serial == serial)
        {
            call->HasFailed = true;
        }
    }

    public void Reset(Action beginEpoch)
    {
        lock (_lock)
        {
            beginEpoch();
            _figures.ForEach(static figures => figures.Clear());
            UnplacedFrames = AbandonedCalls = 0;
        }
    }

    /// <summary>Returns what is known of each operation; its number is its place plus 1. And the calls that run now.</summary>
    public (OperationFigures Figures, long Running)[] Read()
    {
        lock (_lock)
        {
            long[] running = new long[_figures.Count + 1];
            for (int i = 0; i < OperationCalls.Count && _calls is not null; i++)
            {
                var call = _calls.At(i);
                if (call->Owner != 0 && !call->HasEnded && !TryEndLate(call) && call->Epoch == cells->Epoch)
                {
                    running[call->Number]++;
                }
            }

            return [.. _figures.Select((figures, i) => (figures, running[i + 1]))];
        }
    }

    public static Activity? Outermost(Activity? activity)
    {
        while (activity?.Parent is { } parent)
        {
            activity = parent;
        }

        return activity;
    }

    /// <summary>The scope or the activity in which the calling code runs. Costs the reading of one or two async-local variables.</summary>
    private object? Current => (_hasScopes ? _scope.Value : null) ?? (object?)Outermost(Activity.Current);

    private void End(object owner, TimeSpan wall, bool failed)
    {
        lock (_lock)
        {
            var call = _calls.Find(owner, out _);
            if (call != null)
            {
                End(call, wall, failed);
            }
            else if (owner is Activity activity && _numbers.TryGetValue(activity.DisplayName, out int number))
            {
                // No hot code ran in it, or at light none that was recorded.
                _figures[number - 1].Add(wall, failed);
                if (cells->Detail >= RecordingDetail.Standard)
                {
                    _figures[number - 1].AddBytes(0);
                }
            }
        }
    }

    private void End(OperationCall* call, TimeSpan wall, bool failed)
    {
        if (!call->TryEnd(out bool isOpen))
        {
            return;
        }

        if (call->Number == 0 && RouteOf(call) is { } route)
        {
            call->Number = _numbers.GetValueOrDefault(route);
        }

        call->IsCounted = call->Number != 0 && call->Epoch == cells->Epoch;
        call->IsComplete = !call->IsCounted;
        if (call->IsCounted)
        {
            _figures[call->Number - 1].Add(wall, failed || call->HasFailed);
        }

        if (!isOpen)
        {
            AddBytes(call);
        }
    }

    private void AddBytes(OperationCall* call)
    {
        if (call->IsComplete || !call->IsCounted)
        {
            return;
        }

        call->IsComplete = true;
        if (
            !call->IsPartial
            && call->Epoch == cells->Epoch
            && call->DetailChanges == cells->DetailChanges
            && cells->Detail >= RecordingDetail.Standard
        )
        {
            _figures[call->Number - 1].AddBytes(call->Bytes);
        }
    }

    /// <summary>
    /// Ends a call whose end was not seen. Its activity was stopped where another one was current, or was collected without a stop.
    /// </summary>
    private bool TryEndLate(OperationCall* call)
    {
        switch (OperationCalls.OwnerOf(call))
        {
            case Activity { IsStopped: true } activity:
                End(call, activity.Duration, activity.Status == ActivityStatusCode.Error);
                return true;
            case null when !call->IsOpen && call->TryEnd(out _):
                call->IsComplete = true;
                AbandonedCalls += call->Number == 0 || call->Epoch != cells->Epoch ? 0 : 1;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Returns the call of an owner, with its operation. It is a new one if the owner has none yet.</summary>
    private OperationCall* Name(object owner)
    {
        var own = OwnWork.BeginInFrame(); // hot frames may be open below a boundary
        try
        {
            lock (_lock)
            {
                var call = _calls.Find(owner, out _);
                bool hasEnded = owner is Activity { IsStopped: true } or OperationScope { HasEnded: true };
                call = call == null && !hasEnded ? TryAdd(owner) : call;
                if (call != null && call->Number != 0)
                {
                    return call;
                }

                int number = NumberOf(
                    call != null && RouteOf(call) is { } route ? route
                    : owner is OperationScope scope ? scope.Name
                    : NameOf((Activity)owner)
                );
                if (call != null)
                {
                    call->Number = number;
                    return call;
                }

                UnplacedFrames += hasEnded ? 0 : 1;
                return (OperationCall*)_unplaced[number - 1];
            }
        }
        finally
        {
            own.End();
        }
    }

    private OperationCall* TryAdd(object owner)
    {
        var call = _calls.TryAdd(owner, cells->Epoch, cells->DetailChanges);
        if (call == null && EndLateCalls(_calls.PlacesOf(owner)))
        {
            call = _calls.TryAdd(owner, cells->Epoch, cells->DetailChanges);
        }

        if (call != null && _routes is not null)
        {
            _routes[_calls.PlaceOf(call)] = null;
        }

        return call;
    }

    private string? RouteOf(OperationCall* call) => _routes?[_calls.PlaceOf(call)];

    private bool EndLateCalls(OperationCall* places)
    {
        bool any = false;
        for (int i = 0; i < OperationCalls.PerBucket; i++)
        {
            var call = places + i;
            any |= call->Owner != 0 && !call->HasEnded && TryEndLate(call);
        }

        return any;
    }

    private int NumberOf(string name)
    {
        if (_numbers.TryGetValue(name, out int number))
        {
            return number;
        }

        if (_figures.Count >= bound && name != Other)
        {
            return NumberOf(Other);
        }

        _figures.Add(new(name));
        var unplaced = (OperationCall*)NativeMemory.AllocZeroed((nuint)sizeof(OperationCall));
        unplaced->Number = _figures.Count;
        _unplaced.Add((nint)unplaced);
        _numbers[name] = _figures.Count;
        return _figures.Count;
    }

    private static string NameOf(Activity activity) =>
        activity.GetTagItem("http.request.method") is string method && activity.GetTagItem("http.route") is string route
            ? $"{method} {route}"
            : activity.DisplayName;
}
