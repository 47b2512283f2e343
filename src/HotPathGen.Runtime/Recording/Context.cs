using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// A node of a thread's context tree: a hot method reached by one chain of hot methods. Native memory, written by its thread alone.
/// What a frame touches that reads no clock lies in the first cache line.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Context
{
    /// <summary>
    /// The largest number of contexts of one thread. Calls beyond it are counted by method under <see cref="ThreadRecord.Other"/>.
    /// </summary>
    public const int Bound = 4096;

    /// <summary>The same where contexts are kept by operation.</summary>
    public const int BoundWithOperations = 4 * Bound;

    public const int NoMethod = -1;

    public int Method;

    /// <summary>The child that was entered last; most calls enter it again. Before the first call it is a context without a method.</summary>
    public Context* LastChild;

    public Slot* Slot;

    /// <summary>How many light frames may still open before the next recorded one; below zero where the next frame is recorded.</summary>
    public long Countdown;

    public long InclusiveBytes;
    public long SelfBytes;

    /// <summary>The calls that the countdowns so far have counted or will count.</summary>
    public long Assigned;

    /// <summary>How many calls the next recorded one stands for.</summary>
    public long Weight;

    /// <summary>The recorded calls that have ended.</summary>
    public long Calls;
    public long InclusiveTicks;
    public long SelfTicks;

    /// <summary>The part of the inclusive ticks that ran in later segments. The frames of callers do not include it.</summary>
    public long SegmentTicks;

    /// <summary>Sums over the recorded calls, each of which stands for as many calls as its weight; kept while calls are sampled.</summary>
    public Sample Sample;

    /// <summary>
    /// At <c>standard</c>, the same of those whose hot callees were skipped. The next field is whether frames of callees take so much of the time
    /// that such calls are needed.
    /// </summary>
    public Sample Undisturbed;
    public bool IsDisturbed;

    /// <summary>What initializers took that ran before the frame of their constructor.</summary>
    public long InitializerTicks;
    public long InitializerBytes;

    public Context* Parent;

    /// <summary>The context that the thread created next. Parents always come before their children.</summary>
    public Context* Next;

    /// <summary>
    /// What stands for the method in the context of an operation, the parent of the contexts of its root frames: a number that no method has, below
    /// <see cref="NoMethod"/>.
    /// </summary>
    public static int MethodOf(int operation) => NoMethod - operation;

    public static int OperationOf(int method) => NoMethod - method;

    /// <summary>The calls in light frames, those that are open now included.</summary>
    public readonly long LightCalls => Assigned - Math.Max(0, Countdown);
}
