using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>One thread's counters for one pooled parameter of a hot method. Native memory, written by that thread alone, read by snapshots.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PooledCounters
{
    /// <summary>Which of the method's pooled parameters.</summary>
    public int Index;

    /// <summary>Bytes of an element; 0 for objects.</summary>
    public int ElementSize;

    /// <summary>The method's next one.</summary>
    public PooledCounters* Next;

    public long OnStack;
    public long Rented;
    public long Returned;
    public long AskedBytes;
    public long GotBytes;

    /// <summary>Rents for which the pool allocated, and what it did.</summary>
    public long Misses;
    public long MissBytes;

    public long Quarantined;
    public long UsesAfterReturn;
    public long DoubleReturns;
    public long MaxLength;
    public Histogram Lengths;

    /// <summary>A histogram increment and two or three others: about 4 ns beyond the look-up of the slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLength(long length, int elementSize)
    {
        ElementSize = elementSize;
        AskedBytes += length * elementSize;
        MaxLength = Math.Max(MaxLength, length);
        Lengths.Add(length, Histogram.PowerOfTwoOf(length));
    }

    public void Clear()
    {
        var (index, next) = (Index, (nint)Next);
        this = default;
        Index = index;
        Next = (PooledCounters*)next;
    }
}
