using System.Net;
using HotPathGen.Tool.Exports.Html;
using Microsoft.AspNetCore.Http;

namespace HotPathGen.Tool.Serving;

/// <summary>The form for the token. It has no script.</summary>
internal static class LoginPage
{
    private const string Style =
        "body{font:16px system-ui,sans-serif;margin:12vh auto;max-width:26em;padding:0 1em;color-scheme:light dark}"
        + "input,button{font:inherit;padding:.4em .6em}input{width:100%;box-sizing:border-box;margin:.4em 0 .8em}";

    public static Task WriteAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{HtmlPage.Hash(Style)}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>HotPathGen</title><style>{Style}</style></head>
            <body><main><h1>HotPathGen</h1><form method="post" action="{TokenGuard.LoginPath}">
            <label for="token">The token that <code>dotnet hotpath serve</code> printed or was given</label>
            <input id="token" name="token" type="password" autocomplete="off" required autofocus>
            <button type="submit">Open the page</button> <strong role="status">{WebUtility.HtmlEncode(problem)}</strong></form></main></body></html>
            """,
            context.RequestAborted
        );
    }
}
