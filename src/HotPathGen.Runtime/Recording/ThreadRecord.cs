using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The data that one thread records into: its open frames, context tree and slots. Native memory, so a frame makes no garbage and needs no write
/// barrier. Only its thread writes it. It is never freed, so a snapshot can read it at any time. When the thread has ended, a new thread
/// continues to use it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadRecord
{
    private const nuint CacheLine = 64;

    /// <summary>More calls than a program makes.</summary>
    private const long Many = long.MaxValue / 2;
    private const int FramesPerChunk = 64;

    /// <summary>The generation that the thread saw last; 0 asks the thread to look again. Every Enter compares it.</summary>
    public long SeenGeneration;

    /// <summary>
    /// By method, how many calls have no frame before the next that has one. Each call takes one off, and has a frame if the result is negative. One
    /// of three arrays: see <see cref="Nest"/>.
    /// </summary>
    public long* Countdowns;

    /// <summary>The innermost open frame, or <see cref="_bottom"/>.</summary>
    public OpenFrame* Top;

    /// <summary>Keeps slow and large calls; null unless the user asked for it.</summary>
    public FlightRecorder* Flight;

    /// <summary>Whether the level is one at which every call has a frame, and no call around the next one wants it otherwise.</summary>
    public bool EntersAll;

    /// <summary>What the thread does with the calls that it makes now.</summary>
    public NestedCalls Nesting;

    /// <summary>The bytes that the runtime itself has allocated on this thread.</summary>
    public long ProbeBytes;

    /// <summary>
    /// What the frames read of calls that are not sampled, where each call has a frame; <see cref="FrameKind.Recorded"/> if every call is recorded.
    /// The next field is the number of the other frames so far.
    /// </summary>
    public FrameKind LightKind;
    public long LightFrames;

    /// <summary>The time that recorded frames, probes and the runtime's other work have cost the thread, and that of later segments.</summary>
    public long RecordingTicks;

    /// <summary>The level that the thread follows; the next field is the state of its random numbers.</summary>
    public RecordingDetail Detail;
    public ulong Random;

    /// <summary>Whether some calls since the last reset were not recorded; the next field is whether the bytes of some were not read.</summary>
    public bool HasSampled;
    public bool HasCounted;

    /// <summary>The epoch to which its figures belong. A snapshot ignores figures of earlier epochs.</summary>
    public long Epoch;

    public Context* FirstContext;
    public Slot* FirstSlot;

    /// <summary>The parent of the contexts beyond the bound.</summary>
    public Context* Other;

    /// <summary>
    /// The bytes that the runtime's own work has allocated on this thread. Unlike <see cref="ProbeBytes"/>, it has no bytes of later segments, and it
    /// is not reset.
    /// </summary>
    public long OwnBytes;

    /// <summary>The first of the thread's free async calls; the next field is how many calls the thread has put there.</summary>
    public int FreeAsyncCalls;
    public int FreeAsyncCallCount;

    /// <summary>Whether a root frame is being opened; the next field is the call of the operation in which it is.</summary>
    public bool IsEntering;
    public OperationCall* Entering;

    /// <summary>Whether root frames look in which operation they are.</summary>
    private bool _hasOperations;

    /// <summary>The context of the operation that was entered last, and its number.</summary>
    private Context* _lastOperation;
    private int _lastOperationNumber;

    private long* _chosen;
    private long* _measured;
    private long* _skipped;
    private int _countdownCount;
    private OpenFrame* _bottom;
    private Context* _discard;
    private Context* _lastContext;
    private Context** _table;
    private uint _tableMask;
    private int _contextCount;
    private Slot** _slots;
    private int _slotCapacity;
    private long _serial;

    public static ThreadRecord* Create(SharedCells* cells)
    {
        var record = Allocate<ThreadRecord>();
        record->_tableMask = 63;
        record->_table = (Context**)NativeMemory.AllocZeroed(64, (nuint)sizeof(Context*));
        var root = record->NewContext(null, Context.NoMethod, null);
        record->Other = record->NewContext(root, Context.NoMethod, null);
        record->_discard = record->NewContext(root, Context.NoMethod, Allocate<Slot>());
        record->_bottom = record->NewFrames(null);
        record->_bottom->Context = root;
        record->_bottom->Kind = FrameKind.Recorded; // anything but a boundary
        record->Top = record->_bottom;
        record->SeenGeneration = cells->Generation;
        record->Epoch = cells->Epoch;
        record->Random = (ulong)record | 1;
        record->Flight = FlightRecorder.CreateIfAsked(cells);
        record->AddCountdowns(Math.Max(cells->MethodCount, 16));
        record->Detail = RecordingDetail.Full;
        record->LightKind = FrameKind.Recorded;
        record->Nest(NestedCalls.Chosen);
        record->Follow(cells->Detail);
        record->Follow(cells->HasOperations);
        return record;
    }

    /// <summary>Says what to do with the calls that the thread makes from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Nest(NestedCalls nesting)
    {
        Nesting = nesting;
        Countdowns =
            nesting == NestedCalls.Chosen ? _chosen
            : nesting == NestedCalls.Measured ? _measured
            : _skipped;
        EntersAll = nesting == NestedCalls.Chosen && Detail >= RecordingDetail.Standard;
    }

    /// <summary>Sets how many calls of a method have no frame from now on.</summary>
    public readonly void Skip(int method, long calls) => _chosen[method] = calls;

    /// <summary>
    /// Takes one off, where the caller found that the thread had to look at something first. Returns whether the call has no frame.
    /// </summary>
    public readonly bool SkipsLate(int method) => Countdowns[method] > 0 && --Countdowns[method] >= 0;

    /// <summary>Gives every call of a method a frame from now on.</summary>
    public readonly void EnterAlways(Slot* slot)
    {
        slot->AlwaysEnters = true;
        slot->Assigned -= Math.Max(0, _chosen[slot->Method]);
        _chosen[slot->Method] = 0;
        EnterInside(slot);
    }

    /// <summary>Says that calls of a method start something that goes on after they returned.</summary>
    public readonly void Defer(Slot* slot)
    {
        slot->IsDeferred = true;
        if (Detail == RecordingDetail.Standard)
        {
            EnterInside(slot);
        }
    }

    // Gives calls of a method a frame inside calls that run without those of their callees, too.
    private readonly void EnterInside(Slot* slot)
    {
        slot->Assigned += Skipped(_skipped[slot->Method]);
        _skipped[slot->Method] = -1;
    }

    /// <summary>The calls of a method that had no frame.</summary>
    /// <param name="method">The method.</param>
    /// <param name="slot">Its slot; null if it has none.</param>
    public readonly long SkippedCalls(int method, Slot* slot) =>
        method >= Volatile.Read(in _countdownCount) ? 0 : Skipped(_skipped[method]) + (slot == null ? 0 : SkippedByCountdown(slot));

    /// <summary>Those of them that the countdown of the method skipped.</summary>
    public readonly long SkippedByCountdown(Slot* slot) => slot->Assigned - Math.Max(0, _chosen[slot->Method]);

    /// <summary>Makes room for the methods that have been registered. A snapshot may read the old arrays, so they are not freed.</summary>
    public void AddCountdowns(int methods)
    {
        if (methods <= _countdownCount)
        {
            return;
        }

        int count = Math.Max(methods, 2 * _countdownCount);
        long* chosen = (long*)AllocateBytes((nuint)count * sizeof(long));
        long* measured = (long*)AllocateBytes((nuint)count * sizeof(long));
        long* skipped = (long*)AllocateBytes((nuint)count * sizeof(long));
        new Span<long>(skipped, count).Fill(Many);
        new Span<long>(_chosen, _countdownCount).CopyTo(new(chosen, count));
        new Span<long>(_skipped, _countdownCount).CopyTo(new(skipped, count));
        Publish((nint*)&Self->_chosen, chosen);
        _measured = measured;
        Publish((nint*)&Self->_skipped, skipped);
        Volatile.Write(ref _countdownCount, count);
        Nest(Nesting);
    }

    /// <summary>The calls that were skipped inside others, of all methods.</summary>
    public readonly long AllSkipped
    {
        get
        {
            var countdowns = new ReadOnlySpan<long>(_skipped, _countdownCount);
            long sum = 0;
            foreach (long countdown in countdowns)
            {
                sum += Skipped(countdown);
            }

            return sum;
        }
    }

    private static long Skipped(long countdown) => countdown < 0 ? 0 : Many - countdown;

    /// <summary>
    /// Returns the child of <paramref name="parent"/> for <paramref name="method"/>, if it was not the last one entered. Costs one hash look-up,
    /// about 3 ns.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Context* ChildOf(Context* parent, int method) => parent == FirstContext && _hasOperations ? RootOf(method) : ChildIn(parent, method);

    /// <summary>
    /// Returns the context of a root frame: below that of the operation in which it is, or below the root. Costs the reading of one or two
    /// async-local variables and a look-up of the operation's call.
    /// </summary>
    private Context* RootOf(int method)
    {
        var operation = SharedRecording.EnterOperation();
        IsEntering = operation != null || Top->Kind == FrameKind.Boundary;
        Entering = operation;
        if (operation == null)
        {
            var child = ChildIn(FirstContext, method);
            FirstContext->LastChild = FirstContext;
            return child;
        }

        int number = operation->Number;
        if (number != _lastOperationNumber)
        {
            _lastOperation = OperationOf(number);
            _lastOperationNumber = number;
        }

        var last = _lastOperation->LastChild;
        return last->Method == method ? last : ChildIn(_lastOperation, method);
    }

    /// <summary>Returns the parent of an operation's contexts.</summary>
    private Context* OperationOf(int number)
    {
        int method = Context.MethodOf(number);
        var context = Find(FirstContext, method);
        return context != null ? context : NewContext(FirstContext, method, null);
    }

    /// <summary>
    /// Has root frames look in which operation they are. No method is that of the root's last child any more, so each of them comes to
    /// <see cref="ChildOf"/>.
    /// </summary>
    public void Follow(bool hasOperations)
    {
        if (hasOperations)
        {
            FirstContext->LastChild = FirstContext;
            _hasOperations = true;
        }
    }

    private Context* ChildIn(Context* parent, int method)
    {
        var child = Find(parent, method);
        if (child == null && _contextCount < (_hasOperations ? Context.BoundWithOperations : Context.Bound))
        {
            child = NewContext(parent, method, SlotOf(method));
        }

        if (child == null)
        {
            child = Find(Other, method);
        }

        if (child == null)
        {
            child = NewContext(Other, method, SlotOf(method));
        }

        parent->LastChild = child;
        return child;
    }

    /// <summary>Returns this thread's context that has the same chain of methods as a context of another thread.</summary>
    public Context* Same(Context* other)
    {
        if (other->Parent == null)
        {
            return FirstContext;
        }

        if (other->Method == Context.NoMethod)
        {
            return Other;
        }

        if (other->Method < Context.NoMethod)
        {
            return OperationOf(Context.OperationOf(other->Method));
        }

        var parent = Same(other->Parent);
        var same = Find(parent, other->Method);
        return same != null ? same : ChildIn(parent, other->Method);
    }

    public Slot* SlotOf(int method)
    {
        if (method >= _slotCapacity)
        {
            int capacity = Math.Max(method + 1, _slotCapacity * 2);
            _slots = (Slot**)NativeMemory.Realloc(_slots, (nuint)capacity * (nuint)sizeof(Slot*));
            new Span<nint>(_slots + _slotCapacity, capacity - _slotCapacity).Clear();
            _slotCapacity = capacity;
        }
        var slot = _slots[method];
        if (slot == null)
        {
            slot = Allocate<Slot>();
            slot->Method = method;
            slot->Budget = SharedRecording.Cells->BudgetOf(method);
            slot->Next = FirstSlot;
            _slots[method] = slot;
            if (slot->Budget != null)
            {
                EnterAlways(slot);
            }

            Publish((nint*)&Self->FirstSlot, slot);
        }
        return slot;
    }

    /// <summary>Chooses the body for the next calls of a method. Runs only once for up to <see cref="BodyChoice.LongestRun"/> calls.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly BodyCounters* NextRun(Slot* slot, int method, int siteCount)
    {
        BodiesOf(slot, siteCount);
        long call = slot->RunEnd;
        int run = BodyChoice.Current.RunFrom(method, call);
        slot->RunEnd = call + run;
        slot->RunLeft = run - 1;
        return BodyChoice.Current.IsProbing(method, call) ? slot->Bodies : null;
    }

    public static BodyCounters* BodiesOf(Slot* slot, int siteCount)
    {
        if (slot->Bodies == null)
        {
            slot->Bodies = NewBodies(siteCount);
            slot->Bodies->Budget = slot->Budget;
        }
        return slot->Bodies;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static PooledCounters* NewPooled(Slot* slot, int index)
    {
        var counters = Allocate<PooledCounters>();
        counters->Index = index;
        counters->Next = slot->Pooled;
        Publish((nint*)&slot->Pooled, counters);
        return counters;
    }

    public static BodyCounters* NewBodies(int siteCount)
    {
        var bodies = (BodyCounters*)AllocateBytes(BodyCounters.SizeFor(siteCount));
        bodies->SiteCount = siteCount;
        return bodies;
    }

    /// <summary>Adds a chunk of frames above <paramref name="below"/> and returns its first frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public OpenFrame* NewFrames(OpenFrame* below)
    {
        var chunk = (OpenFrame*)AllocateBytes((nuint)sizeof(OpenFrame) * FramesPerChunk);
        for (int i = 0; i < FramesPerChunk; i++)
        {
            chunk[i].Thread = Self;
            chunk[i].Below = i == 0 ? below : chunk + i - 1;
            chunk[i].Above = i == FramesPerChunk - 1 ? null : chunk + i + 1;
        }
        if (below != null)
        {
            below->Above = chunk;
        }

        return chunk;
    }

    public long NextSerial() => ++_serial;

    /// <summary>
    /// Drops everything that was recorded. Frames that are open now continue but are not recorded. Calls that they make are counted from the
    /// roots.
    /// </summary>
    public void Renew(long epoch)
    {
        for (var frame = Top; frame != _bottom; frame = frame->Below)
        {
            if (frame->Kind == FrameKind.Boundary)
            {
                continue;
            }

            frame->Context = _discard;
            if (frame->Probing != null)
            {
                frame->Probing = NewBodies(frame->Probing->SiteCount);
            }
        }
        for (var context = FirstContext; context != null; context = context->Next)
        {
            context->Calls = context->Assigned = context->Countdown = 0;
            context->InclusiveTicks = context->SelfTicks = context->SegmentTicks = 0;
            context->InclusiveBytes = context->SelfBytes = 0;
            context->Sample = context->Undisturbed = default;
            context->InitializerTicks = context->InitializerBytes = 0;
        }

        for (var frame = Top; frame != _bottom; frame = frame->Below)
        {
            frame->Before = NestedCalls.Chosen;
        }

        new Span<long>(_chosen, _countdownCount).Clear();
        new Span<long>(_skipped, _countdownCount).Fill(Many);
        Nest(NestedCalls.Chosen);

        for (var slot = FirstSlot; slot != null; slot = slot->Next)
        {
            var (method, next, budget, isDeferred, alwaysEnters) = (
                slot->Method,
                (nint)slot->Next,
                (nint)slot->Budget,
                slot->IsDeferred,
                slot->AlwaysEnters
            );
            var bodies = slot->Bodies;
            var pooled = slot->Pooled;
            *slot = default;
            slot->Method = method;
            if (isDeferred)
            {
                Defer(slot);
            }

            if (alwaysEnters)
            {
                EnterAlways(slot);
            }

            slot->Next = (Slot*)next;
            slot->Budget = (MethodBudget*)budget;
            slot->Pooled = pooled;
            for (; pooled != null; pooled = pooled->Next)
            {
                pooled->Clear();
            }

            slot->Bodies = bodies;
            if (bodies != null)
            {
                int siteCount = bodies->SiteCount;
                NativeMemory.Clear(bodies, BodyCounters.SizeFor(siteCount));
                bodies->SiteCount = siteCount;
                bodies->Budget = slot->Budget;
            }
        }
        (HasSampled, HasCounted) = (Detail < RecordingDetail.Full, Detail < RecordingDetail.Standard);
        Volatile.Write(ref Epoch, epoch);
    }

    /// <summary>Records at another level from the next call on. The frames that are open end as they began.</summary>
    public void Follow(RecordingDetail detail)
    {
        if (Detail == detail)
        {
            return;
        }

        Detail = detail;
        LightKind = detail == RecordingDetail.Standard ? FrameKind.Bytes : FrameKind.Recorded;
        HasSampled |= detail < RecordingDetail.Full;
        HasCounted |= detail < RecordingDetail.Standard;
        for (var context = FirstContext; context != null; context = context->Next)
        {
            // The next call is recorded whatever it is, and so stands for itself.
            context->Assigned -= Math.Max(0, context->Countdown);
            context->Countdown = 0;
            context->Weight = 1;
        }

        for (var slot = FirstSlot; slot != null; slot = slot->Next)
        {
            slot->Assigned -= Math.Max(0, _chosen[slot->Method]);
            slot->Weight = 1;
            if (slot->IsDeferred && !slot->AlwaysEnters)
            {
                _skipped[slot->Method] = _skipped[slot->Method] < 0 ? Many : _skipped[slot->Method];
                Defer(slot);
            }
        }

        new Span<long>(_chosen, _countdownCount).Clear();
        Nest(Nesting);
    }

    /// <summary>
    /// Gives the record of an ended thread to a new one. Blocks that the ended thread left open count as called; they may still end on another
    /// thread.
    /// </summary>
    public void Adopt()
    {
        for (var frame = Top; frame != _bottom; frame = frame->Below)
        {
            // A light frame has been counted when it opened.
            if (frame->Kind is FrameKind.Recorded or FrameKind.Root)
            {
                frame->Context->Calls++;
                frame->Context->Slot->Depth--;
            }

            if (frame->Kind is FrameKind.Root or FrameKind.RootBytes)
            {
                SharedRecording.Close(frame->Operation, 0);
            }

            Interlocked.Exchange(ref frame->BlockSerial, 0);
        }
        Top = _bottom;
        if (Flight != null)
        {
            Flight->Clear();
        }

        Nest(NestedCalls.Chosen);
        ProbeBytes = 0;
        for (var slot = FirstSlot; slot != null; slot = slot->Next)
        {
            long calls = slot->DirectCalls + SkippedCalls(slot->Method, slot);
            for (var context = FirstContext; context != null; context = context->Next)
            {
                calls += context->Slot == slot ? context->Calls + context->LightCalls : 0;
            }

            slot->EarlierThreads += calls > slot->EarlierCalls ? 1 : 0;
            slot->EarlierCalls = calls;
        }
    }

    public readonly bool ReachedContextBound => _contextCount >= (_hasOperations ? Context.BoundWithOperations : Context.Bound);

    // Records live in native memory only: they do not move.
    private ThreadRecord* Self => (ThreadRecord*)Unsafe.AsPointer(ref this);

    private Context* NewContext(Context* parent, int method, Slot* slot)
    {
        var context = Allocate<Context>();
        context->Method = method;
        context->Parent = parent;
        context->Slot = slot;
        // A context without a method matches no call, so Enter needs no null check.
        context->LastChild = parent == null ? context : FirstContext;
        if (_lastContext == null)
        {
            FirstContext = context;
        }
        else
        {
            Publish((nint*)&_lastContext->Next, context);
        }

        _lastContext = context;
        if (method != Context.NoMethod)
        {
            Insert(context);
        }

        return context;
    }

    private readonly Context* Find(Context* parent, int method)
    {
        uint place = Hash(parent, method);
        while (true)
        {
            var context = _table[place & _tableMask];
            if (context == null || (context->Parent == parent && context->Method == method))
            {
                return context;
            }

            place++;
        }
    }

    private void Insert(Context* context)
    {
        _contextCount++;
        if (_contextCount * 2 > _tableMask)
        {
            NativeMemory.Free(_table);
            _tableMask = _tableMask * 2 + 1;
            _table = (Context**)NativeMemory.AllocZeroed(_tableMask + 1, (nuint)sizeof(Context*));
            for (var old = FirstContext; old != null; old = old->Next)
            {
                if (old->Method != Context.NoMethod)
                {
                    Place(old);
                }
            }
            return;
        }
        Place(context);
    }

    private readonly void Place(Context* context)
    {
        uint place = Hash(context->Parent, context->Method);
        while (_table[place & _tableMask] != null)
        {
            place++;
        }

        _table[place & _tableMask] = context;
    }

    // Contexts are aligned to cache lines, so the lower six bits carry no information.
    private static uint Hash(Context* parent, int method) => (uint)((((nuint)parent >> 6) + (uint)method * 31) * 0x9E3779B97F4A7C15 >> 40);

    // Everything that a snapshot on another thread reaches through this pointer must be written before the pointer.
    private static void Publish(nint* place, void* value) => Volatile.Write(ref *place, (nint)value);

    private static T* Allocate<T>()
        where T : unmanaged => (T*)AllocateBytes((nuint)sizeof(T));

    // Allocates whole cache lines, because two threads must never write to the same one.
    private static void* AllocateBytes(nuint size)
    {
        size = (size + CacheLine - 1) & ~(CacheLine - 1);
        void* memory = NativeMemory.AlignedAlloc(size, CacheLine);
        NativeMemory.Clear(memory, size);
        return memory;
    }
}
