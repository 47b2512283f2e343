using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Generator.Tests;

/// <summary>The runtime into which measured samples record. The process has only one.</summary>
[SetUpFixture]
public sealed class Recording
{
    [OneTimeSetUp]
    public void Start()
    {
        string folder = Directory.CreateTempSubdirectory("hotpath-generator-tests-").FullName;
        Environment.SetEnvironmentVariable("HOTPATH", "on");
        Environment.SetEnvironmentVariable("HOTPATH_OUTPUT", Path.Combine(folder, "{pid}.hotpath.json"));
        Environment.SetEnvironmentVariable("HOTPATH_SUMMARY", "none");
        Environment.SetEnvironmentVariable("HOTPATH_WARMUP_MS", null);

        // Every call is recorded and probes, so that sites also count what a sample does only once.
        Environment.SetEnvironmentVariable("HOTPATH_DETAIL", "full");
        Environment.SetEnvironmentVariable("HOTPATH_SITES", "all");
        Environment.SetEnvironmentVariable("HOTPATH_CONTROL", "off");
        Environment.SetEnvironmentVariable("HOTPATH_QUARANTINE", "1");

        // When the runtime starts, it subscribes to the end of the process, to write its snapshot. The handler below is added later, so it runs later
        // and finds the file.
        HotMethod.Register("HotPathGen.Generator.Tests", "", [], []);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }

    /// <summary>Calls and failures of one assembly's hot methods, by metadata name without type and parameters.</summary>
    internal static IReadOnlyDictionary<string, Recorded> Of(string assembly)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Where(method => method.GetProperty("assembly").GetString() == assembly)
            .GroupBy(method => ShortName(method.GetProperty("id").GetString()!), StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new Recorded(
                    group.Sum(method => method.GetProperty("calls").GetInt64()),
                    group.Sum(method => method.GetProperty("failures").GetInt64()),
                    group.First().GetProperty("form").GetString()!,
                    group.All(static method => method.TryGetProperty("sites", out _))
                ),
                StringComparer.Ordinal
            );
    }

    /// <summary>The bytes that one hot method of an assembly has allocated, including those of the methods that it called.</summary>
    internal static long BytesOf(string assembly, string method)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Single(row => row.GetProperty("assembly").GetString() == assembly && ShortName(row.GetProperty("id").GetString()!) == method)
            .GetProperty("allocated")
            .GetProperty("inclusiveBytes")
            .GetInt64();
    }

    /// <summary>The bytes that all hot methods of an assembly have allocated.</summary>
    internal static long SelfBytesOf(string assembly)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Where(row => row.GetProperty("assembly").GetString() == assembly)
            .Sum(static row => row.GetProperty("allocated").GetProperty("selfBytes").GetInt64());
    }

    /// <summary>The figures of one hot method of an assembly, site by site.</summary>
    internal static RecordedSites SitesOf(string assembly, string method)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        JsonElement row = snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .Single(row => row.GetProperty("assembly").GetString() == assembly && ShortName(row.GetProperty("id").GetString()!) == method);
        var contexts = snapshot.RootElement.GetProperty("contexts");
        int index = snapshot
            .RootElement.GetProperty("methods")
            .EnumerateArray()
            .ToList()
            .FindIndex(other =>
                other.GetProperty("id").GetString() == row.GetProperty("id").GetString() && other.GetProperty("assembly").GetString() == assembly
            );
        return new(
            row.GetProperty("allocated").GetProperty("selfBytes").GetInt64(),
            row.GetProperty("allocated").GetProperty("inclusiveBytes").GetInt64(),
            row.GetProperty("control").GetProperty("probing").GetProperty("selfBytes").GetInt64(),
            row.GetProperty("unattributedBytes").GetInt64(),
            row.GetProperty("failures").GetInt64(),
            [
                .. row.GetProperty("sites")
                    .EnumerateArray()
                    .Select(static site => new RecordedSite(
                        site.GetProperty("line").GetInt32(),
                        site.GetProperty("column").GetInt32(),
                        site.GetProperty("kind").GetString()!,
                        site.GetProperty("type").GetString()!,
                        site.GetProperty("text").GetString()!,
                        site.GetProperty("hits").GetInt64(),
                        site.GetProperty("allocatingHits").GetInt64(),
                        site.GetProperty("bytes").GetInt64(),
                        site.GetProperty("largeObjectHits").GetInt64(),
                        site.TryGetProperty("origin", out var origin) ? origin.GetString()! : ""
                    )),
            ],
            [
                .. contexts
                    .EnumerateArray()
                    .Where(context =>
                        context.GetProperty("method").ValueKind == JsonValueKind.Number && context.GetProperty("method").GetInt32() == index
                    )
                    .Select(context => Parents(contexts, context, snapshot.RootElement.GetProperty("methods"))),
            ]
        );
    }

    private static string Parents(JsonElement contexts, JsonElement context, JsonElement methods)
    {
        string name = ShortName(methods[context.GetProperty("method").GetInt32()].GetProperty("id").GetString()!);
        return context.GetProperty("parent").ValueKind == JsonValueKind.Number
            ? Parents(contexts, contexts[context.GetProperty("parent").GetInt32()], methods) + ">" + name
            : name;
    }

    private static string ShortName(string id)
    {
        string head = id.Split('|')[^1].Split('(', '~')[0];
        string name = head[(head.LastIndexOf('.') + 1)..].Split('`')[0];
        return name.StartsWith('#') ? name : name[(name.LastIndexOf('#') + 1)..];
    }
}

/// <summary>The figures of a method in the snapshot, or the sums of all methods of one name.</summary>
internal sealed record Recorded(long Calls, long Failures, string Form, bool HasSites);

/// <summary>One site in the snapshot.</summary>
internal sealed record RecordedSite(
    int Line,
    int Column,
    string Kind,
    string Type,
    string Text,
    long Hits,
    long AllocatingHits,
    long Bytes,
    long LargeObjectHits,
    string Origin
);

/// <summary>A method's sites, and the figures that they must add up to.</summary>
internal sealed record RecordedSites(
    long SelfBytes,
    long InclusiveBytes,
    long ProbingBytes,
    long UnattributedBytes,
    long Failures,
    IReadOnlyList<RecordedSite> Sites,
    IReadOnlyList<string> Contexts
)
{
    /// <summary>Kind, text, hits and bytes of the sites that were hit, in the order of the source.</summary>
    public string Hit =>
        string.Join('\n', Sites.Where(static site => site.Hits > 0).Select(static site => $"{site.Kind} | {site.Text} | {site.Hits} | {site.Bytes}"));

    public void MustClose() => Assert.That(Sites.Sum(static site => site.Bytes) + UnattributedBytes, Is.EqualTo(ProbingBytes));
}
