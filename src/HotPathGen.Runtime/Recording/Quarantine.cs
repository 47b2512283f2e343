using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Keeps one in so many returned arrays for a while, filled with a pattern. If the pattern changes, some code uses the array after its return. If
/// the pool hands out an array that is being returned, the array was returned twice. The pool gets another array instead, so that it misses as
/// often as in production. The bytes that this allocates do not count for the program. Taking an array costs microseconds.
/// </summary>
internal static unsafe class Quarantine
{
    private const int Places = 64;
    private const int LargestBytes = 1 << 18;
    private const byte Pattern = 0xDB;

    private static readonly int s_every = Settings.Current.QuarantineEvery;
    private static readonly Lock s_lock = new();
    private static readonly Inmate?[] s_inmates = new Inmate?[Places];
    private static int s_next;

    /// <summary>
    /// Returns whether the quarantine has taken the array. If not, the array belongs to the pool. Arrays of a plug-in's types are not taken,
    /// because keeping them would keep the plug-in loaded.
    /// </summary>
    public static bool Takes<T>(PooledCounters* counters, int method, T[] array)
    {
        if (
            s_every == 0
            || counters->Returned % s_every != 0
            || array.Length == 0
            || (long)array.Length * Unsafe.SizeOf<T>() > LargestBytes
            || typeof(T).IsCollectible
        )
        {
            return false;
        }

        var own = OwnWork.Begin();
        bool takes = Take(counters, method, array);
        own.End();
        return takes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Take<T>(PooledCounters* counters, int method, T[] array)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        // A thread's next rent of a size gets the array that the same thread returned last. So a rent here finds a double return.
        var next = ArrayPool<T>.Shared.Rent(array.Length);
        if (ReferenceEquals(next, array))
        {
            counters->DoubleReturns++;
            return false;
        }
        bool missed = GC.GetAllocatedBytesForCurrentThread() != before;
        ArrayPool<T>.Shared.Return(next);
        if (!missed && next.Length == array.Length)
        {
            ArrayPool<T>.Shared.Return(GC.AllocateUninitializedArray<T>(array.Length));
        }

        counters->Quarantined++;
        var inmate = new Inmate<T>(method, counters->Index, array);
        lock (s_lock)
        {
            Release(s_next);
            s_inmates[s_next] = inmate;
            s_next = (s_next + 1) % Places;
        }
        return true;
    }

    /// <summary>Checks all kept arrays, for a snapshot.</summary>
    public static void Inspect()
    {
        var own = OwnWork.Begin();
        lock (s_lock)
        {
            for (int i = 0; i < Places; i++)
            {
                if (s_inmates[i]?.WasTouched == true)
                {
                    Release(i);
                }
            }
        }
        own.End();
    }

    private static void Release(int place)
    {
        if (s_inmates[place] is { } inmate && inmate.WasTouched)
        {
            PooledCounts.Of(Recorder.Current, inmate.Method, inmate.Parameter)->UsesAfterReturn++;
        }

        s_inmates[place] = null;
    }

    private abstract class Inmate(int method, int parameter)
    {
        public int Method => method;

        public int Parameter => parameter;

        public abstract bool WasTouched { get; }
    }

    private sealed class Inmate<T> : Inmate
    {
        private readonly T[] _array;

        public Inmate(int method, int parameter, T[] array)
            : base(method, parameter)
        {
            _array = array;
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            {
                Array.Clear(array);
            }
            else
            {
                Content.Fill(Pattern);
            }
        }

        // References are read as bytes, and only to check whether there are any.
        public override bool WasTouched => Content.IndexOfAnyExcept(RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? (byte)0 : Pattern) >= 0;

        private Span<byte> Content =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(_array)), _array.Length * Unsafe.SizeOf<T>());
    }
}
