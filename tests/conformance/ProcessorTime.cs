using System.Runtime.InteropServices;

/// <summary>
/// The processor time of the processes that this one has started and that have ended, with those that they have waited for. Other work on the machine
/// changes it less than the time on the clock.
/// </summary>
internal static unsafe partial class ProcessorTime
{
    private const int Children = -1;

    /// <returns>Zero where the system does not tell.</returns>
    public static TimeSpan OfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        // The structure is longer. It begins with two times, each in seconds and microseconds.
        long* usage = stackalloc long[32];
        return GetUsage(Children, usage) == 0 ? TimeSpan.FromMicroseconds((1_000_000 * (usage[0] + usage[2])) + usage[1] + usage[3]) : TimeSpan.Zero;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}
