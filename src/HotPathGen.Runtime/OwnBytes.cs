namespace HotPathGen.Runtime;

/// <summary>
/// The bytes that the runtime has allocated on threads of its own, and while it set itself up. Those of its work on the program's threads are in
/// their records: see <see cref="OwnWork"/>.
/// </summary>
internal static class OwnBytes
{
    private static long s_total;

    public static long Total => Volatile.Read(ref s_total);

    /// <summary>Adds what the calling thread has allocated since its counter was <paramref name="before"/>; 0 for a thread of the runtime.</summary>
    public static void AddSince(long before) => Interlocked.Add(ref s_total, GC.GetAllocatedBytesForCurrentThread() - before);
}
