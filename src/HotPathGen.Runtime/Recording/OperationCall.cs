using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// One call of an operation: an activity, or a scope of <see cref="HotPath.Operation"/>. Sums the bytes of its root frames and later segments, on
/// whichever threads they run. Native memory in a table that never moves, used again for other calls. Takes 64 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)] // a cache line, because threads must not write to the same one for different calls
internal unsafe struct OperationCall
{
    // From the lowest bit: bytes, the number of open root frames and segments, whether the call has ended, and a serial number.
    private const int OpenShift = 40;
    private const int EndedShift = 51;
    private const int SerialShift = 52;
    private const long MostBytes = (1L << OpenShift) - 1;
    private const long OneOpen = 1L << OpenShift;
    private const long MostOpen = (1L << (EndedShift - OpenShift)) - 1;
    private const long Ended = 1L << EndedShift;

    private long _state;

    /// <summary>A weak handle on the activity or the scope, which is used again, too; 0 before the first call.</summary>
    public nint Owner;

    /// <summary>The hash code of the owner's reference.</summary>
    public int Hash;

    /// <summary>The number of the operation, from 1; 0 until it is known, at the first root frame.</summary>
    public int Number;

    public long Epoch;

    /// <summary>The sum of <see cref="SharedCells.DetailChanges"/> when it began.</summary>
    public int DetailChanges;

    public bool HasFailed;

    /// <summary>Whether some of its calls were skipped, so that its bytes are not known.</summary>
    public bool IsPartial;

    /// <summary>Whether it was counted when it ended. The next field is whether nothing is added to it any more.</summary>
    public bool IsCounted;
    public bool IsComplete;

    /// <summary>Distinguishes it from earlier calls in its place. A stale number is noticed unless the place was used 4,096 times since.</summary>
    public readonly long Serial => (Volatile.Read(in _state) >>> SerialShift) & 0xFFF;

    public readonly bool HasEnded => (Volatile.Read(in _state) & Ended) != 0;

    /// <summary>Whether root frames or segments are open.</summary>
    public readonly bool IsOpen => OpenOf(Volatile.Read(in _state)) != 0;

    public readonly long Bytes => Volatile.Read(in _state) & MostBytes;

    /// <summary>
    /// Begins another call in this place. Its owner is none meanwhile. Returns false if a root frame has opened in the earlier call.
    /// </summary>
    public bool TryBegin(int hash, long epoch, int detailChanges)
    {
        long state = Volatile.Read(ref _state);
        long next = (((state >>> SerialShift) + 1) & 0xFFF) << SerialShift;
        if (OpenOf(state) != 0 || Interlocked.CompareExchange(ref _state, next, state) != state)
        {
            return false;
        }

        (Hash, Number, Epoch, DetailChanges) = (hash, 0, epoch, detailChanges);
        HasFailed = IsPartial = IsCounted = IsComplete = false;
        return true;
    }

    /// <summary>Opens a root frame or a segment, unless the call is another one by now. An ended call stays open that long.</summary>
    public bool TryOpen(long serial)
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            if (((state >>> SerialShift) & 0xFFF) != serial || OpenOf(state) == MostOpen)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, state + OneOpen, state) == state)
            {
                return true;
            }
        }
    }

    /// <summary>Ends a root frame or a segment. Returns whether it was the last of a call that has ended, so that its bytes are complete.</summary>
    public bool Close(long bytes)
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            long sum = Math.Min(MostBytes, (state & MostBytes) + bytes);
            long next = ((state & ~MostBytes) | sum) - OneOpen;
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                return OpenOf(next) == 0 && (next & Ended) != 0;
            }
        }
    }

    /// <summary>Ends the call once. Returns whether this was the first time.</summary>
    /// <param name="isOpen">Whether a root frame is open, so that its bytes are not complete.</param>
    public bool TryEnd(out bool isOpen)
    {
        long before = Interlocked.Or(ref _state, Ended);
        isOpen = OpenOf(before) != 0;
        return (before & Ended) == 0;
    }

    private static long OpenOf(long state) => (state >> OpenShift) & MostOpen;
}
