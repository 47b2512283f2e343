using System.ComponentModel;
namespace HotPathGen.Runtime;

/// <summary>x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PooledCounts
{
    /// <summary>x.</summary>
    public static long Bytes() => GC.GetAllocatedBytesForCurrentThread();
    /// <summary>x.</summary>
    public static T Rented<T>(int method, int parameter, long before, T value) => value;
    /// <summary>x.</summary>
    public static T[] Rented<T>(int method, int parameter, long before, T[] array, int length) => array;
    /// <summary>x.</summary>
    public static void Return<T>(int method, int parameter, T[] array) => System.Buffers.ArrayPool<T>.Shared.Return(array);
    /// <summary>x.</summary>
    public static void Returned(int method, int parameter) { }
    /// <summary>x.</summary>
    public static void OnStack(int method, int parameter, int length) { }
    /// <summary>x.</summary>
    public static void Listed<T>(int method, int parameter, ref PooledList<T> list) { }
}
