using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HotPathGen.Runtime;

/// <summary>The clock of frames. Its kind is fixed before the first frame is compiled, so reading it needs no check of the kind.</summary>
internal static unsafe class Clock
{
    public static readonly ClockKind Kind = SharedRecording.Cells->Clock;

    private static readonly delegate* unmanaged[SuppressGCTransition]<long> s_readHardware = (delegate* unmanaged[SuppressGCTransition]<long>)
        SharedRecording.Cells->ReadHardware;

    private static readonly int s_shift = SharedRecording.Cells->TickShift;
    private static readonly ulong s_nsPerShiftedTick = SharedRecording.Cells->NsPerShiftedTick;

    public static bool IsRunning
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Kind != ClockKind.None;
    }

    /// <summary>
    /// Returns the time in ticks; 0 without a clock. Costs 8-10 ns by rdtsc and 22-24 ns by Stopwatch on a two-core x64 virtual machine.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Now() =>
        Kind switch
        {
            ClockKind.Hardware => s_readHardware(),
            ClockKind.Stopwatch => Stopwatch.GetTimestamp(),
            _ => 0,
        };

    /// <summary>Converts nanoseconds to ticks, by the same ratio.</summary>
    public static double TicksOf(double ns) => ns / ToNs(1 << 20) * (1 << 20);

    /// <summary>Converts ticks to nanoseconds by the ratio known at start-up: one shift and the upper half of one multiplication.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToNs(long ticks)
    {
        ulong shifted = (ulong)ticks << s_shift;
        // Math.BigMul would also store the lower half, in a stack slot that must be cleared first.
        return (long)(Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(shifted, s_nsPerShiftedTick) : Math.BigMul(shifted, s_nsPerShiftedTick, out _));
    }
}
