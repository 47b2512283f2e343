namespace HotPathGen.Runtime;

/// <summary>
/// A call of an async method whose body is a copy, or an enumeration of an async iterator. Holds what is needed to measure each segment between
/// two awaits, on whichever thread runs it. The state machine stores the call's number, which fits beside the number of its state.
/// </summary>
internal unsafe struct AsyncCall
{
    public int Id;
    public int NextFree;
    public int Method;
    public int SiteCount;

    /// <summary>
    /// The number of parts that have not ended: the call that started the body, and the body. The part that ends last records the call. For an
    /// enumeration the value is 1 until its body begins.
    /// </summary>
    public int OpenParts;

    public bool IsProbing;
    public bool HasFailed;
    public long Epoch;
    public long StartTicks;
    public long EndTicks;

    /// <summary>The bytes of all its segments so far. Threads add to it one after the other, but the first segment may end late.</summary>
    public long Bytes;

    /// <summary>The context in which it was called, and the thread whose tree contains that context.</summary>
    public Context* Context;
    public ThreadRecord* Thread;

    /// <summary>The frame of the running segment; if none is running, the frame of the last one.</summary>
    public OpenFrame* Frame;
}
