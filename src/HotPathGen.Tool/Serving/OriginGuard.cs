using Microsoft.AspNetCore.Http;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// Refuses what a page of another origin sends. Changes are made by POST alone, and browsers send the origin with each POST. They say with other
/// requests whether another site makes them: what such a site could not read anyway does not bother the program either.
/// </summary>
internal static class OriginGuard
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Allows(context.Request)
            ? next(context)
            : Answers.RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                HttpMethods.IsPost(context.Request.Method)
                    ? "A change needs the header Origin with the address of this server, or Authorization: Bearer."
                    : "Pages of other sites may not ask this server."
            );

    private static bool Allows(HttpRequest request)
    {
        string? origin = request.Headers.Origin,
            site = request.Headers["Sec-Fetch-Site"];
        bool isOwn = origin is not null && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        if (HttpMethods.IsPost(request.Method))
        {
            // A form cannot send the header with the token.
            return isOwn || (origin is null && site is null && TokenGuard.BearerOf(request) is not null);
        }

        // A link on another page may lead here: the browser then shows the page, which the other page cannot read.
        return site is null or "same-origin" or "none" || (request.Headers["Sec-Fetch-Mode"] == "navigate" && HttpMethods.IsGet(request.Method));
    }
}
