using HotPathGen;

namespace OrderService.Orders;

/// <summary>From the tenth order on, everything costs 3 % less.</summary>
[Instrument]
internal sealed class LoyaltyDiscount : IPriceRule
{
    public decimal DiscountOn(IReadOnlyList<OrderLine> lines, decimal sum, int earlierOrders) => earlierOrders >= 10 ? sum * 0.03m : 0;
}
