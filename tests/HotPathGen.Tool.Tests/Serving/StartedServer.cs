using System.Net;
using HotPathGen.Tool.Live;
using HotPathGen.Tool.Serving;
using HotPathGen.Tool.Tests.Live;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The server of a program, in this process, on a free loopback port, with a client that has no cookies and follows no redirects.</summary>
internal sealed class StartedServer : IAsyncDisposable
{
    private readonly HttpClient _client;

    private StartedServer(Server server) =>
        (Server, _client) = (server, new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address });

    public Server Server { get; }
    public Uri Address => Server.Address;
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<StartedServer> OfAsync(ServingProgram program, Token? token = null) =>
        new(
            await Server.StartAsync(
                new(IPAddress.Loopback, 0, token, []),
                new("HotPathGen.Tests.Host", isByName: false, new MeasuredProgram(program.Id)),
                CancellationToken.None
            )
        );

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, null, "application/x-www-form-urlencoded");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request);
        var all = response
            .Headers.Concat(response.Content.Headers)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value));
        return new(response.StatusCode, all, await response.Content.ReadAsByteArrayAsync());
    }
}

/// <summary>An answer of the server.</summary>
internal sealed record Answer(HttpStatusCode Status, Dictionary<string, string> Headers, byte[] Content)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Content);
}
