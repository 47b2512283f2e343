namespace HotPathGen.Runtime;

/// <summary>
/// A call of an async method whose body is a copy, or an enumeration of an async iterator: what is needed to measure each segment between
/// two awaits on whichever thread runs it. The state machine holds its number, which fits beside the number of its state.
/// </summary>
internal unsafe struct AsyncCall
{
    public int Id;
    public int NextFree;
    public int Method;
    public int SiteCount;

    /// <summary>
    /// The call that started the body, and the body: whichever ends last records the call. Of an enumeration, 1 until its body begins.
    /// </summary>
    public int OpenParts;

    public bool IsProbing;
    public bool HasFailed;
    public long Epoch;
    public long StartTicks;
    public long EndTicks;

    /// <summary>Of all its segmentes so far; threads add to it in turn, but the first segment may end late.</summary>
    public long Bytes;

    /// <summary>Where it was called, and the thread whose tree that is in.</summary>
    public Context* Context;
    public ThreadRecord* Thread;

    /// <summary>The frame of the segment that runs; of the last one while none does.</summary>
    public OpenFrame* Frame;
}
