namespace HotPathGen.Runtime;

/// <summary>The runtime's own work on a user's thread outside Enter and Exit. Its bytes and its time are kept out of all open frames.</summary>
internal readonly unsafe struct OwnWork
{
    private readonly ThreadRecord* _thread;
    private readonly long _bytes;
    private readonly long _ticks;

    private OwnWork(ThreadRecord* thread)
    {
        _thread = thread;
        _bytes = GC.GetAllocatedBytesForCurrentThread();
        _ticks = Clock.Now();
    }

    public static OwnWork Begin() => new(Recorder.Current);

    public void End()
    {
        _thread->RecordingTicks += Math.Max(0, Clock.Now() - _ticks);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _bytes;
        _thread->ProbeBytes += bytes;
        _thread->OwnBytes += bytes;
    }
}
