namespace OrderService.Orders;

internal sealed record Product(string Sku, string Title, decimal Price);
