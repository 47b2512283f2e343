namespace HotPathGen.Runtime;

/// <summary>
/// One measured activation while it lasts. A thread's open frames form a doubly linked stack in native chunks that never move, so
/// that a <see cref="Frame"/> is one pointer and leaving needs no thread-static.
/// </summary>
internal unsafe struct OpenFrame
{
    public Context* Context;
    public long StartTicks;

    /// <summary>The thread's allocated bytes at the start, without those of the runtime itself.</summary>
    public long StartBytes;

    /// <summary>Inclusive figures of the frames nested directly in this one.</summary>
    public long NestedTicks;
    public long NestedBytes;

    /// <summary>What the probes of all frames nested in this one cost it; belongs to nobody.</summary>
    public long ProbeTicks;

    /// <summary>Where the call's sites count; null where the original body runs. Set only for methods that have both.</summary>
    public BodyCounters* Probing;

    /// <summary>Of the call's self bytes so far, those that sites have; and how many probes took them.</summary>
    public long SiteBytes;
    public long SiteHits;

    /// <summary>The async call that this is a segment of; null for every other frame.</summary>
    public AsyncCall* Call;

    /// <summary>Whether it is a later segment, in which what is below has no part.</summary>
    public bool IsSegment;

    public ThreadRecord* Thread;
    public OpenFrame* Below;
    public OpenFrame* Above;

    /// <summary>
    /// Identifies the block that opened this frame, 0 if none did or the frame is closed; negative once the block has ended where the
    /// frame could not be closed. The one word that other threads change, by compare-exchange.
    /// </summary>
    public long BlockSerial;

    /// <summary>What became known about the call while its frame was open.</summary>
    public FrameNote Note;
}

/// <summary>What a frame that starts something learned about it. Set and cleared off the hot path.</summary>
internal enum FrameNote
{
    None,

    /// <summary>It had failed when the starting call returned.</summary>
    FailedAtOnce,

    /// <summary>It is pending: its wall time is recorded when it completes.</summary>
    Pending,

    /// <summary>It is enumerated later: wall time and bytes are recorded by enumeration.</summary>
    Enumerated,
}
