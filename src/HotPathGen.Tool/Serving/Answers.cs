using Microsoft.AspNetCore.Http;

namespace HotPathGen.Tool.Serving;

/// <summary>Answers that are a sentence, and the headers that every answer has.</summary>
internal static class Answers
{
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>No answer is kept, shown within another page, or taken for something else than it is. There is no CORS header.</summary>
    public static Task WithHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Without a referrer, browsers send a form with the origin null.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }

    /// <summary>If the program cannot answer, the client gets the reason.</summary>
    public static async Task WithReasonsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (InputException e) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "2";
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{VisibleText.Of($"{e.File}: {e.Reason}.")}\n{e.Remedy}");
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the server ends.
            context.Abort();
        }
    }

    public static Task RefuseAsync(HttpContext context, int status, string sentence) => WriteAsync(context, status, sentence);

    public static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Text;
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
