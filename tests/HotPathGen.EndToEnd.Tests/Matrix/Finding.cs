using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests.Matrix;

/// <summary>A message of the compiler or an analyzer about a place. Messages of the level info, which no console shows, are included.</summary>
internal sealed record Finding(string Id, string Level, string File, int Line, string Text)
{
    public static IReadOnlyList<Finding> Read(string sarif)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(sarif));
        return
        [
            .. document
                .RootElement.GetProperty("runs")[0]
                .GetProperty("results")
                .EnumerateArray()
                .Where(result => !result.TryGetProperty("suppressions", out _) && result.TryGetProperty("locations", out _))
                .Select(Of),
        ];
    }

    private static Finding Of(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        return new(
            result.GetProperty("ruleId").GetString()!,
            result.GetProperty("level").GetString()!,
            Uri.UnescapeDataString(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!),
            place.GetProperty("region").GetProperty("startLine").GetInt32(),
            result.GetProperty("message").GetProperty("text").GetString()!
        );
    }
}
