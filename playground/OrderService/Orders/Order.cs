namespace OrderService.Orders;

/// <summary>An order with its prices. It does not change; a change makes a new one.</summary>
internal sealed record Order(
    long Id,
    string Customer,
    DateTimeOffset Placed,
    OrderStatus Status,
    IReadOnlyList<OrderLine> Lines,
    decimal Discount,
    decimal Shipping,
    decimal Total
);

internal sealed record OrderLine(string Sku, string Title, int Quantity, decimal UnitPrice, decimal Total);
