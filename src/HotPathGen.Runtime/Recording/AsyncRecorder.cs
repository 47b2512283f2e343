using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Measures the segments of async bodies. The first segment runs inside the frame of the starting call. A body that never has to wait has no other
/// segment, and takes no number. Each later segment opens its own frame on the thread that continues the body, in the context in which the call was
/// made. Other frames that are open on that thread do not include it. The steps of an async iterator are different up to an await that waits: the
/// frame of the consumer includes them.
/// </summary>
internal static unsafe class AsyncRecorder
{
    /// <summary>
    /// The smallest number of a call that has not taken one yet: the complement of its method. An exception subtracts the same again.
    /// </summary>
    public const int FirstNumber = -(1 << 30);

    private static readonly SharedCells* s_cells = SharedRecording.Cells;

    /// <summary>Returns the frame of the running segment; null if none is running.</summary>
    /// <param name="number">The number of the call; not 0.</param>
    public static OpenFrame* FrameOf(int number) => number > 0 ? FrameOf(AsyncCalls.Of(number)) : StartOf(~number);

    /// <summary>
    /// Returns the number with which a body starts that runs in the innermost frame of the thread; 0 if the call is not recorded, so that this frame
    /// is not its own.
    /// </summary>
    public static int Start()
    {
        _ = Recorder.Current; // The thread may not have a record yet.
        var frame = Recorder.InnermostCall();
        if (frame->Note != FrameNote.Starting)
        {
            return 0;
        }

        frame->Note = FrameNote.None;
        return ~frame->Context->Method;
    }

    /// <summary>
    /// Called before an await that may have to wait. The starting call ends the first segment, because it still has to create the state machine's
    /// object.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Suspend(ref int number)
    {
        if (number < 0)
        {
            number = Begin(~number);
            return;
        }

        var call = AsyncCalls.Of(number);
        var frame = FrameOf(call);
        if (frame == null)
        {
            return;
        }

        if (frame->IsSegment)
        {
            Close(call, frame);
        }
        else if (call->IsEnumeration)
        {
            CountBox(call, frame);
            Close(call, frame);
        }
    }

    /// <summary>Called after an await, also if the await threw an exception.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Resume(AsyncCall* call)
    {
        if (FrameOf(call) != null)
        {
            return;
        }

        var thread = Recorder.Current;
        if (call->Epoch != thread->Epoch)
        {
            return;
        }

        if (call->HasYielded)
        {
            Step(call);
        }
        else if (call->BytesBeforeBox == 0 || !IsWithoutBox(call, thread))
        {
            call->BytesBeforeBox = 0;
            call->Frame = Recorder.OpenSegment(thread, call);
        }
    }

    /// <summary>Called in the filter of a catch, while the frames of what threw are still open. <see cref="End"/> does the rest.</summary>
    public static void Fail(ref int number)
    {
        if (number > 0)
        {
            var call = AsyncCalls.Of(number);
            call->HasFailed = true;
            Resume(call);
        }
        else if (number < 0)
        {
            number += FirstNumber;
        }
    }

    /// <summary>Called when a body has ended that took a number or failed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void End(int number)
    {
        if (number < 0)
        {
            var start = StartOf(~(number - FirstNumber));
            if (start != null)
            {
                start->Note = FrameNote.FailedAtOnce;
                Recorder.Thrown(start);
            }

            return;
        }

        var call = AsyncCalls.Of(number);
        var frame = FrameOf(call);
        if (frame != null && call->HasFailed)
        {
            Recorder.Thrown(frame);
        }

        call->EndTicks = frame != null && frame->IsSegment ? Close(call, frame) : Clock.Now();
        EndPart(call, Recorder.Current);
    }

    /// <summary>Called when the starting call of a body that took a number has ended.</summary>
    public static void EndStart(OpenFrame* frame, long bytes)
    {
        var call = frame->Call;
        frame->Call = null;
        call->FirstBytes = bytes;
        EndPart(call, frame->Thread);
    }

    /// <summary>Opens the frame of an enumeration's first step and takes a number for it; 0 if no number is free.</summary>
    public static int Enumerate(int method, int siteCount)
    {
        if (Recorder.IsOff)
        {
            return 0;
        }

        var frame = Recorder.EnterStep(method, 0);
        // The calls that create sequences choose between the bodies. An enumeration follows the last of them on its thread.
        var slot = frame->Context->Slot;
        bool isProbing = slot->RunEnd == 0 ? BodyChoice.Current.MayProbe : slot->RunBody != null;
        var call = TryTake(frame->Thread, method, isProbing ? siteCount : 0, frame->StartTicks, parts: 1);
        if (call == null)
        {
            Recorder.ExitSegment(frame, out _);
            return 0;
        }

        call->IsEnumeration = true;
        if (isProbing)
        {
            Recorder.Probe(frame, ThreadRecord.BodiesOf(slot, siteCount));
        }

        Run(call, frame);
        return call->Id;
    }

    /// <summary>Called before a value is handed to the consumer.</summary>
    public static void Yield(int number)
    {
        if (number == 0)
        {
            return;
        }

        var call = AsyncCalls.Of(number);
        call->MayEnd = call->HasYielded = true;
        var frame = call->Frame;
        if (frame->Call == call)
        {
            Close(call, frame);
        }
    }

    /// <summary>Called when the consumer asks for the next value.</summary>
    public static void Continue(int number)
    {
        if (number == 0)
        {
            return;
        }

        var call = AsyncCalls.Of(number);
        call->MayEnd = false;
        if (call->Epoch == Recorder.Current->Epoch)
        {
            Step(call);
        }
    }

    /// <summary>Called when an enumeration reaches its end.</summary>
    public static void Complete(int number)
    {
        if (number != 0)
        {
            AsyncCalls.Of(number)->MayEnd = true;
        }
    }

