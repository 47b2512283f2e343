namespace HotPathGen.Runtime;

/// <summary>
/// The bytes that the runtime has allocated on threads of its own, and while it set itself up. Those of its work on the program's threads are in
/// their records: see <see cref="OwnWork"/>.
/// </summary>
internal static class OwnBytes
{
    private static long s_total;

    public static long Total => Volatile.Read(ref s_total);

    /// <summary>
    /// Adds what the calling thread has allocated since its counter was <paramref name="before"/>, which becomes what it is now. A thread of the
    /// runtime begins with 0.
    /// </summary>
    public static void AddSince(ref long before)
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        Interlocked.Add(ref s_total, now - before);
        before = now;
    }
}
