using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The parts of a snapshot file that these tests read.</summary>
internal sealed record Snapshot(
    string Schema,
    IReadOnlyList<MeasuredMethod> Methods,
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<LeftPlain> Coverage
)
{
    public MeasuredMethod this[string id] =>
        Methods.SingleOrDefault(method => method.Id == id) ?? throw new AssertionException($"no method {id} among\n{string.Join('\n', Methods)}");

    /// <summary>The figures of one assembly's methods. Coverage stays as it is, because it names no assembly.</summary>
    public Snapshot Of(string assembly) => this with { Methods = [.. Methods.Where(method => method.Assembly == assembly)] };

    public static Snapshot Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement;
        return new(
            root.GetProperty("schema").GetString()!,
            [.. root.GetProperty("methods").EnumerateArray().Select(Method)],
            [.. root.GetProperty("process").GetProperty("assemblies").EnumerateArray().Select(assembly => assembly.GetProperty("name").GetString()!)],
            [.. root.GetProperty("coverage").EnumerateArray().Select(Left)]
        );
    }

    private static LeftPlain Left(JsonElement left) =>
        new(
            left.GetProperty("name").GetString()!,
            left.GetProperty("file").GetString()!,
            left.GetProperty("line").GetInt32(),
            left.GetProperty("reason").GetString()!
        );

    private static MeasuredMethod Method(JsonElement method) =>
        new(
            method.GetProperty("id").GetString()!,
            method.GetProperty("assembly").GetString()!,
            method.GetProperty("file").GetString()!,
            method.GetProperty("line").GetInt32(),
            method.GetProperty("form").GetString()!,
            method.GetProperty("calls").GetInt64(),
            method.GetProperty("failures").GetInt64(),
            method.GetProperty("time").GetProperty("inclusiveNs").GetDouble(),
            method.GetProperty("allocated").GetProperty("inclusiveBytes").GetInt64(),
            method.GetProperty("allocated").GetProperty("selfBytes").GetInt64(),
            method.TryGetProperty("sites", out var sites) ? [.. sites.EnumerateArray().Select(Site)] : []
        );

    private static (int Line, int Column, string Text) Site(JsonElement site) =>
        (site.GetProperty("line").GetInt32(), site.GetProperty("column").GetInt32(), site.GetProperty("text").GetString()!);
}

/// <summary>One row of <c>methods</c>.</summary>
internal sealed record MeasuredMethod(
    string Id,
    string Assembly,
    string File,
    int Line,
    string Form,
    long Calls,
    long Failures,
    double InclusiveNs,
    long InclusiveBytes,
    long SelfBytes,
    IReadOnlyList<(int Line, int Column, string Text)> Sites
);

/// <summary>One row of <c>coverage</c>.</summary>
internal sealed record LeftPlain(string Name, string File, int Line, string Reason);
