namespace HotPathGen.Runtime;

/// <summary>
/// One enumeration of an observed async iterator. Each step runs in a frame of the thread that asks for it. What a step does after an await that
/// had to wait is measured only if the body is a copy. The end of the enumeration is recorded once, however it ends.
/// </summary>
internal sealed unsafe class AsyncEnumeration
{
    private readonly ObservedCall _observed;
    private readonly AsyncCall* _call;
    private long _bytes;
    private bool _isStepping;
    private bool _hasEnded;

    public AsyncEnumeration(ObservedCall observed)
    {
        _observed = observed;
        _call = AsyncRecorder.BeginEnumeration(observed);
    }

    /// <summary>
    /// Whether a step may be measured: no other step is running (incorrect use could cause that), and the end has not been recorded.
    /// </summary>
    public bool CanStep => !_hasEnded && !_isStepping;

    /// <summary>Opens the frame of a step.</summary>
    public OpenFrame* Enter()
    {
        var frame = Recorder.EnterStep(_observed.Method, _observed.SiteCount);
        _isStepping = true;
        if (_call != null && _call->Epoch == frame->Thread->Epoch)
        {
            AsyncRecorder.Run(_call, frame);
        }

        return frame;
    }

    /// <summary>Called when the synchronous part of a step has ended. The step may continue on another thread.</summary>
    public void Exit(OpenFrame* frame)
    {
        frame->Call = null;
        // If the body had to wait, it allocated the object in which it continues. This site counts that object.
        if (frame->Probing != null)
        {
            Recorder.HitWithRest(frame, frame->Probing->SiteCount - 2);
        }

        _bytes += Recorder.ExitSegment(frame);
    }

    /// <summary>Called when a step has ended.</summary>
    public void EndStep(bool isLast, bool failed)
    {
        _isStepping = false;
        if (!isLast)
        {
            return;
        }

        _hasEnded = true;
        var own = OwnWork.Begin();
        Recorder.CompleteEnumeration(_observed, _bytes + (_call == null ? 0 : _call->Bytes), failed);
        if (_call != null)
        {
            AsyncCalls.Return(Recorder.Current, _call);
        }

        own.End();
    }
}
