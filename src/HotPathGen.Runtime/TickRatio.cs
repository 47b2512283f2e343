using System.Diagnostics;

namespace HotPathGen.Runtime;

/// <summary>
/// The length of a tick. For a hardware clock it is measured against Stopwatch: over one millisecond at the start, and over the whole run at a
/// snapshot.
/// </summary>
internal sealed class TickRatio
{
    private readonly double _nsPerTick;
    private readonly nint _readHardware;
    private readonly long _startTicks;
    private readonly long _start;

    private TickRatio(double nsPerTick, nint readHardware)
    {
        _nsPerTick = nsPerTick;
        _readHardware = readHardware;
        (_startTicks, _start) = ReadBoth();
    }

    /// <summary>
    /// Chooses the requested clock, or the best available one. Also returns the cells that give the choice to every copy of the runtime.
    /// </summary>
    public static unsafe (SharedCells Cells, TickRatio Ratio) Choose(ClockKind? wish)
    {
        var hardware = wish is null or ClockKind.Hardware ? HardwareClock.TryOpen() : null;
        if (wish == ClockKind.Hardware && hardware is null)
        {
            StandardError.Say("HOTPATH_CLOCK=hardware: this machine has no time stamp counter to rely on; stopwatch is used.");
        }

        var kind =
            wish == ClockKind.None ? ClockKind.None
            : hardware is null ? ClockKind.Stopwatch
            : ClockKind.Hardware;
        double nsPerTick = 1e9 / (hardware?.Frequency ?? Stopwatch.Frequency);
        nint read = hardware?.Read ?? 0;
        int shift = Math.Max(0, Math.ILogB(nsPerTick) + 1);
        var cells = new SharedCells
        {
            Epoch = 1,
            AsyncCalls = AsyncCalls.NewTable(),
            Clock = kind,
            ReadHardware = read,
            TickShift = shift,
            NsPerShiftedTick = (ulong)Math.ScaleB(nsPerTick, 64 - shift),
        };
        return (cells, new(nsPerTick, read));
    }

    public double NsPerTick()
    {
        if (_readHardware == 0)
        {
            return _nsPerTick;
        }

        var (ticks, now) = ReadBoth();
        // A shorter run is less exact than the measurement at start-up.
        if (now - _start < Stopwatch.Frequency / 100)
        {
            return _nsPerTick;
        }

        double measured = (now - _start) * (1e9 / Stopwatch.Frequency) / (ticks - _startTicks);
        // A larger difference means that the machine slept or was moved.
        return Math.Abs(measured / _nsPerTick - 1) < 0.01 ? measured : _nsPerTick;
    }

    private (long Ticks, long Stopwatch) ReadBoth() => _readHardware == 0 ? (0, 0) : HardwareClock.ReadBoth(_readHardware);
}
