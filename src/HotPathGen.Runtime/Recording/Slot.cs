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
    public long Failures;

    /// <summary>Sum of what the time histogram holds, where that is wall time to completion (async, iterators, blocks).</summary>
    public long WallTicks;

    /// <summary>How many earlier owners of the record called the method, and the calls counted when the last of them ended.</summary>
    public long EarlierThreads;
    public long EarlierCalls;

    public Slot* Next;

    public Histogram Time;
    public Histogram Bytes;
    public fixed long BytesByTimeOctave[Histogram.OctaveCount];

    /// <summary>A finished call: 1 mul, 2 lzcnt, 3 read-modify-writes, 2 predictable compares; about 3 ns with everything in L1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddCall(long ticks, long bytes)
    {
        int octave = Clock.IsRunning ? AddTime(ticks) : 0;
        if (bytes == 0)
        {
            Bytes.AddZero();
            return;
        }
        AddBytes(bytes);
        if (Clock.IsRunning)
            BytesByTimeOctave[octave] += bytes;
    }

    /// <summary>A call's bytes where its time comes later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(long bytes)
    {
        long size = Math.Min(bytes, Histogram.Limit - 1);
        Bytes.Add(size, Histogram.OctaveOf(size));
        if (bytes > MaxBytes)
            MaxBytes = bytes;
    }

    /// <summary>Wall time of something that began before this thread or stretch had to do with it.</summary>
    public void AddCompletion(long ticks, bool failed)
    {
        if (Clock.IsRunning)
            AddTime(ticks);
        WallTicks += ticks;
        if (failed)
            Failures++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AddTime(long ticks)
    {
        long ns = Clock.ToNs(ticks);
        if (ns > MaxNs)
            MaxNs = ns;
        ns = Math.Min(ns, Histogram.Limit - 1);
        int octave = Histogram.OctaveOf(ns);
        Time.Add(ns, octave);
        return octave;
    }
}
