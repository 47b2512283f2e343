using System;
using System.Buffers;

namespace HotPathGen;

/// <summary>
/// A list for the time of one call: in the room it is given, usually on the stack, and in arrays of <see cref="ArrayPool{T}.Shared"/> once
/// that is too small. Take it by reference as a pooled parameter, <c>[Pooled(16)] ref PooledList&lt;int&gt; list</c>; whoever provides it
/// disposes it. For one thread.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
public ref partial struct PooledList<T>
{
    private readonly bool _clears;
    private Span<T> _room;
    private T[]? _rented;
    private int _count;

    /// <summary>An empty list in given room.</summary>
    /// <param name="room">Where it begins.</param>
    /// <param name="clears">Whether what it leaves behind is cleared.</param>
    public PooledList(Span<T> room, bool clears)
    {
        _clears = clears;
        _room = room;
        _rented = null;
        _count = 0;
    }

    /// <summary>An empty list in a rented array.</summary>
    /// <param name="capacity">Elements that it has room for, at least.</param>
    /// <param name="clears">Whether what it leaves behind is cleared.</param>
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

    /// <summary>How many elements it has.</summary>
    public readonly int Count => _count;

    /// <summary>How many it has room for.</summary>
    public readonly int Capacity => _room.Length;

    /// <summary>Whether it has outgrown the stack, or began beyond it.</summary>
    public readonly bool IsRented => _rented != null;

    /// <summary>Its elements. The next one that is added may move them.</summary>
    public readonly Span<T> Span => _room.Slice(0, _count);

    /// <summary>One element.</summary>
    /// <param name="index">From 0.</param>
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
    /// <param name="items">The elements; a part of the list itself, too.</param>
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

    /// <summary>Adds room for elements that the caller writes.</summary>
    /// <param name="length">How many; what they are until then is unspecified.</param>
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

    /// <summary>Takes the last element away.</summary>
    /// <returns>The element.</returns>
    /// <exception cref="IndexOutOfRangeException">The list is empty.</exception>
    public T Pop()
    {
        var last = this[_count - 1];
        _count--;
        return last;
    }

    /// <summary>Takes all elements away; the room stays.</summary>
    public void Clear() => _count = 0;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">For so many elements in all.</param>
    public void EnsureCapacity(int capacity)
    {
        if (capacity > _room.Length)
        {
            Grow(capacity - _count);
        }
    }

    /// <summary>Gives its array back; the list is empty and without room then. A second time does nothing.</summary>
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

    // Twice the room where arrays may be so large, so that adding stays cheap.
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
