namespace HotPathGen.Runtime;

/// <summary>
/// One enumeration of an observed async iterator. Its steps run in frames of the thread that asks for them; what a step does after an await
/// that waited is measured where the body is a copy. Its end is recorded once, however it comes.
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

    /// <summary>Whether a step may be measured: none is under way, as a misuse could have it, and the end has not been recorded.</summary>
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

    /// <summary>What the step did at once is done; it may go on elsewhere.</summary>
    public void Exit(OpenFrame* frame)
    {
        frame->Call = null;
        // The object that the body goes on in, where it waits.
        if (frame->Probing != null)
        {
            Recorder.HitWithRest(frame, frame->Probing->SiteCount - 2);
        }

        _bytes += Recorder.ExitSegment(frame);
    }

    /// <summary>A step has come to its end.</summary>
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
