namespace HotPathGen.Runtime;

/// <summary>The runtime's own work on a user's thread outside Enter and Exit. Its bytes and its time are kept out of all open frames.</summary>
internal readonly unsafe struct OwnWork
{
    private readonly ThreadRecord* _thread;
    private readonly long _bytes;
    private readonly long _ticks;

    /// <summary>The same while a frame is opened or closed: a reset must not come in between.</summary>
    public static OwnWork BeginInFrame() => new(Recorder.Attended);

    private OwnWork(ThreadRecord* thread)
    {
        _thread = thread;
        _bytes = GC.GetAllocatedBytesForCurrentThread();
        _ticks = Clock.Now();
    }

    public static OwnWork Begin() => new(Recorder.Current);

    public void End()
    {
        if (_thread == null)
        {
            return; // a new thread, before its first frame, ends what an ended one has left open
        }

        _thread->RecordingTicks += Math.Max(0, Clock.Now() - _ticks);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
        _thread->ProbeBytes += bytes;
        _thread->OwnBytes += bytes;
    }
}
