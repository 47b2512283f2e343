using HotPathGen;

namespace OrderService.Orders;

/// <summary>Says what is wrong with an order, field by field.</summary>
[Instrument]
internal sealed class OrderValidator(Catalogue catalogue)
{
    public const int MostLines = 100;
    public const int LargestQuantity = 1000;
    public const int LongestCustomer = 60;

    /// <returns>Nothing if the order can be placed.</returns>
    public Dictionary<string, string[]>? ErrorsOf(NewOrder order)
    {
        Dictionary<string, string[]>? errors = null;
        if (string.IsNullOrWhiteSpace(order.Customer) || order.Customer.Length > LongestCustomer)
        {
            Add("customer", $"must have 1 to {LongestCustomer} letters");
        }

        if (order.Lines is not { Count: > 0 and <= MostLines } lines)
        {
            Add("lines", $"must be 1 to {MostLines}");
            return errors;
        }

        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Sku is not { } sku || catalogue.Find(sku) is null)
            {
                Add($"lines[{i}].sku", "is not in the catalogue");
            }

            if (lines[i].Quantity is < 1 or > LargestQuantity)
            {
                Add($"lines[{i}].quantity", $"must be 1 to {LargestQuantity}");
            }
        }

        return errors;

        void Add(string field, string problem) => (errors ??= new(StringComparer.Ordinal)).Add(field, [problem]);
    }
}
