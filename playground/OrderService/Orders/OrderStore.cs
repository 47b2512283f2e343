using HotPathGen;

namespace OrderService.Orders;

/// <summary>The newest orders, in memory. Older ones make room for new ones.</summary>
[Instrument]
internal sealed class OrderStore(int capacity = OrderStore.UsualCapacity)
{
    public const int UsualCapacity = 10_000;
    public const int LongestList = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Order> _orders = new(capacity);
    private readonly Dictionary<string, List<long>> _idsByCustomer = new(StringComparer.Ordinal);
    private long _lastId;

    [DoNotInstrument]
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _orders.Count;
            }
        }
    }

    /// <returns>The order with its id.</returns>
    public Order Add(Order order)
    {
        lock (_lock)
        {
            var added = order with { Id = ++_lastId };
            if (_orders.Count == capacity)
            {
                RemoveOldest();
            }

            _orders.Add(added.Id, added);
            if (!_idsByCustomer.TryGetValue(added.Customer, out var ids))
            {
                _idsByCustomer.Add(added.Customer, ids = []);
            }

            ids.Add(added.Id);
            return added;
        }
    }

    public Order? Find(long id)
    {
        lock (_lock)
        {
            return _orders.GetValueOrDefault(id);
        }
    }

    public int CountOf(string customer)
    {
        lock (_lock)
        {
            return _idsByCustomer.TryGetValue(customer, out var ids) ? ids.Count : 0;
        }
    }

    /// <returns>Whether the order was still there.</returns>
    public bool Confirm(long id)
    {
        lock (_lock)
        {
            if (!_orders.TryGetValue(id, out var order))
            {
                return false;
            }

            _orders[id] = order with { Status = OrderStatus.Confirmed };
            return true;
        }
    }

    /// <returns>The newest orders of a customer, newest first.</returns>
    public OrderSummary[] NewestOf(string customer)
    {
        lock (_lock)
        {
            if (!_idsByCustomer.TryGetValue(customer, out var ids))
            {
                return [];
            }

            var newest = new OrderSummary[Math.Min(ids.Count, LongestList)];
            for (int i = 0; i < newest.Length; i++)
            {
                newest[i] = OrderSummary.Of(_orders[ids[ids.Count - 1 - i]]);
            }

            return newest;
        }
    }

    /// <summary>Fills a page with the orders from an id on, oldest first.</summary>
    /// <returns>The id at which the next page begins; 0 where there is none.</returns>
    public long ReadPage(long from, int length, List<OrderSummary> page)
    {
        lock (_lock)
        {
            long id = Math.Max(from, _lastId - _orders.Count + 1);
            for (; id <= _lastId && page.Count < length; id++)
            {
                page.Add(OrderSummary.Of(_orders[id]));
            }

            return id <= _lastId ? id : 0;
        }
    }

    // Ids have no gaps, and orders leave in the sequence in which they came.
    private void RemoveOldest()
    {
        _orders.Remove(_lastId - capacity, out var oldest);
        var ids = _idsByCustomer[oldest!.Customer];
        ids.RemoveAt(0);
        if (ids.Count == 0)
        {
            _idsByCustomer.Remove(oldest.Customer);
        }
    }
}
