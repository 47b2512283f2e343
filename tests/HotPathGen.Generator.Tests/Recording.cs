using System.Text.Json;
using HotPathGen.Runtime;

namespace HotPathGen.Generator.Tests;

/// <summary>The runtime that measured samples record into; one for the process.</summary>
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
        // Every call of a method that has a probing twin runs it.
        Environment.SetEnvironmentVariable("HOTPATH_CONTROL", "off");

        // It subscribes to the end of the process when it starts; whoever subscribes later sees the file it left.
        Registry.Register("HotPathGen.Generator.Tests", "", [], []);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }

    /// <summary>Calls and failures of one assembly's hot methods, by metadata name without type and parameters.</summary>
    internal static IReadOnlyDictionary<string, Recorded> Of(string assembly)
    {
        using JsonDocument snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return snapshot.RootElement.GetProperty("methods").EnumerateArray()
            .Where(method => method.GetProperty("assembly").GetString() == assembly)
            .GroupBy(method => ShortName(method.GetProperty("id").GetString()!), StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new Recorded(
                    group.Sum(method => method.GetProperty("calls").GetInt64()),
                    group.Sum(method => method.GetProperty("failures").GetInt64()),
                    group.First().GetProperty("form").GetString()!),
                StringComparer.Ordinal);
    }

    private static string ShortName(string id)
    {
        string head = id.Split('(', '~')[0];
        string name = head[(head.LastIndexOfAny(['.', '|']) + 1)..].Split('`')[0];
        return name.StartsWith('#') ? name : name[(name.LastIndexOf('#') + 1)..];
    }
}

/// <summary>What the report says of a method, or of all methods of one name.</summary>
internal sealed record Recorded(long Calls, long Failures, string Form);
