using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotPathGen.Tool.Serving;

/// <summary>
/// The web server of one program. It reads no configuration files and none of ASP.NET Core's environment variables: what is served, and to whom, is
/// what the command line says.
/// </summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>How long open requests may go on when the server ends. The command line gives the command two seconds.</summary>
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;

    private Server(WebApplication app, CancellationTokenSource stopping, Readings readings, Uri address) =>
        (_app, _stopping, Readings, Address) = (app, stopping, readings, address);

    public Readings Readings { get; }

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Address { get; }

    public static async Task<Server> StartAsync(ServeOptions options, ServedProgram program, CancellationToken cancellation)
    {
        var stopping = new CancellationTokenSource();
        var readings = new Readings(program, stopping.Token);
        var app = Build(options, readings, stopping.Token);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new InputException(
                new IPEndPoint(options.Address, options.Port).ToString(),
                "",
                e.InnerException is AddressInUseException
                    ? "another program listens there"
                    : $"it is not possible to listen there: {e.Message.TrimEnd('.')}",
                "Choose another port: --port N, or --port 0 for a free one. Addresses of this machine: --listen."
            );
        }

        string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(app, stopping, readings, new(bound));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static WebApplication Build(ServeOptions options, Readings readings, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new()
            {
                ApplicationName = "dotnet-hotpath",
                EnvironmentName = Environments.Production,
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(RequestLimits.Set);
        builder.Services.AddResponseCompression();
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = s_end);
        var app = builder.Build();
        app.Use(next => context => Answers.WithHeadersAsync(context, next));
        app.Use(next => new HostGuard(options) is var guard ? context => guard.InvokeAsync(context, next) : next);
        app.UseRateLimiter();
        var tokenGuard = options.Token is { } token ? new TokenGuard(token) : null;
        if (tokenGuard is not null)
        {
            app.Use(next => context => tokenGuard.InvokeAsync(context, next));
        }

        app.Use(next => context => OriginGuard.InvokeAsync(context, next));
        if (!IPAddress.IsLoopback(options.Address))
        {
            app.UseResponseCompression();
        }

        app.Use(next => context => Answers.WithReasonsAsync(context, next));
        if (tokenGuard is not null)
        {
            app.MapMethods(TokenGuard.LoginPath, [HttpMethods.Get, HttpMethods.Post], tokenGuard.LoginAsync);
        }

        LiveEndpoints.Map(app, readings, stopping);
        PprofEndpoints.Map(app, readings, stopping);
        var metrics = new Metrics();
        app.MapGet("/metrics", async context =>
        {
            var reading = await readings.NowAsync(context.RequestAborted);
            context.Response.ContentType = PrometheusText.ContentType;
            await context.Response.WriteAsync(metrics.Write(reading), context.RequestAborted);
        });
        app.MapGet("/snapshot", async context =>
        {
            var reading = await readings.NowAsync(context.RequestAborted);
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=\"snapshot.hotpath.json\"";
            await context.Response.Body.WriteAsync(reading.Json, context.RequestAborted);
        });
        return app;
    }

    // A request of this server is a line and a few headers; the largest body is the form of the level.
    private static void Limit(KestrelServerOptions kestrel, ServeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 128;
        kestrel.Limits.MaxRequestBodySize = 4096;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(options.Address, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>The command line takes Ctrl+C and SIGTERM, so the host must not.</summary>
    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
