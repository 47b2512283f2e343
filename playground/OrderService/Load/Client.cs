using System.Globalization;
using System.Net;

namespace OrderService.Load;

/// <summary>Sends requests over connections that are kept, so that none is made while requests are timed.</summary>
internal sealed class Client(Uri url, int connections) : IDisposable
{
    private readonly KnownOrders _known = new();

    // An HttpClient around it would start a timer for each request.
    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        }
    );

    /// <summary>Places the orders that other requests ask for.</summary>
    public async Task PrepareAsync(CancellationToken cancelled)
    {
        var body = new MemoryStream();
        for (int i = 0; i < KnownOrders.Count; i++)
        {
            var question = new Question(RequestKind.Place, i, About: null);
            Check(question, await SendAsync(question, body, cancelled), body);
        }
    }

    public Question QuestionAt(int number)
    {
        var kind = Mix.At(number);
        return new(kind, number, kind is RequestKind.Find or RequestKind.Invoice ? _known[number] : null);
    }

    /// <param name="body">The body of the answer comes here, in place of the last one.</param>
    public async Task<HttpStatusCode> SendAsync(Question question, MemoryStream body, CancellationToken cancelled)
    {
        using var request = RequestOf(question);
        using var response = await _http.SendAsync(request, cancelled);
        body.SetLength(0);
        await response.Content.CopyToAsync(body, cancelled);
        return response.StatusCode;
    }

    /// <exception cref="WrongAnswerException">The answer is not right.</exception>
    public void Check(Question question, HttpStatusCode status, MemoryStream body)
    {
        if (new AnswerCheck(question, status, body.GetBuffer().AsSpan(0, (int)body.Length)).Run() is { } placed)
        {
            _known.Add(placed);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(Question question) =>
        question.Kind switch
        {
            RequestKind.Find => Get($"/orders/{question.About!.Order.Id}"),
            RequestKind.List => Get($"/orders?customer={Samples.CustomerOf(question.Number)}"),
            RequestKind.Invoice => Get($"/orders/{question.About!.Order.Id}/invoice"),
            RequestKind.Place => Post(Samples.OrderAt(question.Number)),
            RequestKind.Stream => Get($"/orders/stream?limit={Samples.StreamLength}"),
            RequestKind.Health => Get($"/health"),
            RequestKind.Refused => Post(Samples.Refused),
            RequestKind.Missing => Get($"/orders/{long.MaxValue}"),
            _ => throw new ArgumentOutOfRangeException(nameof(question)),
        };

    private HttpRequestMessage Get(FormattableString path) => new(HttpMethod.Get, new Uri(url, path.ToString(CultureInfo.InvariantCulture)));

    private HttpRequestMessage Post(byte[] json) =>
        new(HttpMethod.Post, new Uri(url, "/orders"))
        {
            Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
        };
}
