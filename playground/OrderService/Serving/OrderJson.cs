using System.Text.Json.Serialization;
using OrderService.Orders;

namespace OrderService.Serving;

/// <summary>How answers and requests are written. The source generator of System.Text.Json writes the code.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderSummary[]))]
[JsonSerializable(typeof(IAsyncEnumerable<OrderSummary>))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class OrderJson : JsonSerializerContext;
