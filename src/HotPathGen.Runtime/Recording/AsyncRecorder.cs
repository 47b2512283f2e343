using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// The segmentes of async bodies. The first runs inside the frame of the starting call; each later one opens a frame of its own, in the
/// context that the call was made in, on the thread that goes on with the body. Whatever is open on that thread has no part in it.
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

    /// <summary>Takes a number for an enumeration that is about to begin; null where there is none left, or a reset came in between.</summary>
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

    /// <summary>The frame is the call's: a segment of its body runs in it, and is ended by whoever opened the frame.</summary>
    public static void Run(AsyncCall* call, OpenFrame* frame)
    {
        call->Context = frame->Context;
        call->Thread = frame->Thread;
        call->Frame = frame;
        frame->Call = call;
    }

    /// <summary>The number of the enumeration whose first step the calling thread is in; 0 where a reset came in between.</summary>
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

    /// <summary>The frame of the segment that runs; null while none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OpenFrame* FrameOf(AsyncCall* call)
    {
        var frame = call->Frame;
        return frame != null && frame->Call == call && frame->Thread == Recorder.Current ? frame : null;
    }

    /// <summary>An await follows. The first segment is ended by the starting call, which still has to make the state machine's object.</summary>
    public static void Suspend(AsyncCall* call)
    {
        var frame = FrameOf(call);
        if (frame != null && frame->IsSegment)
        {
            Close(call, frame);
        }
    }

    /// <summary>An await is over, or an exception came out of one.</summary>
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

    /// <summary>The body has ended, one way or the other.</summary>
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

    /// <summary>The starting call has ended.</summary>
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
