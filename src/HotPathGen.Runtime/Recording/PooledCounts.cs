using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// Generated code reports here the buffers that it provides for pooled parameters. The calls count for the calling thread. With recording off
/// (<c>HOTPATH=never</c>) every member does what production code does, and nothing more.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PooledCounts
{
    /// <summary>Returns the bytes that the calling thread has allocated so far. Generated code reads it before a rent.</summary>
    public static long Bytes() => Frame.IsEnabled ? GC.GetAllocatedBytesForCurrentThread() : 0;

    /// <summary>Counts an object that a pool has handed out.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="before">The result of <see cref="Bytes"/> before the rent.</param>
    /// <param name="value">The object.</param>
    /// <returns>The same object.</returns>
    public static T Rented<T>(int method, int parameter, long before, T value)
    {
        if (Frame.IsEnabled)
        {
            AddRent(method, parameter, before);
        }

        return value;
    }

    /// <summary>Counts an array that a pool has handed out.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="before">The result of <see cref="Bytes"/> before the rent.</param>
    /// <param name="array">The array.</param>
    /// <param name="length">The number of elements that were requested.</param>
    /// <returns>The same array.</returns>
    public static T[] Rented<T>(int method, int parameter, long before, T[] array, int length)
    {
        if (Frame.IsEnabled)
        {
            ArgumentNullException.ThrowIfNull(array);
            var counters = AddRent(method, parameter, before);
            counters->GotBytes += (long)array.Length * Unsafe.SizeOf<T>();
            counters->AddLength(length, Unsafe.SizeOf<T>());
        }
        return array;
    }

    /// <summary>Returns an array to <see cref="ArrayPool{T}.Shared"/>, or sometimes to the quarantine.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="array">The array.</param>
    public static void Return<T>(int method, int parameter, T[] array)
    {
        if (!Frame.IsEnabled || !Quarantine.Takes(AddReturn(method, parameter), method, array))
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }

    /// <summary>Counts a return of an object or array to a pool of the user's.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    public static void Returned(int method, int parameter)
    {
        if (Frame.IsEnabled)
        {
            AddReturn(method, parameter);
        }
    }

    /// <summary>Counts a span that came from the stack.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="length">Its length in elements.</param>
    public static void OnStack<T>(int method, int parameter, int length)
    {
        if (!Frame.IsEnabled)
        {
            return;
        }

        var counters = Of(Recorder.Current, method, parameter);
        counters->OnStack++;
        counters->GotBytes += (long)length * Unsafe.SizeOf<T>();
        counters->AddLength(length, Unsafe.SizeOf<T>());
    }

    /// <summary>Counts a span that is a part of rented memory. Several spans of a call share that memory.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="length">Its length in elements.</param>
    /// <param name="isFirst">Whether the rent itself has already been counted for this parameter.</param>
    public static void Sliced<T>(int method, int parameter, int length, bool isFirst)
    {
        if (!Frame.IsEnabled)
        {
            return;
        }

        var counters = Of(Recorder.Current, method, parameter);
        if (!isFirst)
        {
            counters->Rented++;
        }

        counters->GotBytes += (long)length * Unsafe.SizeOf<T>();
        counters->AddLength(length, Unsafe.SizeOf<T>());
    }

    /// <summary>Counts a list that is about to be disposed. All its rents together count as one rent.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">The index of the pooled parameter in the method, from 0.</param>
    /// <param name="list">The list. Its length at this moment is counted.</param>
    public static void Listed<T>(int method, int parameter, ref PooledList<T> list)
    {
        if (!Frame.IsEnabled)
        {
            return;
        }

        var counters = Of(Recorder.Current, method, parameter);
        if (list.IsRented)
        {
            counters->Rented++;
            counters->Returned++;
        }
        else
        {
            counters->OnStack++;
        }
        counters->Misses += list.Misses;
        counters->MissBytes += list.MissBytes;
        counters->GotBytes += (long)list.Capacity * Unsafe.SizeOf<T>();
        counters->AddLength(list.Count, Unsafe.SizeOf<T>());
    }

    // The bytes that the pool allocated belong to the method, but to none of its sites.
    private static PooledCounters* AddRent(int method, int parameter, long before)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var thread = Recorder.Current;
        var counters = Of(thread, method, parameter);
        counters->Rented++;
        if (bytes != 0)
        {
            counters->Misses++;
            counters->MissBytes += bytes;
            Recorder.LeaveOut(thread->Top, method);
        }
        return counters;
    }

    private static PooledCounters* AddReturn(int method, int parameter)
    {
        var counters = Of(Recorder.Current, method, parameter);
        counters->Returned++;
        return counters;
    }

    /// <summary>
    /// Finds the counters of a parameter. Costs 2 ns for the first parameter of a method, and less than 1 ns more for each parameter before it.
    /// </summary>
    internal static PooledCounters* Of(ThreadRecord* thread, int method, int parameter)
    {
        var slot = thread->SlotOf(method);
        for (var counters = slot->Pooled; counters != null; counters = counters->Next)
        {
            if (counters->Index == parameter)
            {
                return counters;
            }
        }
        return ThreadRecord.NewPooled(slot, parameter);
    }
}
