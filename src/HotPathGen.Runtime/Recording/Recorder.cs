using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The code that every frame runs. It is not tiered: the JIT compiles it once, fully optimized, after the statics that it reads are set. So its
/// cost is the same from the first call on, and the cost measured by the calibration stays correct. The costs in comments were measured on a
/// two-core x64 virtual machine with all data in the first-level cache.
/// </summary>
internal static unsafe class Recorder
{
    private const MethodImplOptions Steady = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    [ThreadStatic]
    private static ThreadRecord* s_record;

    /// <summary>The calling thread's record. It is updated first if a reset or another thread requests that.</summary>
    public static ThreadRecord* Current
    {
        get
        {
            var thread = s_record;
            return thread == null || thread->SeenEpoch != s_cells->Epoch ? Attend(thread) : thread;
        }
    }

    /// <summary>
    /// Returns this copy's record of the calling thread, and creates it if necessary. For other copies of the runtime, which have thread-statics
    /// of their own.
    /// </summary>
    public static nint RecordOfThisThread() => (nint)Current;

    /// <summary>
    /// Opens a frame of the method on the calling thread. Here and in <see cref="Exit"/> the usual path has no jumps and all other code comes
    /// after it. There is no profile, and without one the compiler keeps the order of the source.
    /// </summary>
    [MethodImpl(Steady)]
    public static OpenFrame* Enter(int method)
    {
        var thread = s_record; // 1.6 ns: thread static
        if (thread != null && thread->SeenEpoch == s_cells->Epoch) // 0.3 ns: a read-mostly line
        {
            var below = thread->Top;
            var context = below->Context->LastChild;
            var frame = below->Above;
            if (context->Method != method || frame == null) // one comparison decides whether this is the right context
            {
                return EnterAnother(thread, method);
            }

            Open(thread, frame, context);
            return frame;
        }
        return EnterAnother(Attend(thread), method);
    }

