using HotPathGen;

namespace OrderService.Serving;

/// <summary>The routes and their handlers.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes, bool isDebuggable)
    {
        routes.MapGet("/health", Handlers.Health);
        var orders = routes.MapGroup("/orders");
        orders.MapPost("/", Handlers.PlaceAsync);
        orders.MapGet("/stream", Handlers.StreamAsync);
        RouteHandlerBuilder[] synchronous =
        [
            orders.MapGet("/", Handlers.List),
            orders.MapGet("/{id:long}", Handlers.Find),
            orders.MapGet("/{id:long}/invoice", Handlers.Invoice),
        ];

        if (isDebuggable)
        {
            routes.MapPost("/debug/reset", Reset);
            foreach (var route in synchronous)
            {
                route.AddEndpointFilter<AllocationHeader>();
            }
        }
    }

    private static IResult Reset()
    {
        // Drops what was recorded while the service warmed up. In production this does nothing.
        HotPath.Reset();
        return Results.NoContent();
    }
}
