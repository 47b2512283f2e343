using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One thread's counters for one hot method: native memory, written by that thread alone, read by snapshots. Calls and self figures are
/// kept by the method's contexts and summed from there.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Slot
{
    public int Method;

    /// <summary>Frames of the method now open on the thread: inclusive figures of nested ones are within those of the outermost.</summary>
    public int Depth;

    public long InclusiveTicks;
    public long InclusiveBytes;
    public long MaxNs;
    public long MaxBytes;

    /// <summary>What a call's bytes are compared with: the largest so far, or, where that is less, the budget.</summary>
    public long Bound;

    /// <summary>What the method may allocate; null for what it will. And how many calls allocated more.</summary>
    public MethodBudget* Budget;
    public long Breaches;

    public long Failures;

    /// <summary>Sum of what the time histogram holds, where that is wall time to completion (async, iterators, blocks).</summary>
    public long WallTicks;

    /// <summary>How many earlier owners of the record called the method, and the calls counted when the last of them ended.</summary>
    public long EarlierThreads;
    public long EarlierCalls;

    public Slot* Next;

    /// <summary>Null before the first call of a method with two bodies.</summary>
    public BodyCounters* Bodies;

    /// <summary>Null before the first use of a pooled parameter.</summary>
    public PooledCounters* Pooled;

    /// <summary>The body of the next <see cref="RunLeft"/> calls: null for the plain one.</summary>
    public BodyCounters* RunBody;
    public int RunLeft;
    public long RunEnd;

    public Histogram Time;
    public Histogram Bytes;
    public fixed long BytesByTimeBucket[Histogram.PowerOfTwoCount];

    /// <summary>A call's time, where there is a clock: 1 mul, 1 lzcnt, 2 read-modify-writes, no branch; about 2 ns with everything in L1.</summary>
    /// <returns>The power-of-two bucket of the time.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddTime(long ticks)
    {
        if (!Clock.IsRunning)
        {
            return 0;
        }

        long ns = Clock.ToNs(ticks);
        MaxNs = Math.Max(MaxNs, ns);
        ns = Math.Min(ns, Histogram.Limit - 1);
        int powerOfTwo = Histogram.PowerOfTwoOf(ns);
        Time.Add(ns, powerOfTwo);
        return powerOfTwo;
    }

    /// <summary>A call's bytes where its time comes later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(long bytes)
    {
        long size = Math.Min(bytes, Histogram.Limit - 1);
        Bytes.Add(size, Histogram.PowerOfTwoOf(size));
        if (bytes > Bound) // one compare for largest and budget: a method without one pays nothing for those with
        {
            AddBeyond(bytes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddBeyond(long bytes)
    {
        Bound = MaxBytes = Math.Max(MaxBytes, bytes);
        if (Budget == null)
        {
            return;
        }

        Bound = Math.Min(MaxBytes, Budget->MaxBytes);
        if (bytes <= Budget->MaxBytes)
        {
            return;
        }

        Breaches++;
        MethodBudget.KeepStack(Budget);
    }

    /// <summary>A call's bytes, beside the power-of-two bucket of its time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(long bytes, int powerOfTwo)
    {
        AddBytes(bytes);
        if (Clock.IsRunning)
        {
            BytesByTimeBucket[powerOfTwo] += bytes;
        }
    }

    /// <summary>Wall time of something that began before this thread or segment had to do with it.</summary>
    public void AddCompletion(long ticks, bool failed)
    {
        AddTime(ticks);
        WallTicks += ticks;
        if (failed)
        {
            Failures++;
        }
    }
}
