using System.Globalization;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// Compares what measured builds report with what production allocates and with known allocations. The program is playground/Accuracy.
/// </summary>
[TestFixture]
public sealed class Exactness
{
    // How many objects of a recursive method stay off the heap depends on how deep the JIT inlines it into itself. The frame changes that.
    private static readonly string[] s_recursive = ["Recursion by a caller", "Recursion in a loop"];

    // The results of the two bodies of an accessor meet in one variable. Then neither stays off the heap, and control calls allocate as much as the
    // others.
    private static readonly string[] s_withoutMark = ["Property in a loop"];

    // Instrumented bodies can change what the JIT does. Control calls show that, and another test covers it.
    private static readonly Dictionary<string, string> s_withoutSites = new() { ["HOTPATH_SITES"] = "off" };

    private string _production = "";
    private string _measured = "";
    private Lazy<Dictionary<string, long[]>> _bytesInProduction = null!;
    private Lazy<Dictionary<string, long[]>> _bytesWithoutSites = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _production = Build("production");
        _measured = Build("measured", "--no-restore", Switch.On);
        _bytesInProduction = new(() => Run(_production, [], "bytes"));
        _bytesWithoutSites = new(() => Run(_measured, s_withoutSites, "bytes"));
    }

    [Test]
    public void Bytes_of_small_methods_at_settled_Tier_1_are_those_of_production()
    {
        Dictionary<string, long[]> production = _bytesInProduction.Value,
            measured = _bytesWithoutSites.Value;

        Assert.That(production, Has.Count.GreaterThan(2 * 60));
        Assert.That(Differences(production, measured), Is.EquivalentTo(s_recursive));
    }

    [Test]
    public void Bytes_of_small_methods_without_tiering_are_those_of_production()
    {
        Dictionary<string, string> untiered = new() { ["DOTNET_TieredCompilation"] = "0" };
        Dictionary<string, long[]> production = Run(_production, untiered, "bytes"),
            measured = Run(_measured, new(untiered.Concat(s_withoutSites)), "bytes");

        Assert.That(Differences(production, measured), Is.EquivalentTo(s_recursive));
    }

    [Test]
    public void Bytes_of_a_call_are_what_MemoryDiagnoser_says()
    {
        Dictionary<string, long[]> diagnosed = Run(_production, [], "memory-diagnoser"),
            measured = _bytesWithoutSites.Value;

        Assert.That(diagnosed.Keys, Is.EquivalentTo(measured.Keys));
        Assert.That(
            diagnosed.Keys.Except(s_recursive).Where(method => diagnosed[method][0] != (long)Math.Round(measured[method][1] / 1000.0)),
            Is.Empty
        );
    }

    [Test]
    public void Where_probes_change_bytes_the_row_says_so()
    {
        Dictionary<string, long[]> production = _bytesInProduction.Value,
            measured = Run(_measured, new() { ["HOTPATH_DETAIL"] = "full" }, "bytes");
        string[] changed = [.. Differences(production, measured).Except(s_recursive)];

        Assert.That(measured, Has.Count.EqualTo(production.Count));
        Assert.That(changed, Has.Length.LessThan(production.Count / 20), string.Join(", ", changed));
        // Where only a few calls of a thousand differ, the 62 control calls cannot show it.
        Assert.That(
            changed
                .Except(s_withoutMark)
                .Where(method => measured[method][2] == 0 && Math.Abs(measured[method][1] - production[method][0]) * 50 > production[method][0]),
            Is.Empty
        );
    }

    [TestCase("1", "1")]
    [TestCase("64", "1")]
    [TestCase("64", "0")]
    [TestCase("64", "1", "collecting")]
    public void Calls_and_bytes_are_what_the_program_is_known_to_make(string threads, string tiering, params string[] more)
    {
        string file = Path.Combine(Project.NewFolder(), "known.hotpath.json");
        var known = Run(_measured, new() { ["DOTNET_TieredCompilation"] = tiering, ["HOTPATH_OUTPUT"] = file }, ["known", threads, .. more]);

        var snapshot = Snapshot.Read(file);
        Assert.That(known.Keys, Has.Count.EqualTo(4));
        foreach (var (method, expected) in known)
        {
            var reported = snapshot.Methods.Single(row => row.Id.StartsWith($"M:Accuracy.KnownTotals.{method}(", StringComparison.Ordinal));
            Assert.That((long[])[reported.Calls, reported.InclusiveBytes, reported.SelfBytes], Is.EqualTo(expected), method);
        }
    }

    /// <summary>The methods for which the measured build reports other bytes than they allocate in production.</summary>
    private static string[] Differences(Dictionary<string, long[]> production, Dictionary<string, long[]> measured) =>
        [.. production.Keys.Order(StringComparer.Ordinal).Where(method => production[method][0] != measured[method][1])];

    private static string Build(string name, params string[] more)
    {
        string project = Path.Combine(Package.Repository, "playground", "Accuracy"),
            output = Path.Combine(Project.NewFolder(name), "bin");
        Dotnet.Run(project, ["build", "-c", "Release", .. more]).MustSucceed();
        string built = Path.Combine(project, "bin", "Release", "net10.0");
        Directory.CreateDirectory(output);
        foreach (string file in Directory.GetFiles(built))
        {
            File.Copy(file, Path.Combine(output, Path.GetFileName(file)));
        }

        return output;
    }

    /// <summary>The rows of the table that the program prints, by their first cell.</summary>
    private static Dictionary<string, long[]> Run(string build, Dictionary<string, string> environment, params string[] arguments) =>
        Dotnet
            .RunWith(environment, Project.NewFolder(), [Path.Combine(build, "Accuracy.dll"), .. arguments])
            .MustSucceed()
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(2)
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[0], cells => Array.ConvertAll(cells[1..], cell => long.Parse(cell, CultureInfo.InvariantCulture)));
}
