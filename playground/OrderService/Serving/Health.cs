namespace OrderService.Serving;

/// <param name="Pending">Orders that are not confirmed yet.</param>
internal sealed record Health(string Status, int Orders, int Pending);
