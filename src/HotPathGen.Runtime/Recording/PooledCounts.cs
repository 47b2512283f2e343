using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace HotPathGen.Runtime;

/// <summary>
/// What generated code says of the buffers that it provides for pooled parameters. Of the calling thread; with recording off
/// (<c>HOTPATH=off</c>) every member does what production code does and no more.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PooledCounts
{
    /// <summary>Bytes that the calling thread has allocated until now: to be read before a rent.</summary>
    public static long Bytes() => Frame.IsEnabled ? GC.GetAllocatedBytesForCurrentThread() : 0;

    /// <summary>A pool has handed out an object.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    /// <param name="before">What <see cref="Bytes"/> was before.</param>
    /// <param name="value">The object.</param>
    /// <returns>The same.</returns>
    public static T Rented<T>(int method, int parameter, long before, T value)
    {
        if (Frame.IsEnabled)
        {
            AddRent(method, parameter, before);
        }

        return value;
    }

    /// <summary>A pool has handed out an array.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    /// <param name="before">What <see cref="Bytes"/> was before.</param>
    /// <param name="array">The array.</param>
    /// <param name="length">Elements that were asked for.</param>
    /// <returns>The same.</returns>
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

    /// <summary>Returns an array to <see cref="ArrayPool{T}.Shared"/>, or now and then to the quarantine.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    /// <param name="array">The array.</param>
    public static void Return<T>(int method, int parameter, T[] array)
    {
        if (!Frame.IsEnabled || !Quarantine.Takes(AddReturn(method, parameter), method, array))
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }

    /// <summary>Something goes back to a pool of the user's.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    public static void Returned(int method, int parameter)
    {
        if (Frame.IsEnabled)
        {
            AddReturn(method, parameter);
        }
    }

    /// <summary>A span came from the stack.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
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

    /// <summary>A span came from memory that several of a call share, and that was rented.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    /// <param name="length">Its length in elements.</param>
    /// <param name="isFirst">Whether the rent itself is counted as this parameter's already.</param>
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

    /// <summary>A list is about to be disposed. What it rented on the way is counted as one rent.</summary>
    /// <param name="method">The method's index, from <see cref="HotMethod.Register"/>.</param>
    /// <param name="parameter">Which of its pooled parameters, from 0.</param>
    /// <param name="list">The list; its length now is what counts.</param>
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

    // What the pool allocated belongs to the method and to none of its sites.
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

    /// <summary>2 ns for the first parameter of a method, less than 1 ns more for each before it.</summary>
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
