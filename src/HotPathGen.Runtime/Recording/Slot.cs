using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One thread's counters for one hot method. Native memory, written only by that thread and read by snapshots. Calls and self figures are in the
/// method's contexts; their sums are calculated from there.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Slot
{
    public int Method;

    /// <summary>
    /// The number of the method's recorded frames that are open on the thread. The inclusive figures of the outermost one contain those of the nested
    /// ones.
    /// </summary>
    public int Depth;

    /// <summary>
    /// Whether calls start something that goes on after they returned. The next field is whether every call has a frame at each level: of iterators,
    /// whose steps follow, and of methods with a budget.
    /// </summary>
    public bool IsDeferred;
    public bool AlwaysEnters;

    /// <summary>
    /// At <c>light</c>: the calls that countdowns so far have skipped or will skip, how many calls the next recorded one stands for, and the sums of
    /// the recorded ones; next, of those whose hot callees were skipped. The calls in frames of the kind <see cref="FrameKind.Direct"/> come last.
    /// </summary>
    public long Assigned;
    public long Weight;
    public Sample Sample;
    public Sample Undisturbed;
    public long DirectCalls;

    /// <summary>How many hot calls one of them makes directly; 0 if that is not known yet.</summary>
    public readonly double NestedCalls => Sample.NestingWeight > 0 ? Sample.NestedCalls / Sample.NestingWeight : 0;

    /// <summary>The mean of their times, without frames of callees where such calls are known.</summary>
    public readonly double MeanTicks =>
        Undisturbed.Calls >= Sampling.EnoughUndisturbed || Sample.TimedWeight == 0 ? Undisturbed.MeanTicks : Sample.MeanTicks;

    public long InclusiveTicks;
    public long InclusiveBytes;
    public long MaxNs;
    public long MaxBytes;

    /// <summary>The limit with which a call's bytes are compared: the largest so far, or the budget if that is smaller.</summary>
    public long Bound;

    /// <summary>
    /// The bytes that a call of the method may allocate; null if there is no budget. The next field is the number of calls that allocated more.
    /// </summary>
    public MethodBudget* Budget;
    public long Breaches;

    public long Failures;

    /// <summary>The sum of the times in the time histogram, if they are wall times to completion (async methods, iterators, blocks).</summary>
    public long WallTicks;

    /// <summary>How many earlier owners of the record called the method; the next field is the calls counted when the last of them ended.</summary>
    public long EarlierThreads;
    public long EarlierCalls;

    public Slot* Next;

    /// <summary>The counters of the two bodies; null before the first call of a method with two bodies.</summary>
    public BodyCounters* Bodies;

    /// <summary>The counters of pooled parameters; null before the first use of one.</summary>
    public PooledCounters* Pooled;

    /// <summary>The counters of the body that the next <see cref="RunLeft"/> calls run; null for the original body.</summary>
    public BodyCounters* RunBody;
    public int RunLeft;
    public long RunEnd;

    /// <summary>What the initializers of the object that the thread constructs have taken so far, if the row is a call of them.</summary>
    public long InitializerTicks;
    public long InitializerBytes;

    public Histogram Time;
    public Histogram Bytes;
    public fixed long BytesByTimeBucket[Histogram.PowerOfTwoCount];

    /// <summary>
    /// Adds a call's time if there is a clock. Takes 1 mul, 1 lzcnt, 2 read-modify-writes and no branch; about 2 ns with everything in L1.
    /// </summary>
    /// <returns>The power-of-two bucket of the time.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddTime(long ticks, long weight = 1)
    {
        if (!Clock.IsRunning)
        {
            return 0;
        }

        long ns = Clock.ToNs(ticks);
        MaxNs = Math.Max(MaxNs, ns);
        ns = Math.Min(ns, Histogram.Limit - 1);
        int powerOfTwo = Histogram.PowerOfTwoOf(ns);
        Time.Add(ns, powerOfTwo, weight);
        return powerOfTwo;
    }

    /// <summary>Adds a call's bytes when its time is added later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(long bytes, long weight = 1)
    {
        long size = Math.Min(bytes, Histogram.Limit - 1);
        Bytes.Add(size, Histogram.PowerOfTwoOf(size), weight);
        CheckBytes(bytes);
    }

    /// <summary>Compares a call's bytes with the largest so far, and with the budget.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckBytes(long bytes)
    {
        if (bytes > Bound) // one comparison for the largest and the budget, so budgets cost nothing in methods without one
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

    /// <summary>Adds a call's bytes, also to the power-of-two bucket of its time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(long bytes, int powerOfTwo, long weight = 1)
    {
        AddBytes(bytes, weight);
        if (Clock.IsRunning)
        {
            BytesByTimeBucket[powerOfTwo] += weight * bytes;
        }
    }

    /// <summary>Adds the wall time of something that began before this thread or segment.</summary>
    public void AddCompletion(long ticks, bool failed, long weight = 1)
    {
        AddTime(ticks, weight);
        WallTicks += weight * ticks;
        if (failed)
        {
            Failures += weight;
        }
    }
}
