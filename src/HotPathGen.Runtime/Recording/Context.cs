using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// A node of a thread's context tree: a hot method reached by one chain of hot methods. Native memory, written by its thread alone.
/// Everything a frame touches lies in the first cache line.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Context
{
    /// <summary>
    /// The largest number of contexts of one thread. Calls beyond it are counted by method under <see cref="ThreadRecord.Other"/>.
    /// </summary>
    public const int Bound = 4096;

    public const int NoMethod = -1;

    public int Method;

    /// <summary>The child that was entered last; most calls enter it again. Before the first call it is a context without a method.</summary>
    public Context* LastChild;

    public Slot* Slot;
    public long Calls;
    public long InclusiveTicks;
    public long SelfTicks;
    public long InclusiveBytes;
    public long SelfBytes;

    public Context* Parent;

    /// <summary>The context that the thread created next. Parents always come before their children.</summary>
    public Context* Next;
}
