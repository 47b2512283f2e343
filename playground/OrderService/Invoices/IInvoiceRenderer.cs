using OrderService.Orders;

namespace OrderService.Invoices;

internal interface IInvoiceRenderer
{
    /// <returns>The invoice as plain text.</returns>
    string Render(Order order);
}
