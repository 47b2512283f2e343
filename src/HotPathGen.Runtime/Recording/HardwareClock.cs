using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace HotPathGen.Runtime;

/// <summary>
/// Reads the processor's time stamp counter by three instructions in a memory page of the runtime. The page is written while it is read-write,
/// then protected read-execute; it is never both. The counter must be invariant. If anything is missing or refused, there is no hardware clock.
/// </summary>
internal static unsafe partial class HardwareClock
{
    // rdtsc; shl rdx, 32; or rax, rdx; ret. The code is the same in both x64 calling conventions: the callee may change rdx.
    private static ReadOnlySpan<byte> Code => [0x0F, 0x31, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3];

    /// <summary>
    /// Returns the address of a function that reads the counter, and the counter's frequency in Hz; null if there is no reliable counter.
    /// </summary>
    public static (nint Read, double Frequency)? TryOpen()
    {
        if (!X86Base.X64.IsSupported || !HasInvariantCounter())
        {
            return null;
        }

        nint code =
            OperatingSystem.IsWindows() ? MapOnWindows()
            : OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? MapOnUnix()
            : 0;
        return code == 0 || Measure(code) is not { } frequency ? null : (code, frequency);
    }

    // AMD APM volume 3, E.4.7, and Intel SDM volume 3, 19.17.1: leaf 0x80000007, EDX bit 8.
    private static bool HasInvariantCounter() =>
        (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax >= 0x80000007 && (X86Base.CpuId(unchecked((int)0x80000007), 0).Edx & (1 << 8)) != 0;

    // Takes one millisecond. Two readings that are uncertain by 50 ns each give an error of 1 in 10,000. A snapshot measures again over the whole
    // run.
    private static double? Measure(nint code)
    {
        var read = (delegate* unmanaged[SuppressGCTransition]<long>)code;
        long wait = Stopwatch.Frequency / 1000;
        var (startTicks, start) = ReadBoth(code);
        long last = startTicks;
        do
        {
            long ticks = read();
            if (ticks < last)
            {
                return null;
            }

            last = ticks;
        } while (Stopwatch.GetTimestamp() - start < wait);
        var (endTicks, end) = ReadBoth(code);
        double frequency = (double)(endTicks - startTicks) / (end - start) * Stopwatch.Frequency;
        return frequency is > 1e8 and < 1e10 ? frequency : null;
    }

    /// <summary>
    /// Reads the counter and Stopwatch at one moment. On a shared processor the thread may stop for milliseconds between two readings. So several
    /// pairs are read, and the pair that took the least time is used.
    /// </summary>
    public static (long Ticks, long Stopwatch) ReadBoth(nint code)
    {
        const int Pairs = 8;
        var read = (delegate* unmanaged[SuppressGCTransition]<long>)code;
        long ticks = 0,
            moment = 0,
            least = long.MaxValue;
        for (int i = 0; i < Pairs; i++)
        {
            long before = Stopwatch.GetTimestamp();
            long now = read();
            long took = Stopwatch.GetTimestamp() - before;
            if (took < least)
            {
                (ticks, moment, least) = (now, before + took / 2, took);
            }
        }
        return (ticks, moment);
    }

    private static nint MapOnUnix()
    {
        const int Read = 1,
            Write = 2,
            Execute = 4,
            Private = 2;
        int anonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
        nint page = Map(0, (nuint)Environment.SystemPageSize, Read | Write, Private | anonymous, -1, 0);
        if (page == -1)
        {
            return 0;
        }

        Code.CopyTo(new Span<byte>((void*)page, Code.Length));
        return Protect(page, (nuint)Environment.SystemPageSize, Read | Execute) == 0 ? page : 0;
    }

    private static nint MapOnWindows()
    {
        const uint CommitReserve = 0x3000,
            ReadWrite = 0x04,
            ExecuteRead = 0x20;
        nint page = VirtualAlloc(0, (nuint)Environment.SystemPageSize, CommitReserve, ReadWrite);
        if (page == 0)
        {
            return 0;
        }

        Code.CopyTo(new Span<byte>((void*)page, Code.Length));
        return VirtualProtect(page, (nuint)Environment.SystemPageSize, ExecuteRead, out _) != 0 ? page : 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("kernel32")]
    private static partial nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualProtect(nint address, nuint size, uint protection, out uint old);
}
