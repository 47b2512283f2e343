namespace OrderService.Orders;

/// <summary>An order in a list.</summary>
internal sealed record OrderSummary(long Id, string Customer, OrderStatus Status, int Lines, decimal Total)
{
    public static OrderSummary Of(Order order) => new(order.Id, order.Customer, order.Status, order.Lines.Count, order.Total);
}
