using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Keeps one thread's last calls that were slower, or allocated more, than the user asked for. While a root frame is open, it lists the frames that
/// close in it. When the root frame closes, the list is copied if the call is one to keep, and is emptied. Native memory of a fixed size, written by
/// its thread alone. Threads have none unless the user asked for it. Listing a frame takes about 3 ns.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FlightRecorder
{
    /// <summary>The most frames of one call, and the most sites. The next figure is the number of calls that are kept.</summary>
    public const int FrameCapacity = 256;
    public const int SiteCapacity = 64;
    public const int CallCapacity = 16;

    private const int MethodCapacity = 64;

    // A percentile of fewer calls says little about the largest ones. It is looked up again after some calls.
    private const long EnoughCalls = 1_000;
    private const int LookUpEvery = 256;

    private SharedCells* _cells;
    private FlightFrame* _frames;
    private FlightSite* _sites;
    private Limit* _limits;
    private FlightCall* _calls;
    private int _frameCount;
    private int _siteCount;
    private long _leftOut;
    private int _next;

    /// <summary>Returns a new recorder; null if the user did not ask for one.</summary>
    public static FlightRecorder* CreateIfAsked(SharedCells* cells)
    {
        if (!cells->Flight.IsAsked)
        {
            return null;
        }

        var recorder = (FlightRecorder*)NativeMemory.AllocZeroed((nuint)sizeof(FlightRecorder));
        recorder->_cells = cells;
        recorder->_frames = (FlightFrame*)NativeMemory.AllocZeroed(FrameCapacity, (nuint)sizeof(FlightFrame));
        recorder->_sites = (FlightSite*)NativeMemory.AllocZeroed(SiteCapacity, (nuint)sizeof(FlightSite));
        recorder->_limits = (Limit*)NativeMemory.AllocZeroed(MethodCapacity, (nuint)sizeof(Limit));
        return recorder;
    }

    /// <summary>Lists a frame that has closed. If it was a root frame, decides about the call.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="ticks">Its inclusive time; 0 if it read no clock.</param>
    /// <param name="bytes">Its inclusive bytes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(OpenFrame* frame, long ticks, long bytes)
    {
        if (_frameCount == FrameCapacity)
        {
            LeaveOutSmaller();
        }

        var context = frame->Context;
        bool isTimed = frame->Kind is not (FrameKind.Bytes or FrameKind.RootBytes) && Clock.IsRunning;
        if (context->Method != Context.NoMethod) // else a reset has dropped the frame
        {
            _frames[_frameCount++] = new()
            {
                Context = context,
                StartTicks = isTimed ? frame->StartTicks : 0,
                Ticks = isTimed ? ticks : FlightFrame.Unknown,
                Bytes = bytes,
            };
        }

        if (frame->Below->Below == null)
        {
            Finish(frame, isTimed ? ticks : 0, bytes);
        }
    }

    /// <summary>Adds a hit of a site that allocated.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Hit(OpenFrame* frame, int site, long bytes)
    {
        for (int i = _siteCount - 1; i >= 0; i--)
        {
            if (_sites[i].Method == frame->Context->Method && _sites[i].Site == site)
            {
                _sites[i].Hits++;
                _sites[i].Bytes += bytes;
                return;
            }
        }

        if (_siteCount < SiteCapacity)
        {
            _sites[_siteCount++] = new()
            {
                Method = frame->Context->Method,
                Site = site,
                Hits = 1,
                Bytes = bytes,
            };
        }
    }

    /// <summary>
    /// Decides about an async call that has ended, if no hot call was around it. Its frames were in several segments, so none is listed.
    /// </summary>
    public void Complete(AsyncCall* call)
    {
        var context = call->Context;
        long ticks = Math.Max(0, call->EndTicks - call->StartTicks),
            bytes = call->FirstBytes + call->Bytes;
        if (context->Parent == null || context->Parent->Method > Context.NoMethod || !IsToKeep(context->Slot, ticks, bytes, out bool isSlow))
        {
            return;
        }

        var kept = Begin(call->Epoch, context, call->StartTicks, ticks, bytes, isSlow);
        kept->IsWall = true;
        End(kept);
    }

    /// <summary>Copies the kept calls of an epoch, in no order. May run on any thread; leaves out a call that its thread writes meanwhile.</summary>
    public readonly void CopyTo(List<FlightCall> calls, long epoch)
    {
        var kept = (FlightCall*)Volatile.Read(ref *(nint*)&Self->_calls);
        for (int i = 0; kept != null && i < CallCapacity; i++)
        {
            long version = Volatile.Read(ref kept[i].Version);
            var copy = kept[i];
            Interlocked.MemoryBarrier();
            if (version != 0 && version % 2 == 0 && version == Volatile.Read(ref kept[i].Version) && copy.Epoch == epoch)
            {
                calls.Add(copy);
            }
        }
    }

    private readonly FlightRecorder* Self => (FlightRecorder*)Unsafe.AsPointer(ref Unsafe.AsRef(in this));

    private void Finish(OpenFrame* frame, long ticks, long bytes)
    {
        var context = frame->Context;
        if (context->Method != Context.NoMethod && IsToKeep(context->Slot, ticks, bytes, out bool isSlow))
        {
            long start = frame->Kind is FrameKind.Bytes or FrameKind.RootBytes ? Clock.Now() : frame->StartTicks;
            var kept = Begin(frame->Thread->Epoch, context, start, ticks, bytes, isSlow);
            kept->IsSegment = frame->IsSegment;
            kept->LeftOut = _leftOut;
            kept->FrameCount = _frameCount;
            new Span<FlightFrame>(_frames, _frameCount).CopyTo(kept->Frames);
            kept->SiteCount = _siteCount;
            new Span<FlightSite>(_sites, _siteCount).CopyTo(kept->Sites);
            End(kept);
        }

        Clear();
    }

    /// <summary>Forgets the frames listed so far.</summary>
    public void Clear() => (_frameCount, _siteCount, _leftOut) = (0, 0, 0);

    private bool IsToKeep(Slot* slot, long ticks, long bytes, out bool isSlow)
    {
        ref readonly var asked = ref _cells->Flight;
        isSlow = asked.SlowTicks > 0 ? ticks >= asked.SlowTicks : asked.SlowShare > 0 && ticks >= SlowTicksOf(slot);
        return isSlow || (asked.LargeBytes > 0 && bytes >= asked.LargeBytes);
    }

    /// <summary>The time that only so many calls of the method exceed, as far as the thread knows.</summary>
    private readonly long SlowTicksOf(Slot* slot)
    {
        var limit = _limits + slot->Method % MethodCapacity;
        if (limit->Method != slot->Method + 1 || --limit->CallsLeft < 0)
        {
            limit->Method = slot->Method + 1;
            limit->CallsLeft = LookUpEvery;
            ref var time = ref slot->Bodies != null && slot->Bodies->Time.Total >= EnoughCalls ? ref slot->Bodies->Time : ref slot->Time;
            limit->Ticks = time.Total < EnoughCalls ? long.MaxValue : (long)Clock.TicksOf(time.LowestAbove(_cells->Flight.SlowShare));
        }

        return limit->Ticks;
    }

    private FlightCall* Begin(long epoch, Context* context, long startTicks, long ticks, long bytes, bool isSlow)
    {
        if (_calls == null)
        {
            Volatile.Write(ref *(nint*)&Self->_calls, (nint)NativeMemory.AllocZeroed(CallCapacity, (nuint)sizeof(FlightCall)));
        }

        var kept = _calls + _next;
        _next = (_next + 1) % CallCapacity;
        Interlocked.Increment(ref kept->Version); // odd while it is written
        kept->Epoch = epoch;
        kept->Context = context;
        kept->StartTicks = startTicks;
        kept->Ticks = ticks;
        kept->Bytes = bytes;
        kept->IsSlow = isSlow;
        kept->IsLarge = _cells->Flight.LargeBytes > 0 && bytes >= _cells->Flight.LargeBytes;
        kept->IsWall = kept->IsSegment = false;
        kept->LeftOut = 0;
        kept->FrameCount = kept->SiteCount = 0;
        return kept;
    }

    private static void End(FlightCall* kept) => Interlocked.Increment(ref kept->Version);

    /// <summary>
    /// Makes room by leaving out the smaller half of the frames. A frame that another one is nested in is never smaller, so the tree stays whole.
    /// </summary>
    private void LeaveOutSmaller()
    {
        double* sizes = stackalloc double[FrameCapacity];
        for (int i = 0; i < FrameCapacity; i++)
        {
            sizes[i] = SizeOf(_frames[i]);
        }

        var sorted = new Span<double>(sizes, FrameCapacity);
        sorted.Sort();
        double median = sizes[FrameCapacity / 2];
        int count = 0;
        for (int i = 0; i < FrameCapacity; i++)
        {
            if (SizeOf(_frames[i]) > median)
            {
                _frames[count++] = _frames[i];
            }
        }

        _leftOut += FrameCapacity - count;
        _frameCount = count;
    }

    // A nanosecond and a byte weigh the same here. Which is worse, nobody knows.
    private static double SizeOf(in FlightFrame frame) => Clock.ToNs(Math.Max(0, frame.Ticks)) + frame.Bytes;

    private struct Limit
    {
        /// <summary>The method's index plus one.</summary>
        public int Method;
        public int CallsLeft;
        public long Ticks;
    }
}

