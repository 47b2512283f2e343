using System.Buffers;
using System.Globalization;
using System.Text.Json;
using HotPathGen.Tool.Exports.Html;
using HotPathGen.Tool.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HotPathGen.Tool.Serving;

/// <summary>The live page, its figures, and what it can change.</summary>
internal static class LiveEndpoints
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    public static void Map(IEndpointRouteBuilder routes, Readings readings, CancellationToken stopping)
    {
        var page = HtmlPage.Live(readings.Program.App);
        routes.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = page.Policy + "; frame-ancestors 'none'";
            return context.Response.WriteAsync(page.Html, context.RequestAborted);
        });
        routes.MapGet("/live/figures", async context =>
        {
            var reading = await readings.NowAsync(context.RequestAborted);
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.Body.WriteAsync(Figures(reading, readings.History.Moments), context.RequestAborted);
        });
        routes.MapPost("/live/reset", async context => await ChangedAsync(context, await readings.Program.ResetAsync(stopping)));
        routes.MapPost("/live/level", async context =>
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
            int level = Array.IndexOf(Words.DetailLevels, form["level"].ToString());
            string seconds = form["seconds"].ToString();
            bool isForever = seconds.Length == 0;
            if (
                level < 0
                || !(
                    isForever
                    || int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                        && given > 0
                        && given <= s_longest.TotalSeconds
                )
            )
            {
                await Answers.WriteAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    $"level is one of {string.Join(", ", Words.DetailLevels)}; seconds, if it is for a time, a whole number up to a day."
                );
                return;
            }

            TimeSpan? time = isForever ? null : TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
            await ChangedAsync(context, await readings.Program.SetDetailAsync((DetailLevel)level, time, stopping));
        });

        Task ChangedAsync(HttpContext context, LiveStatus status)
        {
            readings.Forget();
            return Answers.WriteAsync(context, StatusCodes.Status200OK, LevelWords.Of(status, hasOverhead: true));
        }
    }

    private static ReadOnlyMemory<byte> Figures(Reading reading, Moment[] moments)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("process", reading.Process);
            json.WriteString("app", VisibleText.Name(reading.Status.App));
            json.WriteString("start", reading.Snapshot.Process.Start);
            json.WriteString("level", Words.Of(reading.Status.Detail));
            json.WriteString("levelText", LevelWords.Of(reading.Status, hasOverhead: true));
            json.WriteStartArray("history");
            foreach (var moment in moments)
            {
                json.WriteStartArray();
                json.WriteNumberValue(moment.EndMs);
                json.WriteNumberValue(moment.SpanMs);
                json.WriteNumberValue(moment.Calls);
                if (moment.Bytes is { } bytes)
                {
                    json.WriteNumberValue(bytes);
                }
                else
                {
                    json.WriteNullValue();
                }

                json.WriteNumberValue(moment.HotBytes);
                json.WriteNumberValue(moment.PauseShare);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WritePropertyName("report");
            json.WriteRawValue(reading.Report(), skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
