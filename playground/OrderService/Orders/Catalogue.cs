using System.Collections.Frozen;
using System.Globalization;

namespace OrderService.Orders;

/// <summary>What can be ordered: products <c>P-000</c> to <c>P-199</c>.</summary>
internal sealed class Catalogue
{
    public const int ProductCount = 200;

    private static readonly string[] s_materials = ["Oak", "Steel", "Linen", "Glass", "Cork"];
    private static readonly string[] s_things = ["lamp", "shelf", "chair", "kettle", "basket", "clock", "mirror", "tray"];

    private readonly FrozenDictionary<string, Product> _products = Enumerable
        .Range(0, ProductCount)
        .Select(number => new Product(
            SkuOf(number),
            $"{s_materials[number % s_materials.Length]} {s_things[number % s_things.Length]}",
            2.5m + 0.75m * (number * 37 % ProductCount)
        ))
        .ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);

    public static string SkuOf(int number) => string.Create(CultureInfo.InvariantCulture, $"P-{number:000}");

    public Product? Find(string sku) => _products.GetValueOrDefault(sku);
}
