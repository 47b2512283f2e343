using System.Globalization;

namespace OrderService.Serving;

/// <summary>
/// Says in a header of the answer how many bytes the handler allocated. This is right for handlers that are not <c>async</c>: they begin and end on
/// one thread.
/// </summary>
internal sealed class AllocationHeader : IEndpointFilter
{
    private const string Header = "X-Allocated-Bytes";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = next(context);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        context.HttpContext.Response.Headers[Header] = bytes.ToString(CultureInfo.InvariantCulture);
        return result;
    }
}
