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

    /// <summary>Whether no call is recorded now.</summary>
    public static bool IsOff
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_cells->Detail == RecordingDetail.Off;
    }

    /// <summary>Counts a call that has no frame. Inlined into hot methods without sites, where it costs 2 to 5 ns.</summary>
    /// <returns>Whether the call has no frame. If it has one, <see cref="Enter"/> opens it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Skips(int method)
    {
        if (s_cells->Detail == RecordingDetail.Off)
        {
            return true;
        }

        var thread = s_record;
        return thread != null && thread->SeenGeneration == s_cells->Generation && --thread->Countdowns[method] >= 0;
    }

    /// <summary>Opens a frame of the method on the calling thread, or counts a call that has none and returns null.</summary>
    /// <inheritdoc cref="Enter"/>
    [MethodImpl(Steady)]
    public static OpenFrame* EnterUnlessSkipped(int method, int siteCount) => Skips(method) ? null : Enter(method, siteCount);

    /// <summary>The calling thread's record. It is updated first if a reset or another thread requests that.</summary>
    public static ThreadRecord* Current
    {
        get
        {
            var thread = s_record;
            return thread == null || thread->SeenGeneration != s_cells->Generation ? Attend(thread) : thread;
        }
    }

    /// <summary>The calling thread's record as the thread last saw it. It has one if it is opening or closing a frame.</summary>
    public static ThreadRecord* Attended => s_record;

    /// <summary>
    /// Returns this copy's record of the calling thread, and creates it if necessary. For other copies of the runtime, which have thread-statics
    /// of their own.
    /// </summary>
    public static nint RecordOfThisThread() => (nint)Current;

    /// <summary>Opens a frame of the method on the calling thread, after <see cref="Skips"/> said so.</summary>
    /// <remarks>
    /// This and <see cref="Exit"/> are calls. Inlined into hot methods, they were not faster in programs whose methods do some work
    /// (playground/Accuracy, levels), and their code changed bytes: the JIT inlines less into a method that has many locals already, so objects went
    /// to the heap that production keeps off it.
    /// </remarks>
    /// <param name="method">The method's index.</param>
    /// <param name="siteCount">How many sites the instrumented body has; 0 if there is none.</param>
    [MethodImpl(Steady)]
    public static OpenFrame* Enter(int method, int siteCount)
    {
        var thread = s_record;
        if (thread != null && thread->SeenGeneration == s_cells->Generation && thread->EntersAll) // a read-mostly line
        {
            var below = thread->Top;
            var context = below->Context->LastChild;
            var frame = below->Above;
            if (context->Method == method && frame != null) // one comparison decides whether this is the right context
            {
                OpenCall(thread, context, frame, siteCount);
                return frame;
            }
        }

        return EnterAnother(method, siteCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OpenCall(ThreadRecord* thread, Context* context, OpenFrame* frame, int siteCount)
    {
        frame->Context = context;
        if (--context->Countdown < 0)
        {
            Record(thread, frame, siteCount);
            return;
        }

        frame->Kind = thread->LightKind;
        frame->Probing = null;
        thread->LightFrames++;
        thread->Top = frame;
        frame->NestedBytes = 0;
        frame->StartBytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes; // 3 ns
    }

    /// <summary>The slower path: the context is not the one entered last, or is not even known. Costs 3-4 ns more.</summary>
    [MethodImpl(Steady)]
    private static OpenFrame* EnterAnother(int method, int siteCount)
    {
        bool isLate = s_record == null || s_record->SeenGeneration != s_cells->Generation;
        var thread = Current;
        if (!thread->EntersAll)
        {
            return isLate && thread->SkipsLate(method) ? null : EnterChosen(thread, method, siteCount);
        }

        var (context, frame) = Next(thread, method);
        OpenCall(thread, context, frame, siteCount);
        MarkIfRoot(thread, frame);
        return frame;
    }

    /// <summary>Opens a frame where not every call has one.</summary>
    [MethodImpl(Steady)]
    private static OpenFrame* EnterChosen(ThreadRecord* thread, int method, int siteCount)
    {
        var (context, frame) = Next(thread, method);
        var slot = context->Slot;
        if (thread->Nesting == NestedCalls.Measured && !slot->AlwaysEnters)
        {
            frame->Below->DirectCalls++;
            frame->Weight = 1;
            Open(thread, frame, context, NestedCalls.Skipped);
            frame->Kind = FrameKind.Direct;
            if (thread->IsEntering)
            {
                thread->IsEntering = false; // a sample of another method has its figures
                SharedRecording.Close(thread->Entering, 0);
            }

            return frame;
        }

        frame->Weight = frame->TimeWeight = thread->Nesting == NestedCalls.Chosen ? Sampling.Next(thread, slot) : 1;
        bool isOneOfMany = frame->Weight > 1;
        long now = isOneOfMany ? Clock.Now() : 0;
        var nested = thread->Nesting == NestedCalls.Chosen ? Sampling.Inside(thread, slot, frame) : thread->Nesting;
        if (siteCount > 0)
        {
            ChooseBody(thread, slot, context->Method, siteCount, nested);
        }

        Open(thread, frame, context, nested);
        if (siteCount > 0)
        {
            Probe(frame, slot->RunBody);
        }

        if (nested == NestedCalls.Skipped && thread->Top->Before == NestedCalls.Chosen)
        {
            Sampling.CountSkipped(frame, ref slot->Undisturbed);
            frame->StartTicks = Clock.Now();
            if (isOneOfMany)
            {
                Rehearse(frame, now);
            }
        }

        MarkIfRoot(thread, frame);
        return frame;
    }

    /// <summary>The body of the method's next call: the original one, if the time of the call counts, and else the other.</summary>
    private static void ChooseBody(ThreadRecord* thread, Slot* slot, int method, int siteCount, NestedCalls nested)
    {
        if (nested == NestedCalls.Chosen)
        {
            if (--slot->RunLeft < 0)
            {
                slot->RunBody = thread->NextRun(slot, method, siteCount);
            }

            return;
        }

        var bodies = ThreadRecord.BodiesOf(slot, siteCount);
        slot->RunBody = nested == NestedCalls.Measured && BodyChoice.Current.MayProbe ? bodies : null;
        slot->RunLeft = 0;
    }

    /// <summary>Opens a frame that is recorded, and decides when the next one is. Chooses the body of a method with two.</summary>
    [MethodImpl(Steady)]
    private static void Record(ThreadRecord* thread, OpenFrame* frame, int siteCount)
    {
        var context = frame->Context;
        var slot = context->Slot;
        bool isOneOfMany = context->Weight > 1;
        long now = isOneOfMany ? Clock.Now() : 0;
        if (thread->LightKind != FrameKind.Recorded)
        {
            frame->Weight = Sampling.Next(thread, context);
        }
        else // every call is recorded
        {
            frame->Weight = 1;
            context->Countdown = 0;
        }

        frame->TimeWeight = frame->Weight;

        if (siteCount > 0 && --slot->RunLeft < 0)
        {
            slot->RunBody = thread->NextRun(slot, context->Method, siteCount);
        }

        var nested = context->IsDisturbed && Sampling.IsUndisturbed(thread, context) ? NestedCalls.Skipped : NestedCalls.Chosen;
        Open(thread, frame, context, nested);
        if (siteCount > 0)
        {
            Probe(frame, nested == NestedCalls.Skipped ? null : slot->RunBody);
        }

        if (nested == NestedCalls.Skipped)
        {
            Sampling.CountSkipped(frame, ref context->Undisturbed);
            frame->StartTicks = Clock.Now();
        }

        if (isOneOfMany)
        {
            Rehearse(frame, now);
        }
    }

    /// <summary>
    /// Finds out what a recorded call costs among others that are not: a multiple of what it costs in a loop, where code and data are at hand, and
    /// another multiple on a busy machine. Reads the clock as the call's end will do, twice; the first time brings the code to the processor.
    /// </summary>
    [MethodImpl(Steady)]
    private static void Rehearse(OpenFrame* frame, long begin)
    {
        if (!Clock.IsRunning)
        {
            return;
        }

        frame->Kind = FrameKind.Rehearsed;
        Exit(frame);
        frame->StartTicks = Clock.Now();
        Exit(frame);
        frame->Kind = FrameKind.Recorded;
        frame->StartTicks = Clock.Now();
        frame->CostTicks = frame->StartTicks - begin + frame->InnerTicks;
    }

    /// <summary>Opens a frame that is recorded without being a call, and without counting one: of a block, or of work that continues.</summary>
    [MethodImpl(Steady)]
    public static OpenFrame* EnterUncounted(int method)
    {
        var thread = Current;
        var (context, frame) = Next(thread, method);
        frame->Weight = 1;
        Open(thread, frame, context, thread->Nesting);
        MarkIfRoot(thread, frame);
        return frame;
    }

    /// <summary>Has a frame that was just opened add its bytes to the call of the operation in which it was opened, if it is a root frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MarkIfRoot(ThreadRecord* thread, OpenFrame* frame)
    {
        if (thread->IsEntering)
        {
            thread->IsEntering = false;
            MarkRoot(frame, thread->Entering);
        }
    }

    private static void MarkRoot(OpenFrame* frame, OperationCall* operation)
    {
        frame->Operation = operation;
        frame->OtherBytes = 0;
        frame->Kind = frame->Kind == FrameKind.Bytes ? FrameKind.RootBytes : FrameKind.Root;
        if (operation != null && frame->Thread->Detail < RecordingDetail.Standard)
        {
            operation->IsPartial = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Place Next(ThreadRecord* thread, int method)
    {
        var below = thread->Top;
        var context = below->Context->LastChild;
        if (context->Method != method)
        {
            context = thread->ChildOf(below->Context, method); // a root frame in a process with operations always comes here
        }

        var frame = below->Above;
        if (frame == null)
        {
            frame = thread->NewFrames(below);
        }

        return new() { Context = context, Frame = frame };
    }

    private ref struct Place
    {
        public Context* Context;
        public OpenFrame* Frame;

        public readonly void Deconstruct(out Context* context, out OpenFrame* frame)
        {
            context = Context;
            frame = Frame;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Open(ThreadRecord* thread, OpenFrame* frame, Context* context, NestedCalls nested)
    {
        frame->Before = thread->Nesting;
        frame->Nested = nested;
        if (nested != thread->Nesting)
        {
            thread->Nest(nested);
        }

        frame->DirectCalls = 0;
        frame->Context = context; // 1 ns: stores to three lines
        frame->Kind = FrameKind.Recorded;
        frame->InnerTicks = s_cells->InnerTicks;
        frame->CostTicks = s_cells->FrameTicks;
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
        frame->StartRecordingTicks = thread->RecordingTicks;
        frame->StartLightFrames = thread->LightFrames;
        frame->StartTicks = Clock.Now(); // last, because the time of the code above does not belong to the call
    }

    /// <summary>Opens the frame of a step of an iterator, or of other work that continues after the call.</summary>
    [MethodImpl(Steady)]
    public static OpenFrame* EnterStep(int method, int siteCount)
    {
        var frame = EnterUncounted(method);
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
        frame->Weight = call->Weight;
        Open(thread, frame, context, call->Weight > 1 ? NestedCalls.Measured : thread->Nesting);
        if (call->IsProbing)
        {
            Probe(frame, ThreadRecord.BodiesOf(context->Slot, call->SiteCount));
        }

        frame->Call = call;
        frame->IsSegment = true;
        if (call->Operation != null && call->Operation->TryOpen(call->OperationSerial))
        {
            MarkRoot(frame, call->Operation);
        }

        if (s_cells->HasOperations)
        {
            FollowOperation(); // it may be another one by now, if one began in the call
        }

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
        frame->Context->SegmentTicks += ticks;
        if (frame->Thread->Detail != RecordingDetail.Full)
        {
            Sampling.AddSegment(frame, ticks, bytes);
        }

        frame->Thread->RecordingTicks += ticks; // for the frames below, which do not include it
        frame->Thread->ProbeBytes += bytes;
        return bytes;
    }

    /// <summary>
    /// Counts a hit of a site. Costs one read of the allocation counter and about 4 ns, and more if something was allocated. Does nothing in a
    /// control call and in one that is not recorded. Such calls run the instrumented body if a program could tell the delegates of the two bodies
    /// apart.
    /// </summary>
    [MethodImpl(Steady)]
    public static void Hit(OpenFrame* frame, int site)
    {
        if (frame == null || frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        var counters = BodyCounters.Sites(frame->Probing) + site;
        counters->Hits += frame->Weight;
        frame->SiteHits++;
        long bytes = self - frame->SiteBytes;
        if ((bytes | counters->Pending) == 0)
        {
            return;
        }

        frame->SiteBytes = self;
        counters->AddHit(bytes, frame->Weight);
        if (frame->Thread->Flight != null)
        {
            frame->Thread->Flight->Hit(frame, site, bytes);
        }

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
        (BodyCounters.Sites(frame->Probing) + site)->RemoveHit(bytes, frame->Weight);
    }

    /// <summary>Excludes the bytes that a method's frame has allocated since its last probe from all sites.</summary>
    public static void LeaveOut(OpenFrame* frame, int method)
    {
        if (frame->Context->Method != method || frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        frame->Probing->UnattributedBytes += frame->Weight * (self - frame->SiteBytes);
        frame->SiteBytes = self;
    }

    /// <summary>Counts a part of a hit: a site has allocated and its hit is not complete yet.</summary>
    [MethodImpl(Steady)]
    public static void Part(OpenFrame* frame, int site)
    {
        if (frame == null || frame->Probing == null)
        {
            return;
        }

        long self = GC.GetAllocatedBytesForCurrentThread() - frame->Thread->ProbeBytes - frame->StartBytes - frame->NestedBytes;
        frame->SiteHits++;
        (BodyCounters.Sites(frame->Probing) + site)->AddPart(self - frame->SiteBytes, frame->Weight);
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
            (BodyCounters.Sites(frame->Probing) + i)->EndPart(frame->Weight);
        }
    }

    /// <summary>Ends a call that an exception leaves.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExitFailed(OpenFrame* frame)
    {
        frame->Context->Slot->Failures +=
            frame->Kind == FrameKind.Direct ? 0 // the sample stands for it
            : frame->Thread->Detail < RecordingDetail.Standard ? frame->Weight
            : 1;
        FailOperation(frame);
        if (frame->Probing != null)
        {
            Thrown(frame);
        }

        Exit(frame);
    }

    // An exception that leaves a root frame is the operation's. What the frames above it threw has been caught in it.
    private static void FailOperation(OpenFrame* frame)
    {
        if (frame->Kind is FrameKind.Root or FrameKind.RootBytes && frame->Operation != null)
        {
            frame->Operation->HasFailed = true;
        }
    }

    /// <summary>Ends a call.</summary>
    [MethodImpl(Steady)]
    public static void Exit(OpenFrame* frame)
    {
        if (frame->Kind < FrameKind.Rehearsed)
        {
            if (frame->Kind == FrameKind.Bytes)
            {
                ExitBytes(frame);
            }
            else
            {
                ExitDirectOrRoot(frame);
            }

            return;
        }

        long end = Clock.Now(); // first, because the time of the code below does not belong to the call
        if (frame->Kind != FrameKind.Recorded) // root frames take the place of a comparison that is needed anyway
        {
            ExitRehearsedOrRoot(frame, end);
            return;
        }

        ExitRecorded(frame, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExitDirectOrRoot(OpenFrame* frame)
    {
        if (frame->Kind == FrameKind.Direct)
        {
            ExitDirect(frame);
            return;
        }

        long before = frame->Below->NestedBytes;
        ExitBytes(frame);
        CloseRoot(frame, frame->Below->NestedBytes - before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExitRehearsedOrRoot(OpenFrame* frame, long end)
    {
        if (frame->Kind == FrameKind.Rehearsed)
        {
            frame->InnerTicks = end - frame->StartTicks;
            return;
        }

        long before = frame->Below->NestedBytes;
        ExitRecorded(frame, end);
        CloseRoot(frame, frame->Below->NestedBytes - before);
    }

    private static void CloseRoot(OpenFrame* frame, long bytes)
    {
        SharedRecording.Close(frame->Operation, bytes - frame->OtherBytes);
        if (frame->Below->Kind == FrameKind.Boundary && !frame->IsSegment)
        {
            PassOn(frame->Below);
        }
    }

    /// <summary>
    /// Called where another operation may have become the current one. If a hot method is running on the thread, in another operation or in none,
    /// its callees must be root frames from now on.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FollowOperation()
    {
        var thread = s_record;
        if (thread == null || thread->Top->Below == null)
        {
            return;
        }

        var top = thread->Top;
        bool isBound = top->Kind == FrameKind.Boundary;
        bool mustBe = SharedRecording.IsInOther(OperationOf(isBound ? top->Below : top));
        if (mustBe && !isBound)
        {
            var frame = top->Above;
            OpenBoundary(thread, frame != null ? frame : thread->NewFrames(top));
        }
        else if (isBound && !mustBe)
        {
            CloseBoundary(top);
        }
    }

    /// <summary>The call of an operation to which the bytes of a frame belong; null if there is none.</summary>
    public static OperationCall* OperationOf(OpenFrame* frame)
    {
        var root = RootOf(frame);
        return root == null ? null : root->Operation;
    }

    /// <summary>The root frame or segment that the frame is in, or is; null outside of operations.</summary>
    private static OpenFrame* RootOf(OpenFrame* frame)
    {
        for (; frame->Below != null && frame->Kind != FrameKind.Boundary; frame = frame->Below)
        {
            if (frame->Kind is FrameKind.Root or FrameKind.RootBytes)
            {
                return frame;
            }

            if (frame->IsSegment)
            {
                break;
            }
        }

        return null;
    }

    // It is closed as a block is that was left open: with the frame around it at the latest.
    private static void OpenBoundary(ThreadRecord* thread, OpenFrame* frame)
    {
        frame->Context = thread->FirstContext;
        frame->Kind = FrameKind.Boundary;
        frame->Before = frame->Nested = thread->Nesting;
        frame->NestedTicks = frame->NestedBytes = frame->DirectCalls = 0;
        frame->Weight = frame->Below->Weight;
        frame->Probing = null;
        Volatile.Write(ref frame->BlockSerial, thread->NextSerial());
        thread->Top = frame;
    }

    private static void CloseBoundary(OpenFrame* frame)
    {
        PassOn(frame);
        frame->BlockSerial = 0;
        frame->Thread->Top = frame->Below;
    }

    // What is above a boundary is nested in the frame below it, so that the figures of that frame stay its own.
    private static void PassOn(OpenFrame* boundary)
    {
        var below = boundary->Below;
        below->NestedTicks += boundary->NestedTicks;
        below->NestedBytes += boundary->NestedBytes;
        below->DirectCalls += boundary->DirectCalls;
        var root = RootOf(below);
        if (root != null)
        {
            root->OtherBytes += boundary->NestedBytes;
        }

        boundary->NestedTicks = boundary->NestedBytes = boundary->DirectCalls = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExitRecorded(OpenFrame* frame, long end)
    {
        var thread = frame->Thread;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes - frame->StartBytes; // 3 ns
        if (thread->Top != frame)
        {
            CloseAbove(frame, end);
        }

        var context = frame->Context;
        var slot = context->Slot;
        var probing = frame->Probing;
        long weight = frame->Weight;
        long nestedTicks = frame->NestedTicks,
            selfBytes = bytes - frame->NestedBytes;
        bool isOutermost = Leave(frame, end, out long ticks);
        context->Calls++;
        long timeWeight = frame->TimeWeight;
        if (thread->Detail != RecordingDetail.Full)
        {
            Sampling.Add(frame, ticks, bytes);
        }

        int powerOfTwo = 0;
        if (probing != null)
        {
            probing->Probing.Add(weight, ticks, ticks - nestedTicks, selfBytes);
            probing->UnattributedBytes += weight * (selfBytes - frame->SiteBytes);
            powerOfTwo = timeWeight == 0 ? 0 : probing->AddTime(ticks, timeWeight);
        }
        else
        {
            if (slot->Bodies != null)
            {
                slot->Bodies->Control.Add(weight, ticks, ticks - nestedTicks, selfBytes);
            }

            powerOfTwo = timeWeight == 0 ? 0 : slot->AddTime(ticks, timeWeight); // 2 ns
        }
        if (bytes == 0) // true for most calls, which saves them 1 ns
        {
            slot->Bytes.AddZero(weight);
        }
        else
        {
            AddNested(frame, isOutermost, bytes);
            slot->AddBytes(bytes, powerOfTwo, weight);
        }

        if (thread->Flight != null)
        {
            thread->Flight->Add(frame, ticks, bytes);
        }

        // The calibrated cost of a frame includes its end. That of a call that has rehearsed does not.
        if (weight > 1)
        {
            thread->RecordingTicks += Clock.Now() - end;
        }
    }

    /// <summary>Ends a call whose frame reads no clock.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExitBytes(OpenFrame* frame)
    {
        var thread = frame->Thread;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes - frame->StartBytes;
        if (thread->Top != frame)
        {
            CloseAbove(frame, Clock.Now());
        }

        thread->Top = frame->Below;
        if (bytes != 0)
        {
            AddNested(frame, isOutermost: false, bytes);
            frame->Context->Slot->CheckBytes(bytes);
        }

        if (thread->Flight != null)
        {
            thread->Flight->Add(frame, 0, bytes);
        }
    }

    /// <summary>Ends a call that was measured for the frame around it.</summary>
    [MethodImpl(Steady)]
    private static void ExitDirect(OpenFrame* frame)
    {
        long end = Clock.Now();
        var thread = frame->Thread;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - thread->ProbeBytes - frame->StartBytes;
        if (thread->Top != frame)
        {
            CloseAbove(frame, end);
        }

        var below = frame->Below;
        var slot = frame->Context->Slot;
        thread->Top = below;
        thread->Nest(frame->Before);
        slot->Depth--;
        slot->DirectCalls++;
        long ticks = 0;
        if (Clock.IsRunning)
        {
            ticks = Math.Max(0, end - frame->StartTicks - frame->InnerTicks - (thread->RecordingTicks - frame->StartRecordingTicks));
            thread->RecordingTicks += frame->CostTicks;
        }

        below->NestedTicks += ticks;
        below->NestedBytes += bytes;
        if (below->Context->Method == frame->Context->Method)
        {
            slot->Sample.RecursiveTicks += (double)below->Weight * ticks;
            slot->Sample.RecursiveBytes += (double)below->Weight * bytes;
        }

        if (thread->Flight != null)
        {
            thread->Flight->Add(frame, ticks, bytes);
        }
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

    /// <summary>Ends a call that may have started something. Its frame was the first segment.</summary>
    [MethodImpl(Steady)]
    public static void ExitStarted(OpenFrame* frame, bool completed)
    {
        long end = Clock.Now();
        if (frame->Kind == FrameKind.Direct)
        {
            frame->Note = FrameNote.None;
            ExitDirect(frame);
            return;
        }

        Promote(frame);
        if (!frame->Context->Slot->IsDeferred)
        {
            frame->Thread->Defer(frame->Context->Slot);
        }

        if (!completed || frame->Note == FrameNote.FailedAtOnce)
        {
            FailOperation(frame);
        }

        CloseAbove(frame, end);
        long bytes = Close(frame, end, out long ticks);
        frame->Context->Calls++;
        var slot = frame->Context->Slot;
        long weight = frame->Weight;
        if (frame->Thread->Detail != RecordingDetail.Full)
        {
            Sampling.AddStarted(frame, ticks, bytes);
        }

        if (slot->Bodies != null)
        {
            if (frame->Probing != null)
            {
                slot->Bodies->Probing.Calls += weight;
            }
            else
            {
                slot->Bodies->Control.Calls += weight;
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
            if (!slot->AlwaysEnters)
            {
                frame->Thread->EnterAlways(slot);
            }

            return;
        }

        slot->AddBytes(bytes, slot->AddTime(ticks, weight), weight);
        slot->WallTicks += weight * ticks;
        if (!completed || note == FrameNote.FailedAtOnce)
        {
            slot->Failures += weight;
        }
    }

    /// <summary>
    /// Records the rest of a call in a light frame, because it starts something that goes on after it. Later calls of the method are recorded from
    /// the start.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Promote(OpenFrame* frame)
    {
        if (frame->Kind < FrameKind.Recorded)
        {
            PromoteLight(frame);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PromoteLight(OpenFrame* frame)
    {
        var thread = frame->Thread;
        var context = frame->Context;
        var kind = frame->Kind;
        frame->Kind = kind == FrameKind.RootBytes ? FrameKind.Root : FrameKind.Recorded;
        frame->Weight = frame->TimeWeight = 1;
        if (kind == FrameKind.Direct)
        {
            return; // it has read everything
        }

        context->Assigned--;
        frame->Before = frame->Nested = thread->Nesting;
        frame->InnerTicks = s_cells->InnerTicks;
        frame->CostTicks = s_cells->FrameTicks;
        context->Slot->Depth++;
        frame->NestedTicks = 0;
        frame->StartRecordingTicks = thread->RecordingTicks;
        frame->StartLightFrames = thread->LightFrames;
        frame->StartTicks = Clock.Now();
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
        }
        bool isOutermost = Leave(frame, end, out ticks);
        if (bytes != 0)
        {
            AddNested(frame, isOutermost, bytes);
        }

        if (frame->Thread->Flight != null)
        {
            frame->Thread->Flight->Add(frame, ticks, bytes);
        }

        if (frame->Kind == FrameKind.Root)
        {
            CloseRoot(frame, bytes);
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
        if (frame->Nested != frame->Before)
        {
            frame->Thread->Nest(frame->Before);
        }

        var context = frame->Context;
        var slot = context->Slot;
        bool isOutermost = --slot->Depth == 0;
        ticks = 0;
        if (Clock.IsRunning)
        {
            var thread = frame->Thread;
            long siteTicks = frame->Probing == null ? 0 : frame->SiteHits * s_cells->SiteTicks;
            long recordingTicks = siteTicks + thread->RecordingTicks - frame->StartRecordingTicks;
            long lightFrames = thread->LightFrames - frame->StartLightFrames;
            if (lightFrames != 0)
            {
                long lightTicks = (long)(lightFrames * s_cells->BytesTicks);
                recordingTicks += lightTicks;
                context->IsDisturbed = lightTicks * Sampling.Disturbed > end - frame->StartTicks;
            }

            long selfTicks = Math.Max(0, end - frame->StartTicks - frame->InnerTicks - recordingTicks - frame->NestedTicks);
            ticks = selfTicks + frame->NestedTicks;
            below->NestedTicks += ticks;
            thread->RecordingTicks += siteTicks + frame->CostTicks;
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
        if (block->Kind == FrameKind.Boundary)
        {
            CloseBoundary(block);
            return;
        }

        Interlocked.Exchange(ref block->BlockSerial, 0);
        long bytes = Close(block, end, out _);
        block->Context->Calls++;
        block->Context->Slot->AddBytes(bytes);
    }

    /// <summary>Opens the frame of a block. The block may be ended on any thread.</summary>
    public static OpenFrame* EnterBlock(int method, out long serial)
    {
        var frame = EnterUncounted(method);
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
            Interlocked.Exchange(ref frame->Thread->SeenGeneration, 0);
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

        long generation = Volatile.Read(ref s_cells->Generation);
        Interlocked.Exchange(ref thread->SeenGeneration, generation); // before the checks, so that no request is lost
        long epoch = Volatile.Read(ref s_cells->Epoch);
        if (thread->Top->BlockSerial < 0)
        {
            long now = Clock.Now();
            while (thread->Top->BlockSerial < 0)
            {
                CloseEarly(thread->Top, now);
            }
        }
        thread->AddCountdowns(s_cells->MethodCount);
        thread->Follow(s_cells->Detail);
        thread->Follow(s_cells->HasOperations);
        if (thread->Epoch != epoch)
        {
            thread->Renew(epoch);
        }

        return thread;
    }

    /// <summary>
    /// Runs work with a record of its own that no snapshot contains. Called once per process, for calibration. The record is not freed.
    /// </summary>
    public static void RunApart(delegate* <ThreadRecord*, void> work)
    {
        var before = s_record;
        s_record = ThreadRecord.Create(s_cells);
        work(s_record);
        s_record = before;
    }
}
