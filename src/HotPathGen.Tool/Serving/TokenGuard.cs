using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// Lets in who knows the token: in the header, or with the cookie that a browser gets for it. The cookie is not the token but a secret of this run,
/// because browsers send a cookie to all ports of a host.
/// </summary>
internal sealed class TokenGuard(Token token)
{
    public const string LoginPath = "/login";

    private const string Scheme = "Bearer ";
    private const string Cookie = "hotpath-session";

    private readonly string _session = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == LoginPath || Knows(context.Request))
        {
            return next(context);
        }

        // A browser that wants to show a page gets the form. Others get the reason.
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(LoginPath);
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.RefuseAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "This server needs the token that it printed or was given: Authorization: Bearer TOKEN."
        );
    }

    /// <summary>The form. A wrong token gets the form again.</summary>
    public async Task LoginAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await LoginPage.WriteAsync(context, StatusCodes.Status200OK, "");
            return;
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        if (!token.Is(form["token"].ToString().Trim()))
        {
            await LoginPage.WriteAsync(context, StatusCodes.Status401Unauthorized, "This is not the token.");
            return;
        }

        context.Response.Cookies.Append(
            Cookie,
            _session,
            new()
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                Path = "/",
            }
        );
        context.Response.Redirect("/");
    }

    private bool Knows(HttpRequest request) =>
        BearerOf(request) is { } given
            ? token.Is(given)
            : request.Cookies[Cookie] is { } cookie
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(_session));
}
