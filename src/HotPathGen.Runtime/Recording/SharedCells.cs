namespace HotPathGen.Runtime;

/// <summary>Native cells that every copy of the runtime in the process reads; read-mostly, so frames share no line that is written.</summary>
internal unsafe struct SharedCells
{
    /// <summary>Rises with every reset, from 1. A thread that finds it changed drops what it has.</summary>
    public long Epoch;

    /// <summary>What an empty frame measures between its own clock reads.</summary>
    public long InnerTicks;

    /// <summary>What an empty frame costs the frame around it.</summary>
    public long FrameTicks;

    /// <summary>The chunks of <see cref="HotPathGen.Runtime.AsyncCalls"/>.</summary>
    public AsyncCall** AsyncCalls;

    /// <summary>What one probe at a site costs.</summary>
    public long SiteTicks;

    public ClockKind Clock;

    /// <summary>By method; null for one without a budget. A larger table takes its place when methods are added.</summary>
    public MethodBudget** Budgets;
    public int BudgetCount;

    /// <summary>Reads the hardware clock; null for other clocks.</summary>
    public nint ReadHardware;

    /// <summary>Nanoseconds of a tick are 2^<see cref="TickShift"/> times <see cref="NsPerShiftedTick"/> / 2^64, as known at start-up.</summary>
    public int TickShift;
    public ulong NsPerShiftedTick;

    public readonly MethodBudget* BudgetOf(int method)
    {
        // The count is written after the table that has so many.
        int count = Volatile.Read(in BudgetCount);
        return method < count ? Budgets[method] : null;
    }

    // What follows is written while programs run: not in a line with what frames read.
    private fixed byte _apart[64];

    /// <summary>How many chunks there are, and the first of the free async calls that no thread keeps.</summary>
    public int AsyncCallChunks;
    public int FreeAsyncCalls;
}
