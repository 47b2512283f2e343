using System.Globalization;
using HotPathGen;
using OrderService.Orders;

namespace OrderService.Invoices;

/// <summary>The obvious first version of an invoice.</summary>
[Instrument]
internal sealed class InvoiceRenderer : IInvoiceRenderer
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public string Render(Order order)
    {
        string text = string.Format(s_culture, "Invoice {0}\n{1}, {2:yyyy-MM-dd}\n\n", order.Id, order.Customer, order.Placed);

        foreach (var line in order.Lines)
        {
            text += Line(line);
        }

        text += Amount("Discount", -order.Discount);
        text += Amount("Shipping", order.Shipping);
        text += Amount("Total", order.Total);
        return text;
    }

    private static string Line(OrderLine line) =>
        string.Format(s_culture, "{0,5} x {1,-6} {2,-20} {3,12:F2} {4,14:F2}\n", line.Quantity, line.Sku, line.Title, line.UnitPrice, line.Total);

    private static string Amount(string name, decimal amount) => string.Format(s_culture, "{0,-48} {1,14:F2}\n", name, amount);
}
