using System.Text.Json.Serialization;

namespace OrderService.Orders;

[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
internal enum OrderStatus
{
    Received,
    Confirmed,
}
