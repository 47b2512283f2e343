using System.Globalization;
using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy;

/// <summary>
/// Runs threads that call hot methods. Their allocations are known from the layout of objects, and the reported totals are compared with them.
/// </summary>
internal static class KnownTotals
{
    // There are fewer calls where the threads are stopped all the time.
    private const int Calls = 20_000,
        CallsUnderCollections = 5_000;

    /// <param name="threads">The number of threads that run at once.</param>
    /// <param name="underCollections">Whether garbage is collected without pause during the run, with compaction.</param>
    public static void Run(int threads, bool underCollections)
    {
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        });
        if (underCollections)
        {
            collector.Start();
        }

        int perThread = underCollections ? CallsUnderCollections : Calls;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(perThread)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        done.Cancel();
        if (underCollections)
        {
            collector.Join();
        }

        long calls = (long)threads * perThread;
        long arrays = threads * Enumerable.Range(0, perThread).Sum(call => ArrayBytes(call & 255));
        long strings = threads * Enumerable.Range(0, perThread).Sum(call => StringBytes(call & 31));
        Console.WriteLine("| method | calls | inclusive | self |");
        Console.WriteLine("|---|---:|---:|---:|");
        Print(nameof(Nothing), calls, 0, 0);
        Print(nameof(NewArray), calls, arrays, arrays);
        Print(nameof(NewString), calls, strings, strings);
        Print(nameof(Both), calls, arrays + strings + calls * ObjectBytes, calls * ObjectBytes);
    }

    // An object has a header, a method table and the fields.
    private const long ObjectBytes = 8 + 8 + (2 * 8);

    // An array has a header, a method table, a length and the elements, in multiples of eight bytes.
    private static long ArrayBytes(int length) => (24 + length + 7) & ~7L;

    // A string has a header, a method table, a length, the characters and a zero. The empty string always exists already.
    private static long StringBytes(int length) => length == 0 ? 0 : (22 + (2 * length) + 7) & ~7L;

    private static void Print(string method, long calls, long inclusive, long self) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {method} | {calls} | {inclusive} | {self} |"));

    private static void Work(int calls)
    {
        object[] kept = new object[64];
        for (int call = 0; call < calls; call++)
        {
            Nothing(call);
            kept[call & 63] = Both(call);
        }
    }

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static int Nothing(int call) => call + 1;

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static object NewArray(int length) => new byte[length];

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static object NewString(int length) => new string('x', length);

    [Instrument, MethodImpl(MethodImplOptions.NoInlining)]
    private static object Both(int call) => new Held(NewArray(call & 255), NewString(call & 31));

    private sealed class Held(object first, object second)
    {
        public readonly object First = first,
            Second = second;
    }
}
