namespace OrderService.Orders;

/// <summary>A reason for a lower price.</summary>
internal interface IPriceRule
{
    /// <returns>What comes off the whole order.</returns>
    decimal DiscountOn(IReadOnlyList<OrderLine> lines, decimal sum, int earlierOrders);
}
