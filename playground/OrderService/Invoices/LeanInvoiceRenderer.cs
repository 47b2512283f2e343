using System.Globalization;
using HotPathGen;
using OrderService.Orders;

namespace OrderService.Invoices;

/// <summary>
/// The same as <see cref="InvoiceRenderer"/>, but it writes into a scratch buffer: on the stack, or rented if the invoice is long. The only object
/// that it makes is the text.
/// </summary>
internal sealed partial class LeanInvoiceRenderer : IInvoiceRenderer
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    [Instrument]
    public partial string Render(Order order);

    private string RenderCore(Order order, [Pooled(Length = nameof(LongestText))] scoped Span<char> text)
    {
        int length = 0;
        text.TryWrite(s_culture, $"Invoice {order.Id}\n{order.Customer}, {order.Placed:yyyy-MM-dd}\n\n", out int written);
        length += written;

        foreach (var line in order.Lines)
        {
            text[length..]
                .TryWrite(
                    s_culture,
                    $"{line.Quantity, 5} x {line.Sku, -6} {line.Title, -20} {line.UnitPrice, 12:F2} {line.Total, 14:F2}\n",
                    out written
                );
            length += written;
        }

        length += WriteAmount(text[length..], "Discount", -order.Discount);
        length += WriteAmount(text[length..], "Shipping", order.Shipping);
        length += WriteAmount(text[length..], "Total", order.Total);
        return new(text[..length]);
    }

    private static int WriteAmount(Span<char> text, string name, decimal amount)
    {
        text.TryWrite(s_culture, $"{name, -48} {amount, 14:F2}\n", out int written);
        return written;
    }

    // A decimal has at most 31 letters with its sign and its point. An id, a quantity and a date have fewer. Titles may be longer than their column.
    private static int LongestText(Order order)
    {
        const int Number = 32;
        int length = 20 + Number + order.Customer.Length + Number + 3 * (50 + Number);
        foreach (var line in order.Lines)
        {
            length += 10 + 3 * Number + Math.Max(6, line.Sku.Length) + Math.Max(20, line.Title.Length);
        }

        return length;
    }
}
