using System.Globalization;
using System.Runtime.CompilerServices;
using HotPathGen;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderService.Invoices;
using OrderService.Orders;

namespace OrderService.Serving;

/// <summary>What the routes do.</summary>
[Instrument]
internal static class Handlers
{
    private const int PageLength = 25;

    public static Ok<Health> Health(OrderStore store, OrderQueue queue) => TypedResults.Ok(new Health("ok", store.Count, queue.Pending));

    public static async Task<Results<Created<Order>, ValidationProblem>> PlaceAsync(
        NewOrder ordered,
        OrderValidator validator,
        PriceEngine prices,
        OrderStore store,
        OrderQueue queue,
        CancellationToken cancelled
    )
    {
        if (validator.ErrorsOf(ordered) is { } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var order = store.Add(prices.Price(ordered, store.CountOf(ordered.Customer!)));
        await queue.AddAsync(order.Id, cancelled);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/orders/{order.Id}"), order);
    }

    public static Results<Ok<Order>, NotFound> Find(long id, OrderStore store) =>
        store.Find(id) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();

    public static Ok<OrderSummary[]> List(string customer, OrderStore store) => TypedResults.Ok(store.NewestOf(customer));

    /// <summary>The orders from an id on, at most so many. Nothing but one page of them is in memory.</summary>
    public static async IAsyncEnumerable<OrderSummary> StreamAsync(
        OrderStore store,
        long from = 1,
        int limit = 100,
        [EnumeratorCancellation] CancellationToken cancelled = default
    )
    {
        var page = new List<OrderSummary>(PageLength);
        for (long next = from; next > 0 && limit > 0; limit -= page.Count)
        {
            page.Clear();
            next = store.ReadPage(next, Math.Min(PageLength, limit), page);
            foreach (var order in page)
            {
                yield return order;
            }

            // A long stream does not keep a thread from other requests.
            await Task.Yield();
            cancelled.ThrowIfCancellationRequested();
        }
    }

    public static Results<ContentHttpResult, NotFound> Invoice(long id, OrderStore store, IInvoiceRenderer renderer) =>
        store.Find(id) is { } order ? TypedResults.Text(renderer.Render(order), "text/plain", System.Text.Encoding.UTF8) : TypedResults.NotFound();
}
