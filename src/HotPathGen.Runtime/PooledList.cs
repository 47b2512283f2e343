using System;
using System.Buffers;

namespace HotPathGen;

/// <summary>
/// A list that lives for one call. It uses the memory that it is given, usually on the stack, and arrays of <see cref="ArrayPool{T}.Shared"/>
/// when that is too small. Take it by reference as a pooled parameter, <c>[Pooled(16)] ref PooledList&lt;int&gt; list</c>. The code that provides
/// the list disposes it. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of its elements.</typeparam>
public ref partial struct PooledList<T>
{
    private readonly bool _clears;
    private Span<T> _room;
    private T[]? _rented;
    private int _count;

    /// <summary>Creates an empty list in the given memory.</summary>
    /// <param name="room">The memory for the first elements.</param>
    /// <param name="clears">Whether the list clears the memory that it no longer uses.</param>
    public PooledList(Span<T> room, bool clears)
    {
        _clears = clears;
        _room = room;
        _rented = null;
        _count = 0;
    }

    /// <summary>Creates an empty list in a rented array.</summary>
    /// <param name="capacity">The number of elements that it has room for, at least.</param>
    /// <param name="clears">Whether the list clears the memory that it no longer uses.</param>
    public PooledList(int capacity, bool clears)
    {
        _clears = clears;
        _room = default;
        _rented = null;
        _count = 0;
        BeforeRent();
        _room = _rented = ArrayPool<T>.Shared.Rent(capacity);
        AfterRent();
    }

    /// <summary>The number of elements.</summary>
    public readonly int Count => _count;

    /// <summary>The number of elements that it has room for.</summary>
    public readonly int Capacity => _room.Length;

    /// <summary>Whether its elements are in a rented array: from the start, or since the given memory became too small.</summary>
    public readonly bool IsRented => _rented != null;

    /// <summary>Its elements. Adding an element may move them.</summary>
    public readonly Span<T> Span => _room.Slice(0, _count);

    /// <summary>Returns a reference to one element.</summary>
    /// <param name="index">The element's index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public readonly ref T this[int index] => ref _room.Slice(0, _count)[index];

    /// <summary>Adds an element.</summary>
    /// <param name="item">The element.</param>
    public void Add(T item)
    {
        int count = _count;
        if ((uint)count < (uint)_room.Length)
        {
            _room[count] = item;
            _count = count + 1;
        }
        else
        {
            Grow(1);
            _room[_count++] = item;
        }
    }

    /// <summary>Adds elements.</summary>
    /// <param name="items">The elements. They may be a part of the list itself.</param>
    public void Append(scoped ReadOnlySpan<T> items)
    {
        Span<T> before = default;
        T[]? rented = null;
        if (items.Length > _room.Length - _count)
        {
            before = _room;
            rented = _rented;
            Enlarge(items.Length);
        }

        items.CopyTo(_room.Slice(_count));
        _count += items.Length;
        GiveBack(before, rented);
    }

    /// <summary>Adds elements that the caller writes afterwards.</summary>
    /// <param name="length">The number of elements. Their values are unspecified until the caller writes them.</param>
    /// <returns>The new elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public Span<T> AppendSpan(int length)
    {
        if (length < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "A list cannot lose elements by appending.");
        }

        if (length > _room.Length - _count)
        {
            Grow(length);
        }

        _count += length;
        return _room.Slice(_count - length, length);
    }

    /// <summary>Removes the last element.</summary>
    /// <returns>The removed element.</returns>
    /// <exception cref="IndexOutOfRangeException">The list is empty.</exception>
    public T Pop()
    {
        var last = this[_count - 1];
        _count--;
        return last;
    }

    /// <summary>Removes all elements and keeps the memory.</summary>
    public void Clear() => _count = 0;

    /// <summary>Makes sure that there is room.</summary>
    /// <param name="capacity">The total number of elements to have room for.</param>
    public void EnsureCapacity(int capacity)
    {
        if (capacity > _room.Length)
        {
            Grow(capacity - _count);
        }
    }

    /// <summary>Returns its rented array. After that the list is empty and has no memory. Calling it again does nothing.</summary>
    public void Dispose()
    {
        var room = _room;
        var rented = _rented;
        _room = default;
        _rented = null;
        _count = 0;
        GiveBack(room, rented);
    }

    private void Grow(int more)
    {
        var before = _room;
        var rented = _rented;
        Enlarge(more);
        GiveBack(before, rented);
    }

    // Doubles the memory, up to the largest possible array, so that adding elements stays cheap.
    private void Enlarge(int more)
    {
        const long largest = 0x7FFFFFC7;
        long needed = (long)_count + more;
        BeforeRent();
        var larger = ArrayPool<T>.Shared.Rent(checked((int)Math.Max(needed, Math.Min(2L * _room.Length, largest))));
        AfterRent();
        _room.Slice(0, _count).CopyTo(larger);
        _room = _rented = larger;
    }

    // Measured builds count what a rent allocates.
    partial void BeforeRent();

    partial void AfterRent();

    private readonly void GiveBack(Span<T> room, T[]? rented)
    {
        if (_clears)
        {
            room.Clear();
        }

        if (rented != null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
