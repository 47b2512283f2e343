namespace HotPathGen.Runtime;

/// <summary>A call that continues after its first segment. Holds what is needed to record the rest, on any thread.</summary>
internal readonly unsafe record struct ObservedCall(int Method, int SiteCount, long StartTicks, long Epoch)
{
    /// <summary>Returns the call of an iterator; null if a reset has already dropped it.</summary>
    public static ObservedCall? TryBegin(OpenFrame* frame)
    {
        Recorder.Promote(frame);
        if (Of(frame) is not { } call)
        {
            return null;
        }

        frame->Note = FrameNote.Enumerated;
        return call;
    }

    public void Complete(bool failed) => Recorder.Complete(Method, StartTicks, Epoch, failed);

    /// <summary>Returns the same call with its start time set to now, for a new enumeration.</summary>
    public ObservedCall Restarted() => this with { StartTicks = Clock.Now() };

    private static ObservedCall? Of(OpenFrame* frame) =>
        frame->Context->Method == Context.NoMethod
            ? null
            : new(frame->Context->Method, frame->Probing == null ? 0 : frame->Probing->SiteCount, frame->StartTicks, frame->Thread->Epoch);
}