    /// <summary>The slower path: the context is not the one entered last, or is not even known. Costs 3-4 ns more.</summary>
    [MethodImpl(Steady)]
    private static OpenFrame* EnterAnother(ThreadRecord* thread, int method)
    {
        var below = thread->Top;
        var context = below->Context->LastChild;
        if (context->Method != method)
        {
            context = thread->ChildOf(below->Context, method);
        }

        var frame = below->Above;
        if (frame == null)
        {
            frame = thread->NewFrames(below);
        }

        Open(thread, frame, context);
        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Open(ThreadRecord* thread, OpenFrame* frame, Context* context)
    {
        frame->Context = context; // 1 ns: stores to three lines
        frame->NestedBytes = 0;
        frame->Probing = null;
        context->Slot->Depth++;
        thread->Top = frame;
        frame->StartBytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes; // 3 ns
        if (!Clock.IsRunning)
        {
            return;
        }

        frame->NestedTicks = 0;
        frame->ProbeTicks = 0;
        frame->StartTicks = Clock.Now(); // last, because the time of the code above does not belong to the call
    }

    /// <summary>Opens a frame of a method with two bodies and chooses between them. Costs 1-2 ns more than <see cref="Enter"/>.</summary>
    [MethodImpl(Steady)]
    public static OpenFrame* EnterBodies(int method, int siteCount)
    {
        var thread = s_record;
        if (thread == null || thread->SeenEpoch != s_cells->Epoch)
        {
            thread = Attend(thread);
        }

        var below = thread->Top;
        var context = below->Context->LastChild;
        if (context->Method != method)
        {
            context = thread->ChildOf(below->Context, method);
        }

        var frame = below->Above;
        if (frame == null)
        {
            frame = thread->NewFrames(below);
        }

        var slot = context->Slot;
        if (--slot->RunLeft < 0)
        {
            slot->RunBody = thread->NextRun(slot, method, siteCount);
        }

        Open(thread, frame, context);
        Probe(frame, slot->RunBody);
        return frame;
    }

    /// <summary>Opens the frame of a step of an iterator, or of other work that continues after the call.</summary>
    [MethodImpl(Steady)]
    public static OpenFrame* EnterStep(int method, int siteCount)
    {
        var frame = Enter(method);
        if (siteCount > 0)
        {
            Probe(frame, ThreadRecord.BodiesOf(frame->Context->Slot, siteCount));
        }

        return frame;
    }

    /// <summary>Opens the frame of a later segment of an async call.</summary>
    public static OpenFrame* OpenSegment(ThreadRecord* thread, AsyncCall* call)
    {
        var below = thread->Top;
        var frame = below->Above;
        if (frame == null)
        {
            frame = thread->NewFrames(below);
        }

        var context = call->Thread == thread ? call->Context : thread->Same(call->Context);
        Open(thread, frame, context);
        if (call->IsProbing)
        {
            Probe(frame, ThreadRecord.BodiesOf(context->Slot, call->SiteCount));
        }

        frame->Call = call;
        frame->IsSegment = true;
        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Probe(OpenFrame* frame, BodyCounters* bodies)
    {
        frame->Probing = bodies;
        frame->SiteBytes = 0;
        frame->SiteHits = 0;
    }

    /// <summary>
    /// Ends a later segment. Adds its figures to its context and its call, but to no other open frame of its thread. Returns its bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long CloseSegment(OpenFrame* frame, out long end)
    {
        end = Clock.Now();
        if (frame->Thread->Top != frame)
        {
            CloseAbove(frame, end);
        }

        var below = frame->Below;
        var (nestedTicks, nestedBytes) = (below->NestedTicks, below->NestedBytes);
        long bytes = Close(frame, end, out long ticks);
        frame->IsSegment = false;
        below->NestedTicks = nestedTicks;
        below->NestedBytes = nestedBytes;
        below->ProbeTicks += ticks;
        frame->Thread->ProbeBytes += bytes;
        return bytes;
    }

    /// <summary>
    /// Counts a hit of a site. Costs one read of the allocation counter and about 4 ns, and more if something was allocated. Does nothing in a
    /// control call. A control call runs the instrumented body if a program could tell the delegates of the two bodies apart.
    /// </summary>
    [MethodImpl(Steady)]
    public static void Hit(OpenFrame* frame, int site)
    {
        if (frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        var counters = BodyCounters.Sites(frame->Probing) + site;
        counters->Hits++;
        frame->SiteHits++;
        long bytes = self - frame->SiteBytes;
        if ((bytes | counters->Pending) == 0)
        {
            return;
        }

        frame->SiteBytes = self;
        counters->AddHit(bytes);
        if (frame->Probing->Budget != null) // costs 0.3 ns per hit that allocated
        {
            Check(frame, site, self);
        }
    }

    /// <summary>Checks the budget after a hit that allocated, in a method that has a budget.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Check(OpenFrame* frame, int site, long self)
    {
        var budget = frame->Probing->Budget;
        long earlier = frame->Call == null ? 0 : frame->Call->FirstBytes + frame->Call->Bytes;
        if (earlier + self + frame->NestedBytes <= budget->MaxBytes)
        {
            return;
        }

        (BodyCounters.Sites(frame->Probing) + site)->Breaches++;
        MethodBudget.KeepStack(budget, site);
    }

    /// <summary>Takes a hit of the site back that counted bytes ahead. The frame that has just opened gives them back, too.</summary>
    public static void Unhit(OpenFrame* frame, int site, long bytes)
    {
        frame->SiteBytes -= bytes;
        (BodyCounters.Sites(frame->Probing) + site)->RemoveHit(bytes);
    }

    /// <summary>Excludes the bytes that a method's frame has allocated since its last probe from all sites.</summary>
    public static void LeaveOut(OpenFrame* frame, int method)
    {
        if (frame->Context->Method != method || frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        frame->Probing->UnattributedBytes += self - frame->SiteBytes;
        frame->SiteBytes = self;
    }

    /// <summary>Counts a part of a hit: a site has allocated and its hit is not complete yet.</summary>
    [MethodImpl(Steady)]
    public static void Part(OpenFrame* frame, int site)
    {
        if (frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        frame->SiteHits++;
        (BodyCounters.Sites(frame->Probing) + site)->AddPart(self - frame->SiteBytes);
        frame->SiteBytes = self;
    }

    /// <summary>Handles an exception in the body. Its bytes, and those of the hits that it interrupted, count for no other site.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Thrown(OpenFrame* frame)
    {
        if (frame->Probing == null)
        {
            return;
        }

        Hit(frame, frame->Probing->SiteCount - 1);
        for (int i = 0; i < frame->Probing->SiteCount; i++)
        {
            (BodyCounters.Sites(frame->Probing) + i)->EndPart();
        }
    }

    /// <summary>Ends a call of a method with two bodies.</summary>
    [MethodImpl(Steady)]
    public static void ExitBodies(OpenFrame* frame, bool completed)
    {
        long end = Clock.Now();
        var thread = frame->Thread;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes - frame->StartBytes;
        if (thread->Top != frame)
        {
            CloseAbove(frame, end);
        }

        var slot = frame->Context->Slot;
        var probing = frame->Probing;
        if (!completed)
        {
            slot->Failures++;
            if (probing != null)
            {
                Thrown(frame);
            }
        }
        long nestedTicks = frame->NestedTicks,
            selfBytes = bytes - frame->NestedBytes;
        frame->ProbeTicks += frame->SiteHits * s_cells->SiteTicks;
        bool isOutermost = Leave(frame, end, out long ticks);
        frame->Context->Calls++;
        int powerOfTwo;
        if (probing != null)
        {
            probing->Probing.Add(ticks, ticks - nestedTicks, selfBytes);
            probing->UnattributedBytes += selfBytes - frame->SiteBytes;
            powerOfTwo = probing->AddTime(ticks);
        }
        else
        {
            if (slot->Bodies != null)
            {
                slot->Bodies->Control.Add(ticks, ticks - nestedTicks, selfBytes);
            }

            powerOfTwo = slot->AddTime(ticks);
        }
        if (bytes == 0)
        {
            slot->Bytes.AddZero();
            return;
        }
        AddNested(frame, isOutermost, bytes);
        slot->AddBytes(bytes, powerOfTwo);
    }

    /// <summary>Ends an ordinary call.</summary>
    [MethodImpl(Steady)]
    public static void Exit(OpenFrame* frame)
    {
        long end = Clock.Now(); // first, because the time of the code below does not belong to the call
        long bytes = GC.GetAllocatedBytesForCurrentThread(); // 3 ns
        if (frame->Thread->Top == frame)
        {
            Record(frame, end, bytes);
        }
        else
        {
            ExitThroughBlocks(frame, end, bytes);
        }
    }

    /// <summary>Ends an ordinary call that an exception leaves.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExitFailed(OpenFrame* frame)
    {
        frame->Context->Slot->Failures++;
        Exit(frame);
    }

    /// <summary>Returns the innermost frame that was not opened by a block.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static OpenFrame* InnermostCall()
    {
        var frame = s_record->Top;
        while (frame->BlockSerial != 0)
        {
            frame = frame->Below;
        }

        return frame;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExitThroughBlocks(OpenFrame* frame, long end, long bytes)
    {
        CloseAbove(frame, end);
        Record(frame, end, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Record(OpenFrame* frame, long end, long bytes)
    {
        bool isOutermost = Leave(frame, end, out long ticks);
        var context = frame->Context;
        var slot = context->Slot;
        context->Calls++;
        int powerOfTwo = slot->AddTime(ticks); // 2 ns
        bytes -= frame->Thread->ProbeBytes + frame->StartBytes;
        if (bytes == 0) // true for most calls, which saves them 1 ns
        {
            slot->Bytes.AddZero();
            return;
        }
        AddNested(frame, isOutermost, bytes);
        slot->AddBytes(bytes, powerOfTwo);
    }

    /// <summary>Ends a call that may have started something. Its frame was the first segment.</summary>
    [MethodImpl(Steady)]
    public static void ExitStarted(OpenFrame* frame, bool completed)
    {
        long end = Clock.Now();
        CloseAbove(frame, end);
        long bytes = Close(frame, end, out long ticks);
        frame->Context->Calls++;
        var slot = frame->Context->Slot;
        if (slot->Bodies != null)
        {
            if (frame->Probing != null)
            {
                slot->Bodies->Probing.Calls++;
            }
            else
            {
                slot->Bodies->Control.Calls++;
            }
        }
        var note = frame->Note;
        frame->Note = FrameNote.None;
        if (frame->Call != null)
        {
            AsyncRecorder.EndStart(frame, bytes);
            return;
        }
        if (note == FrameNote.Enumerated)
        {
            return;
        }

        slot->AddBytes(bytes, slot->AddTime(ticks));
        slot->WallTicks += ticks;
        if (!completed || note == FrameNote.FailedAtOnce)
        {
            slot->Failures++;
        }
    }

    /// <summary>Ends a segment of a call that has been counted already. Returns the segment's bytes.</summary>
    [MethodImpl(Steady)]
    public static long ExitSegment(OpenFrame* frame, out long end)
    {
        end = Clock.Now();
        if (frame->Thread->Top != frame)
        {
            CloseAbove(frame, end);
        }

        return Close(frame, end, out _);
    }

    /// <summary>Records the wall time of a call that was counted when it started. Runs on whichever thread the call ends.</summary>
    public static void Complete(int method, long startTicks, long epoch, bool failed)
    {
        if (epoch == s_cells->Epoch)
        {
            Current->SlotOf(method)->AddCompletion(Math.Max(0, Clock.Now() - startTicks), failed);
        }
    }

    /// <summary>Does the same for the enumeration of an iterator, whose bytes are also known.</summary>
    public static void CompleteEnumeration(ObservedCall call, long bytes, bool failed)
    {
        if (call.Epoch != s_cells->Epoch)
        {
            return;
        }

        Complete(call.Method, call.StartTicks, call.Epoch, failed);
        Current->SlotOf(call.Method)->AddBytes(bytes);
    }

    /// <summary>Closes a frame, and also adds its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Close(OpenFrame* frame, long end, out long ticks)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes;
        var probing = frame->Probing;
        if (probing != null)
        {
            long selfBytes = bytes - frame->NestedBytes;
            probing->Probing.SelfBytes += selfBytes;
            probing->UnattributedBytes += selfBytes - frame->SiteBytes;
            frame->ProbeTicks += frame->SiteHits * s_cells->SiteTicks;
        }
        bool isOutermost = Leave(frame, end, out ticks);
        if (bytes != 0)
        {
            AddNested(frame, isOutermost, bytes);
        }

        return bytes;
    }

    /// <summary>
    /// Removes the frame from the stack and adds its time to its context, its slot's inclusive time and the frame below. Self time is never
    /// negative, and inclusive time is self plus nested time, so the figures of one thread always add up. Costs about 4 ns, including the reading
    /// of bytes.
    /// </summary>
    /// <returns>Whether no other frame of the method is open on the thread.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Leave(OpenFrame* frame, long end, out long ticks)
    {
        var below = frame->Below;
        frame->Thread->Top = below;
        var context = frame->Context;
        var slot = context->Slot;
        bool isOutermost = --slot->Depth == 0;
        ticks = 0;
        if (Clock.IsRunning)
        {
            long probeTicks = frame->ProbeTicks;
            long selfTicks = Math.Max(0, end - frame->StartTicks - s_cells->InnerTicks - probeTicks - frame->NestedTicks);
            ticks = selfTicks + frame->NestedTicks;
            below->NestedTicks += ticks;
            below->ProbeTicks += probeTicks + s_cells->FrameTicks;
            context->SelfTicks += selfTicks;
            context->InclusiveTicks += ticks;
            if (isOutermost)
            {
                slot->InclusiveTicks += ticks;
            }
        }
        return isOutermost;
    }

    /// <summary>Adds the bytes of a closed frame to its context, its slot's inclusive bytes and the frame below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddNested(OpenFrame* frame, bool isOutermost, long bytes)
    {
        var context = frame->Context;
        frame->Below->NestedBytes += bytes;
        context->SelfBytes += bytes - frame->NestedBytes;
        context->InclusiveBytes += bytes;
        if (isOutermost)
        {
            context->Slot->InclusiveBytes += bytes;
        }
    }

    // Closes blocks that were left open across an await. Their figures for this thread end with the frame around them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CloseAbove(OpenFrame* frame, long end)
    {
        var thread = frame->Thread;
        while (thread->Top != frame)
        {
            CloseEarly(thread->Top, end);
        }
    }

    private static void CloseEarly(OpenFrame* block, long end)
    {
        Interlocked.Exchange(ref block->BlockSerial, 0);
        long bytes = Close(block, end, out _);
        block->Context->Calls++;
        block->Context->Slot->AddBytes(bytes);
    }

    /// <summary>Opens the frame of a block. The block may be ended on any thread.</summary>
    public static OpenFrame* EnterBlock(int method, out long serial)
    {
        var frame = Enter(method);
        serial = frame->Thread->NextSerial();
        Volatile.Write(ref frame->BlockSerial, serial);
        return frame;
    }

    /// <summary>
    /// Ends a block. If it runs on its own thread and there are only blocks above it, its frame is closed like any other and the result is true.
    /// Otherwise, a frame that is still open is left to its thread. The thread closes it together with the frame around it, or when it next
    /// checks its record.
    /// </summary>
    public static bool TryExitBlock(OpenFrame* frame, long serial)
    {
        if (frame->Thread == s_record && IsUnderBlocksOnly(frame))
        {
            if (Interlocked.CompareExchange(ref frame->BlockSerial, 0, serial) != serial)
            {
                return false;
            }

            ExitStarted(frame, true);
            return true;
        }
        if (Interlocked.CompareExchange(ref frame->BlockSerial, -serial, serial) == serial)
        {
            Interlocked.Exchange(ref frame->Thread->SeenEpoch, 0);
        }

        return false;
    }

    // The frames of calls are closed only in their own finally block. If the frame is no longer open, the loop ends at the bottom frame.
    private static bool IsUnderBlocksOnly(OpenFrame* frame)
    {
        var above = frame->Thread->Top;
        while (above != frame && above->BlockSerial != 0)
        {
            above = above->Below;
        }

        return above == frame;
    }

    /// <summary>
    /// Updates the thread's record, outside the hot path: for a thread's first frame, after a reset, or after one of its blocks ended on another
    /// thread.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadRecord* Attend(ThreadRecord* thread)
    {
        if (thread == null)
        {
            s_record = thread = (ThreadRecord*)SharedRecording.RecordOfThisThread();
        }

        long epoch = Volatile.Read(ref s_cells->Epoch);
        Interlocked.Exchange(ref thread->SeenEpoch, epoch); // before the check, so that no request is lost
        if (thread->Top->BlockSerial < 0)
        {
            long now = Clock.Now();
            while (thread->Top->BlockSerial < 0)
            {
                CloseEarly(thread->Top, now);
            }
        }
        if (thread->Epoch != epoch)
        {
            thread->Renew(epoch);
        }

        return thread;
    }

    /// <summary>
    /// Runs work with a record of its own that no snapshot contains. Called once per process, for calibration. The record is not freed.
    /// </summary>
    public static void RunApart(delegate* <void> work)
    {
        var before = s_record;
        s_record = ThreadRecord.Create(s_cells->Epoch);
        work();
        s_record = before;
    }
}
