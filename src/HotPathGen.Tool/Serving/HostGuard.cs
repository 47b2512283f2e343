using System.Net;
using Microsoft.AspNetCore.Http;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// Refuses requests for a host that this server is not. A page of an attacker can make its own name lead to this address (DNS rebinding); then the
/// browser takes the answers for that page's own. An address cannot be made to lead elsewhere, so addresses are allowed: on loopback its own ones.
/// </summary>
internal sealed class HostGuard(ServeOptions options)
{
    private readonly HashSet<string> _names = new(
        [.. options.HostNames, "localhost", .. IPAddress.IsLoopback(options.Address) ? (string[])[] : [Dns.GetHostName()]],
        StringComparer.OrdinalIgnoreCase
    );

    public bool Allows(HostString host)
    {
        string name = host.Host;
        return IPAddress.TryParse(name.Trim('[', ']'), out var address)
            ? !IPAddress.IsLoopback(options.Address) || IPAddress.IsLoopback(address)
            : _names.Contains(name);
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Allows(context.Request.Host)
            ? next(context)
            : Answers.RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This server does not have the name in the Host header. To add one: --host NAME."
            );
}
