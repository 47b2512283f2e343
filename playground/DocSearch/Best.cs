using HotPathGen;

namespace DocSearch;

/// <summary>Keeps the first few of many items, in order, without sorting all of them.</summary>
internal sealed class Best<T>(int capacity, Comparison<T> comparison)
{
    private readonly List<T> _items = [];

    public IReadOnlyList<T> Items => _items;

    [Instrument]
    public void Add(T item)
    {
        int position = _items.Count;
        while (position > 0 && comparison(item, _items[position - 1]) < 0)
        {
            position--;
        }

        if (position == capacity)
        {
            return;
        }

        _items.Insert(position, item);
        if (_items.Count > capacity)
        {
            _items.RemoveAt(capacity);
        }
    }
}
