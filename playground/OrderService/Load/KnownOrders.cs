namespace OrderService.Load;

/// <summary>
/// The newest orders that the generator placed, so that it knows what to ask and what the answer must be. They are fewer than a service keeps.
/// </summary>
internal sealed class KnownOrders
{
    public const int Count = 200;

    private readonly KnownOrder[] _orders = new KnownOrder[Count];
    private int _added = -1;

    public KnownOrder this[int number] => Volatile.Read(ref _orders[number % Count]);

    public void Add(KnownOrder order) => Volatile.Write(ref _orders[Interlocked.Increment(ref _added) % Count], order);
}
