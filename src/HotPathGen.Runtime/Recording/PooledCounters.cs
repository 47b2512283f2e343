using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>One thread's counters for one pooled parameter of a hot method. Native memory, written by that thread alone, read by snapshots.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PooledCounters
{
    /// <summary>The index of the parameter among the method's pooled parameters.</summary>
    public int Index;

    /// <summary>The size of an element in bytes; 0 for objects.</summary>
    public int ElementSize;

    /// <summary>The counters of another pooled parameter of the method; null after the last.</summary>
    public PooledCounters* Next;

    public long OnStack;
    public long Rented;
    public long Returned;
    public long AskedBytes;
    public long GotBytes;

    /// <summary>The number of rents for which the pool allocated; the next field is the bytes that it allocated.</summary>
    public long Misses;
    public long MissBytes;

    public long Quarantined;
    public long UsesAfterReturn;
    public long DoubleReturns;
    public long MaxLength;
    public Histogram Lengths;

    /// <summary>
    /// Adds a use with its length. Costs a histogram increment and two or three others: about 4 ns in addition to the look-up of the slot.
    /// </summary>
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
