using System.Reflection;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// Usual calls that allocate nothing. playground/Allocations measures that they do not, and a contract must know it.
/// </summary>
public sealed class CleanCallTests
{
    private const string Usings = "global using System.Globalization; global using System.IO; global using System.Threading;";

    [TestCase("CleanSpans.cs")]
    [TestCase("CleanCalls.cs")]
    public async Task A_contract_knows_usual_calls_of_the_base_library(string file)
    {
        var build = Build.Production(
            Usings,
            Read(file).Replace("[Instrument]", "[Instrument(MaxBytesPerCall = 0)]", StringComparison.Ordinal),
            "#pragma warning disable CS0219, CS0649\n" + Read("Sink.cs")
        );

        string[] said = (await AllocationRuleTests.Report(build)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(said, Is.EqualTo(Array.Empty<string>()), string.Join("\n", said));
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Methods/" + name)!);
        return reader.ReadToEnd();
    }
}