/// <summary>What the user asked to keep. Zero means that it was not asked for.</summary>
internal struct FlightLimits
{
    public long SlowTicks;

    /// <summary>The share of a method's calls that is not slow, such as 0.999.</summary>
    public double SlowShare;
    public long LargeBytes;

    public readonly bool IsAsked => SlowTicks > 0 || SlowShare > 0 || LargeBytes > 0;
}

/// <summary>A kept call. Frames are in the order in which they closed, so the root frame is the last one.</summary>
internal unsafe struct FlightCall
{
    /// <summary>Odd while the thread writes the call; 0 if there is none.</summary>
    public long Version;
    public long Epoch;
    public Context* Context;
    public long StartTicks;
    public long Ticks;
    public long Bytes;
    public bool IsSlow;
    public bool IsLarge;

    /// <summary>Whether time and bytes are those of a whole async call; next, whether they are those of a later segment of one.</summary>
    public bool IsWall;
    public bool IsSegment;

    /// <summary>The number of frames that were left out.</summary>
    public long LeftOut;
    public int FrameCount;
    public int SiteCount;
    private FrameBuffer _frames;
    private SiteBuffer _sites;

    [UnscopedRef]
    public Span<FlightFrame> Frames => _frames;

    [UnscopedRef]
    public Span<FlightSite> Sites => _sites;

    [InlineArray(FlightRecorder.FrameCapacity)]
    private struct FrameBuffer
    {
        private FlightFrame _first;
    }

    [InlineArray(FlightRecorder.SiteCapacity)]
    private struct SiteBuffer
    {
        private FlightSite _first;
    }
}

/// <summary>A frame of a kept call.</summary>
internal unsafe struct FlightFrame
{
    /// <summary>The ticks of a frame that read no clock.</summary>
    public const long Unknown = -1;

    public Context* Context;
    public long StartTicks;
    public long Ticks;
    public long Bytes;
}

/// <summary>What a site allocated in a kept call.</summary>
internal struct FlightSite
{
    public int Method;
    public int Site;
    public long Hits;
    public long Bytes;
}
