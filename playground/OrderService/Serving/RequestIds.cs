using HotPathGen;

namespace OrderService.Serving;

/// <summary>Answers carry the id of their request, so that a customer's question leads to the log: the caller's own, or a new one.</summary>
internal sealed class RequestIds(RequestDelegate next)
{
    public const string Header = "X-Request-Id";

    private const int Longest = 64;

    [Instrument]
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers[Header] = IdOf(context);
        await next(context);
    }

    private static string IdOf(HttpContext context)
    {
        string? given = context.Request.Headers[Header];
        return given is { Length: > 0 and <= Longest } && given.All(char.IsAsciiLetterOrDigit) ? given : context.TraceIdentifier;
    }
}
