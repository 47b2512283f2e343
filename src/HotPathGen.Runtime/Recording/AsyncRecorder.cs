using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Measures the segments of async bodies. The first segment runs inside the frame of the starting call. Each later segment opens its own frame on
/// the thread that continues the body, in the context in which the call was made. Other frames that are open on that thread do not include it.
/// </summary>
internal static unsafe class AsyncRecorder
{
    /// <summary>Takes a number for the call whose frame is open.</summary>
    public static int Begin(OpenFrame* frame)
    {
        if (frame->Context->Method == Context.NoMethod)
        {
            return 0;
        }

        var call = TryTake(
            frame->Thread,
            frame->Context->Method,
            frame->Probing == null ? 0 : frame->Probing->SiteCount,
            frame->StartTicks,
            parts: 2
        );
        if (call == null)
        {
            return 0;
        }

        Run(call, frame);
        return call->Id;
    }

    /// <summary>Takes a number for an enumeration that is about to begin; null if no number is free or a reset happened in between.</summary>
    public static AsyncCall* BeginEnumeration(ObservedCall observed)
    {
        var thread = Recorder.Current;
        return observed.Epoch == thread->Epoch ? TryTake(thread, observed.Method, observed.SiteCount, observed.StartTicks, parts: 1) : null;
    }

    private static AsyncCall* TryTake(ThreadRecord* thread, int method, int siteCount, long startTicks, int parts)
    {
        var call = AsyncCalls.Take(thread);
        if (call == null)
        {
            return null;
        }

        call->Method = method;
        call->SiteCount = siteCount;
        call->IsProbing = siteCount > 0;
        call->OpenParts = parts;
        call->HasFailed = false;
        call->Epoch = thread->Epoch;
        call->StartTicks = startTicks;
        call->Bytes = 0;
        call->Frame = null;
        return call;
    }

    /// <summary>Assigns the frame to the call: a segment of its body runs in the frame. The code that opened the frame also ends it.</summary>
    public static void Run(AsyncCall* call, OpenFrame* frame)
    {
        call->Context = frame->Context;
        call->Thread = frame->Thread;
        call->Frame = frame;
        frame->Call = call;
    }

    /// <summary>Returns the number of the enumeration whose first step the calling thread is running; 0 if a reset happened in between.</summary>
    public static int TryEnumerate(int method)
    {
        var call = Recorder.Current->Top->Call;
        if (call == null || call->Method != method || call->OpenParts != 1)
        {
            return 0;
        }

        call->OpenParts = 0;
        return call->Id;
    }

    /// <summary>Returns the frame of the running segment; null if none is running.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OpenFrame* FrameOf(AsyncCall* call)
    {
        var frame = call->Frame;
        return frame != null && frame->Call == call && frame->Thread == Recorder.Current ? frame : null;
    }

    /// <summary>
    /// Called before an await. The starting call ends the first segment, because it still has to create the state machine's object.
    /// </summary>
    public static void Suspend(AsyncCall* call)
    {
        var frame = FrameOf(call);
        if (frame != null && frame->IsSegment)
        {
            Close(call, frame);
        }
    }

    /// <summary>Called after an await, also if the await threw an exception.</summary>
    public static OpenFrame* Resume(AsyncCall* call)
    {
        var frame = FrameOf(call);
        if (frame != null)
        {
            return frame;
        }

        var thread = Recorder.Current;
        if (call->Epoch != thread->Epoch)
        {
            return null;
        }

        return call->Frame = Recorder.OpenSegment(thread, call);
    }

    /// <summary>Called when the body has ended, with or without an exception.</summary>
    public static void End(AsyncCall* call)
    {
        var frame = FrameOf(call);
        if (frame != null && call->HasFailed && frame->Probing != null)
        {
            Recorder.Thrown(frame);
        }

        if (frame != null && frame->IsSegment)
        {
            Close(call, frame);
        }

        call->EndTicks = Clock.Now();
        EndPart(call, Recorder.Current);
    }

    /// <summary>Called when the starting call has ended.</summary>
    public static void EndStart(OpenFrame* frame, long bytes)
    {
        var call = frame->Call;
        frame->Call = null;
        Interlocked.Add(ref call->Bytes, bytes);
        EndPart(call, frame->Thread);
    }

    private static void Close(AsyncCall* call, OpenFrame* frame)
    {
        frame->Call = null;
        Interlocked.Add(ref call->Bytes, Recorder.CloseSegment(frame));
    }

    private static void EndPart(AsyncCall* call, ThreadRecord* thread)
    {
        if (Interlocked.Decrement(ref call->OpenParts) != 0)
        {
            return;
        }

        if (call->Epoch == thread->Epoch)
        {
            var slot = thread->SlotOf(call->Method);
            slot->AddCompletion(Math.Max(0, call->EndTicks - call->StartTicks), call->HasFailed);
            slot->AddBytes(call->Bytes);
        }
        AsyncCalls.Return(thread, call);
    }
}
