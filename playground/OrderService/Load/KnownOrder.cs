using System.Text;
using OrderService.Orders;

namespace OrderService.Load;

/// <summary>An order that was placed, and how the service writes it. Its status may have changed since.</summary>
internal sealed class KnownOrder
{
    private static readonly byte[] s_received = Status(OrderStatus.Received);
    private static readonly byte[] s_confirmed = Status(OrderStatus.Confirmed);

    private readonly byte[] _beforeStatus;
    private readonly byte[] _afterStatus;

    /// <param name="json">The service's answer when it took the order.</param>
    public KnownOrder(Order order, ReadOnlySpan<byte> json)
    {
        Order = order;
        int status = json.IndexOf(s_received);
        if (status < 0)
        {
            throw new WrongAnswerException($"POST /orders: the new order {order.Id} has another status than Received.");
        }

        _beforeStatus = json[..status].ToArray();
        _afterStatus = json[(status + s_received.Length)..].ToArray();
    }

    public Order Order { get; }

    /// <summary>Whether an answer is this order. Comparing bytes costs the generator less than reading JSON.</summary>
    public bool Is(ReadOnlySpan<byte> json)
    {
        int rest = json.Length - _beforeStatus.Length - _afterStatus.Length;
        return rest > 0
            && json.StartsWith(_beforeStatus)
            && json.EndsWith(_afterStatus)
            && json.Slice(_beforeStatus.Length, rest) is var status
            && (status.SequenceEqual(s_received) || status.SequenceEqual(s_confirmed));
    }

    private static byte[] Status(OrderStatus status) => Encoding.UTF8.GetBytes($"\"status\":\"{status}\"");
}
