using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrderService.Orders;
using OrderService.Serving;

namespace OrderService.Load;

/// <summary>Whether an answer is right, for the question that was asked.</summary>
internal readonly ref struct AnswerCheck(Question question, HttpStatusCode status, ReadOnlySpan<byte> body)
{
    private const int LongestQuote = 200;

    private readonly ReadOnlySpan<byte> _body = body;

    /// <returns>The order that was placed, if one was.</returns>
    /// <exception cref="WrongAnswerException">The answer is not right.</exception>
    public KnownOrder? Run()
    {
        var expected = question.Kind switch
        {
            RequestKind.Place => HttpStatusCode.Created,
            RequestKind.Refused => HttpStatusCode.BadRequest,
            RequestKind.Missing => HttpStatusCode.NotFound,
            _ => HttpStatusCode.OK,
        };
        Demand(status == expected, "the status");
        switch (question.Kind)
        {
            case RequestKind.Place:
                var placed = Read(OrderJson.Default.Order);
                Demand(placed.Customer == Samples.CustomerOf(question.Number), "the customer");
                Demand(placed.Lines.Count == Samples.LineCountOf(question.Number), "the number of lines");
                Demand(placed.Total == placed.Lines.Sum(line => line.Total) - placed.Discount + placed.Shipping, "the total");
                return new(placed, _body);

            case RequestKind.Find:
                Demand(question.About!.Is(_body), "the order");
                break;

            case RequestKind.List:
                int listed = _body.Count("\"id\":"u8);
                Demand(listed is > 0 and <= OrderStore.LongestList, "the length");
                string customer = $"\"customer\":\"{Samples.CustomerOf(question.Number)}\"";
                Demand(_body.Count(Encoding.UTF8.GetBytes(customer)) == listed, "the customer");
                break;

            case RequestKind.Invoice:
                var order = question.About!.Order;
                string first = string.Create(CultureInfo.InvariantCulture, $"Invoice {order.Id}\n{order.Customer}, "),
                    last = string.Create(CultureInfo.InvariantCulture, $"{order.Total, 14:F2}\n");
                Demand(_body.StartsWith(Encoding.UTF8.GetBytes(first)) && _body.EndsWith(Encoding.UTF8.GetBytes(last)), "the invoice");
                Demand(_body.Count((byte)'\n') == 3 + order.Lines.Count + 3, "the number of lines");
                break;

            case RequestKind.Stream:
                Demand(_body.StartsWith("[{"u8) && _body.EndsWith("}]"u8) && _body.Count("\"id\":"u8) == Samples.StreamLength, "the length");
                break;

            case RequestKind.Health:
                Demand(Read(OrderJson.Default.Health) is { Status: "ok", Orders: > 0 }, "the health");
                break;

            case RequestKind.Refused:
                Demand(_body.IndexOf("lines[0].sku"u8) > 0, "the field that is reported");
                break;
        }

        return null;
    }

    private T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(_body, type) ?? throw new JsonException("it is null.");
        }
        catch (JsonException e)
        {
            throw new WrongAnswerException($"{Mix.NameOf(question.Kind)}: the answer is not what it should be: {e.Message}");
        }
    }

    private void Demand(bool isRight, string what)
    {
        if (!isRight)
        {
            string text = Encoding.UTF8.GetString(_body[..Math.Min(_body.Length, LongestQuote)]);
            throw new WrongAnswerException($"{Mix.NameOf(question.Kind)}: {what} is wrong in this answer: {(int)status} {text}");
        }
    }
}
