using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace HotPathGen.Tool.Serving;

/// <summary>How many requests are answered. What is more is refused at once, with the status 429, and costs the program nothing.</summary>
internal static class RequestLimits
{
    /// <summary>The policy of requests that wait for seconds.</summary>
    public const string Waiting = "waiting";

    /// <summary>The requests of one address a second. A page makes one, a scraper makes less.</summary>
    public const int PerSecond = 100;

    private const int Burst = 200;
    private const int MostWaiting = 8;

    public static void Set(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(static context =>
            RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, static _ => new()
                {
                    TokenLimit = Burst,
                    TokensPerPeriod = PerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                })
        );
        options.AddConcurrencyLimiter(Waiting, static waiting =>
        {
            waiting.PermitLimit = MostWaiting;
            waiting.QueueLimit = 0;
        });
        options.OnRejected = static async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            await Answers.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests: ask again in a second.");
        };
    }
}
