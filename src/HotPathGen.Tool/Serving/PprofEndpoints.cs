using System.Globalization;
using HotPathGen.Tool.Exports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace HotPathGen.Tool.Serving;

/// <summary>Profiles under the paths of Go's <c>net/http/pprof</c>, where scrapers and <c>go tool pprof</c> look for them.</summary>
internal static class PprofEndpoints
{
    /// <summary>What Go's handler takes where a request does not say it.</summary>
    public const int DefaultSeconds = 30;

    public const int MostSeconds = 300;

    private const string Index = """
        profiles of a measured program, for go tool pprof:
        /debug/pprof/allocs              what was allocated since the start or the last reset; ?seconds=N: in the next N seconds
        /debug/pprof/profile?seconds=N   calls, time and allocations of the next N seconds
        /debug/pprof/heap                not there yet: lifetimes of objects are not recorded
        """;

    public static void Map(IEndpointRouteBuilder routes, Readings readings, CancellationToken stopping)
    {
        routes.MapGet("/debug/pprof/", static context => Answers.WriteAsync(context, StatusCodes.Status200OK, Index));
        routes.MapGet("/debug/pprof/allocs", context => WriteAsync(context, null, StackValue.Bytes)).RequireRateLimiting(RequestLimits.Waiting);
        routes
            .MapGet("/debug/pprof/profile", context => WriteAsync(context, DefaultSeconds, StackValue.Time))
            .RequireRateLimiting(RequestLimits.Waiting);
        routes.MapGet("/debug/pprof/heap", static context =>
            Answers.WriteAsync(
                context,
                StatusCodes.Status501NotImplemented,
                "Lifetimes of objects are not recorded, so there is no profile of the heap. /debug/pprof/allocs has what was allocated."
            )
        );

        async Task WriteAsync(HttpContext context, int? secondsByDefault, StackValue shown)
        {
            string? given = context.Request.Query["seconds"];
            int? seconds = secondsByDefault;
            if (given is not null)
            {
                if (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MostSeconds)
                {
                    await Answers.WriteAsync(
                        context,
                        StatusCodes.Status400BadRequest,
                        FormattableString.Invariant($"seconds is a whole number from 1 to {MostSeconds}.")
                    );
                    return;
                }

                seconds = number;
            }

            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            var first = await readings.NowAsync(cancellation.Token);
            var snapshot = first.Snapshot;
            if (seconds is { } span)
            {
                await Task.Delay(TimeSpan.FromSeconds(span), cancellation.Token);
                var second = await readings.NowAsync(cancellation.Token);
                // If another process has taken its place, or it was reset, what it did since then is all there is.
                snapshot = second.Continues(first) ? RecordedInterval.Between(snapshot, second.Snapshot) : second.Snapshot;
            }

            byte[] profile = PprofProfile.Write(snapshot, shown);
            context.Response.ContentType = "application/octet-stream";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{(secondsByDefault is null ? "allocs" : "profile")}.pb.gz\"";
            await context.Response.Body.WriteAsync(profile, cancellation.Token);
        }
    }
}