    /// <summary>Called when the body of an enumeration has ended.</summary>
    public static void Leave(int number)
    {
        if (number == 0)
        {
            return;
        }

        var call = AsyncCalls.Of(number);
        call->HasFailed = !call->MayEnd;
        var frame = FrameOf(call);
        if (frame != null && frame->Probing != null)
        {
            (BodyCounters.Sites(frame->Probing) + frame->Probing->SiteCount - 1)->EndPart(frame->Weight);
        }

        call->EndTicks = frame != null ? Close(call, frame) : Clock.Now();
        EndPart(call, Recorder.Current);
    }

    /// <summary>Takes a number for the call in whose frame the body runs; 0 if none is free or a reset happened in between.</summary>
    private static int Begin(int method)
    {
        var frame = StartOf(method);
        var call =
            frame == null
                ? null
                : TryTake(frame->Thread, method, frame->Probing == null ? 0 : frame->Probing->SiteCount, frame->StartTicks, parts: 2);
        if (call == null)
        {
            return 0;
        }

        call->Weight = frame->Weight;

        Run(call, frame);
        return call->Id;
    }

    private static AsyncCall* TryTake(ThreadRecord* thread, int method, int siteCount, long startTicks, int parts)
    {
        var call = AsyncCalls.Take(thread);
        if (call == null)
        {
            return null;
        }

        int id = call->Id;
        *call = default;
        call->Id = id;
        call->Method = method;
        call->SiteCount = siteCount;
        call->IsProbing = siteCount > 0;
        call->OpenParts = parts;
        call->Weight = 1;
        call->Epoch = thread->Epoch;
        call->StartTicks = startTicks;
        return call;
    }

    /// <summary>Assigns the frame to the call: a segment of its body runs in the frame.</summary>
    private static void Run(AsyncCall* call, OpenFrame* frame)
    {
        call->Context = frame->Context;
        call->Thread = frame->Thread;
        call->Frame = frame;
        frame->Call = call;
        if (s_cells->HasOperations)
        {
            FindOperation(call, frame);
        }
    }

    // Only root frames and later segments know the call of the operation.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FindOperation(AsyncCall* call, OpenFrame* frame)
    {
        call->IsRoot = frame->Kind is FrameKind.Root;
        call->Operation = Recorder.OperationOf(frame);
        call->OperationSerial = call->Operation == null ? 0 : call->Operation->Serial;
    }

    /// <summary>Opens the frame of a step inside that of the consumer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OpenFrame* Step(AsyncCall* call)
    {
        call->HasYielded = false;
        var frame = Recorder.EnterStep(call->Method, call->SiteCount);
        Run(call, frame);
        return frame;
    }

    /// <summary>Returns the frame of a call that has taken no number: the thread's innermost, except for blocks.</summary>
    private static OpenFrame* StartOf(int method)
    {
        var frame = Recorder.InnermostCall();
        return frame->Context->Method == method ? frame : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OpenFrame* FrameOf(AsyncCall* call)
    {
        var frame = call->Frame;
        return frame != null && frame->Call == call && frame->Thread == Recorder.Current ? frame : null;
    }

    /// <summary>
    /// Counts the object in which an enumeration continues after an await, ahead. .NET creates it at the first await that waits, after the segment
    /// has ended and inside the frame of the consumer.
    /// </summary>
    private static void CountBox(AsyncCall* call, OpenFrame* frame)
    {
        if (call->HasBox)
        {
            return;
        }

        call->HasBox = true;
        frame->StartBytes -= StateMachineBox.Bytes;
        call->BytesBeforeBox = GC.GetAllocatedBytesForCurrentThread();
        if (frame->Probing != null)
        {
            Recorder.Hit(frame, frame->Probing->SiteCount - 2);
        }
    }

    /// <summary>
    /// If the thread has not created the object since it was counted, the await did not wait. Then this takes the object back and continues the step.
    /// </summary>
    private static bool IsWithoutBox(AsyncCall* call, ThreadRecord* thread)
    {
        if (call->Thread != thread || (ulong)(GC.GetAllocatedBytesForCurrentThread() - call->BytesBeforeBox) >= (ulong)StateMachineBox.Bytes)
        {
            return false;
        }

        call->HasBox = false;
        call->BytesBeforeBox = 0;
        var frame = Step(call);
        frame->StartBytes += StateMachineBox.Bytes;
        if (frame->Probing != null)
        {
            Recorder.Unhit(frame, frame->Probing->SiteCount - 2, StateMachineBox.Bytes);
        }

        return true;
    }

    /// <summary>Ends a segment and returns when it ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Close(AsyncCall* call, OpenFrame* frame)
    {
        frame->Call = null;
        call->Bytes += frame->IsSegment ? Recorder.CloseSegment(frame, out long end) : Recorder.ExitSegment(frame, out end);
        return end;
    }

    private static void EndPart(AsyncCall* call, ThreadRecord* thread)
    {
        if (Volatile.Read(ref call->OpenParts) > 1 && Interlocked.Decrement(ref call->OpenParts) != 0)
        {
            return;
        }

        if (call->HasFailed && call->IsRoot && call->Operation != null && call->Operation->Serial == call->OperationSerial)
        {
            call->Operation->HasFailed = true;
        }

        if (call->Epoch == thread->Epoch)
        {
            var slot = thread->SlotOf(call->Method);
            slot->AddCompletion(Math.Max(0, call->EndTicks - call->StartTicks), call->HasFailed, call->Weight);
            slot->AddBytes(call->FirstBytes + call->Bytes, call->Weight);
            if (thread->Flight != null)
            {
                thread->Flight->Complete(call);
            }
        }

        AsyncCalls.Return(thread, call);
    }
}
