using System.Threading.Channels;

namespace OrderService.Orders;

/// <summary>Orders that wait for their confirmation. Who adds one waits while the queue is full.</summary>
internal sealed class OrderQueue
{
    private const int Capacity = 1000;

    private readonly Channel<long> _ids = Channel.CreateBounded<long>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _pending;

    /// <summary>Orders that wait, and those that are being confirmed.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public ValueTask AddAsync(long id, CancellationToken cancelled)
    {
        Interlocked.Increment(ref _pending);
        return _ids.Writer.WriteAsync(id, cancelled);
    }

    /// <summary>No order is added any more. Those that wait are still read.</summary>
    public void Close() => _ids.Writer.TryComplete();

    /// <summary>Ends when the queue is closed and empty.</summary>
    public IAsyncEnumerable<long> ReadAllAsync() => _ids.Reader.ReadAllAsync();

    public void Done() => Interlocked.Decrement(ref _pending);
}
