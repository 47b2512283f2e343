using HotPathGen;

namespace OrderService.Orders;

/// <summary>Makes an order with prices of one that has been checked.</summary>
[Instrument]
internal sealed class PriceEngine(Catalogue catalogue, IEnumerable<IPriceRule> rules, TimeProvider time)
{
    private const decimal ShippingCost = 4.90m;
    private const decimal FreeShippingFrom = 100m;

    private readonly IPriceRule[] _rules = [.. rules];

    public Order Price(NewOrder order, int earlierOrders)
    {
        var lines = LinesOf(order.Lines!);
        decimal sum = lines.Sum(line => line.Total);
        decimal discount = 0;
        foreach (var rule in _rules)
        {
            discount += rule.DiscountOn(lines, sum, earlierOrders);
        }

        discount = decimal.Round(discount, 2);
        decimal shipping = sum - discount >= FreeShippingFrom ? 0 : ShippingCost;
        return new(0, order.Customer!, time.GetUtcNow(), OrderStatus.Received, lines, discount, shipping, sum - discount + shipping);
    }

    private OrderLine[] LinesOf(IReadOnlyList<NewOrderLine> ordered)
    {
        var lines = new OrderLine[ordered.Count];
        for (int i = 0; i < lines.Length; i++)
        {
            var product = catalogue.Find(ordered[i].Sku!)!;
            lines[i] = new(product.Sku, product.Title, ordered[i].Quantity, product.Price, product.Price * ordered[i].Quantity);
        }

        return lines;
    }
}
