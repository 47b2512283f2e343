using System.Globalization;
using System.Text.Json;
using OrderService.Orders;
using OrderService.Serving;

namespace OrderService.Load;

/// <summary>What is sent. It is the same in every run.</summary>
internal static class Samples
{
    public const int StreamLength = 50;

    public static readonly byte[] Refused = """{"customer":"","lines":[{"sku":"none","quantity":0}]}"""u8.ToArray();

    private const int CustomerCount = 40;
    private const int LineCounts = 18;

    // They are written once: writing them for every request would be work of the generator.
    private static readonly byte[][] s_orders = [.. Enumerable.Range(0, CustomerCount * LineCounts).Select(Write)];

    public static byte[] OrderAt(int number) => s_orders[number % s_orders.Length];

    public static string CustomerOf(int number) => string.Create(CultureInfo.InvariantCulture, $"customer-{number % CustomerCount}");

    public static int LineCountOf(int number) => 3 + number % LineCounts;

    private static byte[] Write(int number)
    {
        var lines = Enumerable
            .Range(0, LineCountOf(number))
            .Select(line => new NewOrderLine(Catalogue.SkuOf((number * 7 + line * 3) % Catalogue.ProductCount), 1 + line * line % 23));
        return JsonSerializer.SerializeToUtf8Bytes(new(CustomerOf(number), [.. lines]), OrderJson.Default.NewOrder);
    }
}
