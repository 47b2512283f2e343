namespace HotPathGen.Runtime;

/// <summary>
/// Native cells that every copy of the runtime in the process reads. They are written rarely, so frames read no cache line that is often written.
/// </summary>
internal unsafe struct SharedCells
{
    /// <summary>
    /// Increased by every reset and every change of <see cref="Detail"/>. Every frame compares it with what its thread has seen; a thread that finds
    /// it changed looks at the other two.
    /// </summary>
    public long Generation;

    /// <summary>How much is recorded.</summary>
    public RecordingDetail Detail;

    /// <summary>The number of the current epoch, from 1. Every reset increases it. A thread that finds it changed drops its figures.</summary>
    public long Epoch;

    /// <summary>The time that recorded frames may take of a context's own time, as a share.</summary>
    public double Overhead;

    /// <summary>The same for a recorded frame among others that are not.</summary>
    public long SampledTicks;

    /// <summary>The time that an empty frame which reads bytes costs the frame around it.</summary>
    public double BytesTicks;

    /// <summary>The number of methods that are registered. The generation is increased after it.</summary>
    public int MethodCount;

    /// <summary>The time that an empty frame measures between its own clock readings.</summary>
    public long InnerTicks;

    /// <summary>The time that an empty frame costs the frame around it.</summary>
    public long FrameTicks;

    /// <summary>The chunks of <see cref="HotPathGen.Runtime.AsyncCalls"/>.</summary>
    public AsyncCall** AsyncCalls;

    /// <summary>The time that one probe at a site costs.</summary>
    public long SiteTicks;

    public ClockKind Clock;

    /// <summary>The budgets by method; null for a method without one. A larger table replaces this one when methods are added.</summary>
    public MethodBudget** Budgets;
    public int BudgetCount;

    /// <summary>
    /// Whether root frames look in which operation they are: from the first activity or <see cref="HotPath.Operation"/> on. The generation is
    /// increased after it.
    /// </summary>
    public bool HasOperations;

    /// <summary>Whether that may happen: <c>HOTPATH_OPERATIONS</c>.</summary>
    public bool MayHaveOperations;

    /// <summary>The number of changes of <see cref="Detail"/>.</summary>
    public int DetailChanges;

    /// <summary>Which calls a <see cref="FlightRecorder"/> keeps.</summary>
    public FlightLimits Flight;

    /// <summary>Reads the hardware clock; null for other clocks.</summary>
    public nint ReadHardware;

    /// <summary>
    /// The length of a tick in nanoseconds, known at start-up: 2^<see cref="TickShift"/> times <see cref="NsPerShiftedTick"/> / 2^64.
    /// </summary>
    public int TickShift;
    public ulong NsPerShiftedTick;

    public readonly MethodBudget* BudgetOf(int method)
    {
        // The count is written after the table to which it belongs.
        int count = Volatile.Read(in BudgetCount);
        return method < count ? Budgets[method] : null;
    }

    // The cells below are written while programs run, so they must not share a cache line with the cells that frames read.
    private fixed byte _apart[64];

    /// <summary>The number of chunks; the next field is the first free async call that is in no thread's list.</summary>
    public int AsyncCallChunks;
    public int FreeAsyncCalls;
}
