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
    /// The number of parts that have not ended: the call that started the body, and the body. The part that ends last records the call. An
    /// enumeration has one part.
    /// </summary>
    public int OpenParts;

    /// <summary>How many calls it stands for.</summary>
    public long Weight;

    public bool IsProbing;
    public bool HasFailed;

    /// <summary>Whether this is an enumeration of an async iterator. A consumer asks for its steps.</summary>
    public bool IsEnumeration;

    /// <summary>Whether the enumeration may end now without an exception; the next field is whether its consumer has the last value.</summary>
    public bool MayEnd;
    public bool HasYielded;

    /// <summary>Whether the object in which the enumeration continues after an await has been counted.</summary>
    public bool HasBox;

    public long Epoch;
    public long StartTicks;
    public long EndTicks;

    /// <summary>The bytes of the first segment, which may end late; the next field is those of all later segments, or of an enumeration.</summary>
    public long FirstBytes;
    public long Bytes;

    /// <summary>The thread's counter of allocated bytes when that object was counted ahead; 0 when that is settled.</summary>
    public long BytesBeforeBox;

    /// <summary>The context in which it was called, and the thread whose tree contains that context.</summary>
    public Context* Context;
    public ThreadRecord* Thread;

    /// <summary>The call of an operation in which it was called; null if there was none. The next field is the serial number of that call.</summary>
    public OperationCall* Operation;
    public long OperationSerial;

    /// <summary>Whether no hot method called it.</summary>
    public bool IsRoot;

    /// <summary>The frame of the running segment; if none is running, the frame of the last one.</summary>
    public OpenFrame* Frame;
}
