using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// A node of a thread's context tree: a hot method reached by one chain of hot methods. Native memory, written by its thread alone.
/// Everything a frame touches lies in the first cache line.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Context
{
    /// <summary>Contexts one thread may have; calls beyond them are counted by method under its <see cref="ThreadRecord.Other"/> context.</summary>
    public const int Bound = 4096;

    public const int NoMethod = -1;

    public int Method;

    /// <summary>The child entered last, which most calls enter again; before the first, a context without a method.</summary>
    public Context* LastChild;

    public Slot* Slot;
    public long Calls;
    public long InclusiveTicks;
    public long SelfTicks;
    public long InclusiveBytes;
    public long SelfBytes;

    public Context* Parent;

    /// <summary>The context that the thread created next; parents always come before their children.</summary>
    public Context* Next;
}
