using HotPathGen;

namespace OrderService.Orders;

/// <summary>Ten or more of a product cost 5 % less, a hundred or more 10 %.</summary>
[Instrument]
internal sealed class QuantityDiscount : IPriceRule
{
    public decimal DiscountOn(IReadOnlyList<OrderLine> lines, decimal sum, int earlierOrders)
    {
        decimal discount = 0;
        foreach (var line in lines)
        {
            discount += line.Quantity switch
            {
                >= 100 => line.Total * 0.10m,
                >= 10 => line.Total * 0.05m,
                _ => 0,
            };
        }

        return discount;
    }
}
