namespace HotPathGen.Runtime;

/// <summary>What the runtime does on a user's thread outside Enter and Exit: neither its bytes nor its time may show in an open frame.</summary>
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
        _thread->Top->ProbeTicks += Math.Max(0, Clock.Now() - _ticks);
        _thread->ProbeBytes += GC.GetAllocatedBytesForCurrentThread() - _bytes;
    }
}
