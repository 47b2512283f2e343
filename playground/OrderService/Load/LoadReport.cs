using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Load;

/// <summary>Prints a result, for people or as JSON.</summary>
internal static class LoadReport
{
    public static void Print(LoadResult result, TextWriter output)
    {
        output.WriteLine($"{"route", -26}{"requests", 10}{"p50", 12}{"p99", 12}");
        foreach (var route in result.Routes)
        {
            output.WriteLine($"{route.Route, -26}{route.Requests, 10:N0}{route.P50Ms, 9:F2} ms{route.P99Ms, 9:F2} ms");
        }

        output.WriteLine($"{"all", -26}{result.Requests, 10:N0}{result.P50Ms, 9:F2} ms{result.P99Ms, 9:F2} ms");
        output.WriteLine(
            $"{result.Requests:N0} requests in {result.Seconds:F2} s, {result.RequestsPerSecond:N0} a second; wrong answers: {result.Wrong:N0}"
        );
    }

    public static string ToJson(LoadResult result) => JsonSerializer.Serialize(result, LoadJson.Default.LoadResult);

    public static LoadResult FromJson(string text) =>
        JsonSerializer.Deserialize(text, LoadJson.Default.LoadResult) ?? throw new JsonException("it is null.");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
