namespace HotPathGen.Runtime;

/// <summary>
/// One measured call, segment or block while it runs. The open frames of a thread form a doubly linked stack in native chunks that never move. So
/// a <see cref="Frame"/> is one pointer, and leaving a frame needs no thread-static.
/// </summary>
internal unsafe struct OpenFrame
{
    public Context* Context;
    public long StartTicks;

    /// <summary>The bytes that the thread had allocated at the start, without those of the runtime itself.</summary>
    public long StartBytes;

    /// <summary>The sums of the inclusive figures of the frames that are nested directly in this one.</summary>
    public long NestedTicks;
    public long NestedBytes;

    /// <summary>
    /// What recording had cost the thread when the frame opened: the time of recorded frames and probes, and the number of light frames.
    /// </summary>
    public long StartRecordingTicks;
    public long StartLightFrames;

    /// <summary>What recording the call costs: the part inside its own time, and what the frame around it must not include.</summary>
    public long InnerTicks;
    public long CostTicks;

    /// <summary>What the frame reads, and how many calls it stands for.</summary>
    public FrameKind Kind;
    public long Weight;

    /// <summary>How many calls its time stands for; 0 if it is not production's time.</summary>
    public long TimeWeight;

    /// <summary>What the thread did with hot calls when the frame opened, and does again when it is left.</summary>
    public NestedCalls Before;

    /// <summary>What it does with those that this call makes.</summary>
    public NestedCalls Nested;

    /// <summary>The number of frames of the kind <see cref="FrameKind.Direct"/> that were directly in this one.</summary>
    public long DirectCalls;

    /// <summary>The calls that the thread had skipped when the frame opened; negative if they are not counted.</summary>
    public long SkippedBefore;

    /// <summary>The counters of the call's sites; null if the original body runs. Set only for methods that have both bodies.</summary>
    public BodyCounters* Probing;

    /// <summary>The part of the call's self bytes so far that belongs to sites; the next field is the number of probes that measured it.</summary>
    public long SiteBytes;
    public long SiteHits;

    /// <summary>The async call to which this segment belongs; null for every other frame.</summary>
    public AsyncCall* Call;

    /// <summary>Whether this is a later segment. The frames below a later segment do not include it.</summary>
    public bool IsSegment;

    /// <summary>What was learned about the call while its frame was open.</summary>
    public FrameNote Note;

    public ThreadRecord* Thread;
    public OpenFrame* Below;
    public OpenFrame* Above;

    /// <summary>
    /// The serial number of the block that opened this frame. It is 0 if no block opened the frame or if the frame is closed. It is negative if
    /// the block has ended but the frame could not be closed. Other threads change only this field, by compare-exchange.
    /// </summary>
    public long BlockSerial;

    /// <summary>
    /// The call of an operation to which a frame of the kinds <see cref="FrameKind.Root"/> and <see cref="FrameKind.RootBytes"/> adds its bytes.
    /// Other frames do not set it.
    /// </summary>
    public OperationCall* Operation;

    /// <summary>The part of the bytes of such a frame that belongs to other root frames, above a boundary.</summary>
    public long OtherBytes;
}

/// <summary>What a frame reads.</summary>
internal enum FrameKind
{
    /// <summary>The counter of allocated bytes.</summary>
    Bytes,

    /// <summary>Bytes and clock, for the self figures of the frame around it. Its own row gets the call alone.</summary>
    Direct,

    /// <summary>The counter of allocated bytes, in a root frame of an operation.</summary>
    RootBytes,

    /// <summary>The clock, to find out what it costs to read it here and now. The call has not started.</summary>
    Rehearsed,

    /// <summary>Bytes, clock and, in an instrumented body, sites.</summary>
    Recorded,

    /// <summary>The same in a root frame of an operation, and in a later segment of an async call in one.</summary>
    Root,

    /// <summary>
    /// Nothing. An operation has begun inside a hot method that is running: the frames above are root frames, and ask in which operation they are.
    /// </summary>
    Boundary,
}

/// <summary>What the frame of a starting call has learned about the started work. It is set and cleared outside the hot path.</summary>
internal enum FrameNote
{
    None,

    /// <summary>A body that is not a copy is about to start.</summary>
    Starting,

    /// <summary>The started work had failed when the starting call returned.</summary>
    FailedAtOnce,

    /// <summary>The result is enumerated later. Wall time and bytes are recorded for each enumeration.</summary>
    Enumerated,
}
