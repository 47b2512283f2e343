namespace OrderService.Orders;

/// <summary>What a customer sends. Nothing in it has been checked.</summary>
internal sealed record NewOrder(string? Customer, IReadOnlyList<NewOrderLine>? Lines);

internal sealed record NewOrderLine(string? Sku, int Quantity);
