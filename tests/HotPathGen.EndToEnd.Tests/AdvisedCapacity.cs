using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>Collections that grow are measured. They get the capacities that the advice names, and are measured again.</summary>
[TestFixture]
public sealed class AdvisedCapacity
{
    private const int Rounds = 2000;

    /// <summary>By method: the type of its collection, and the code that adds an element to it.</summary>
    private static readonly Dictionary<string, (string Type, string Add)> s_grown = new()
    {
        ["List"] = ("List<long>", "it.Add(i);"),
        ["Dictionary"] = ("Dictionary<int, long>", "it[i] = i;"),
        ["HashSet"] = ("HashSet<int>", "it.Add(i);"),
        ["Queue"] = ("Queue<int>", "it.Enqueue(i);"),
        ["Stack"] = ("Stack<decimal>", "it.Push(i);"),
        ["Heap"] = ("PriorityQueue<long, long>", "it.Enqueue(i, i);"),
        ["Builder"] = ("StringBuilder", "it.Append('a');"),
        ["Text"] = ("StringBuilder", "it.Append('a');"),
        ["Spread"] = ("List<long>", "it.Add(i);"),
    };

    [Test]
    public void The_capacity_that_is_advised_saves_what_advice_says()
    {
        var project = Project.Console("Grown", items: Project.Reference);
        Dictionary<string, string> settled = new() { ["DOTNET_TieredCompilation"] = "0", ["HOTPATH_CONTROL"] = "off" };
        var before = Measure([]);
        using var shown = JsonDocument.Parse(
            InstalledTool.Run(project.Folder, "show", "hotpath", "--advice", "--json", "--top", "100").MustSucceed().Output
        );
        var advised = shown
            .RootElement.GetProperty("advice")
            .EnumerateArray()
            .Where(advice => advice.GetProperty("kind").GetString() == "growth")
            .ToDictionary(advice => advice.GetProperty("methodId").GetString()!, advice => advice.GetProperty("remedy").GetString()!);
        Assert.That(advised.Keys, Is.EquivalentTo(s_grown.Keys.Select(Id)));
        var capacities = s_grown.Keys.ToDictionary(
            name => name,
            name =>
                int.Parse(
                    Regex.Match(advised[Id(name)], @"capacity ([\d,]+),").Groups[1].Value,
                    NumberStyles.AllowThousands,
                    CultureInfo.InvariantCulture
                )
        );
        Directory.Delete(Path.Combine(project.Folder, "hotpath"), recursive: true);

        var after = Measure(capacities);

        foreach (string name in s_grown.Keys)
        {
            // At least 95 % hold 100 elements at most, and the larger ones must not decide. In Spread, 10 % hold 800, and these decide.
            Assert.That(capacities[name], Is.InRange(name == "Spread" ? 800 : 100, name == "Spread" ? 1600 : 200), name);
            string remedy = advised[Id(name)];
            var said = Regex.Match(remedy, @"(to save about|would cost) ([\d.]+) (.B)");
            double saved =
                double.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture)
                * (said.Groups[3].Value == "KB" ? 1e3 : 1e6)
                * (said.Groups[1].Value == "would cost" ? -1 : 1);
            // How far texts exceed the capacity is known only by power-of-two buckets.
            double within = (name == "Text" ? 0.1 : 0.01) * before[Id(name)].SelfBytes;
            Assert.That(before[Id(name)].SelfBytes - after[Id(name)].SelfBytes, Is.EqualTo(saved).Within(within), $"{name}: {remedy}");
        }

        Assert.That(advised[Id("Spread")], Does.StartWith("keep one and clear it between calls; "), "most of them stay small");

        Snapshot Measure(Dictionary<string, int> capacities)
        {
            project.Write("Program.cs", Program(capacities)).BuildMeasured();
            project.Start(settled);
            return Snapshot.Read(project.Snapshots.Single());
        }
    }

    private static string Id(string name) => $"M:Grown.{name}(System.Int32)";

    private static string Grown(string name, Dictionary<string, int> capacities)
    {
        var (type, add) = (s_grown[name].Type, s_grown[name].Add);
        return $$"""
                public static void {{name}}(int size)
                {
                    var it = new {{type}}({{capacities.GetValueOrDefault(name):#}});
                    for (int i = 0; i < size; i++) {{add}}
                    Kept = it{{(name == "Text" ? ".ToString()" : "")}};
                }

            """;
    }

    private static string Program(Dictionary<string, int> capacities) =>
        $$"""
            using System.Text;
            using HotPathGen;

            for (int round = 0; round < {{Rounds}}; round++)
            {
                int size = round % 100 < 96 ? 1 + round * 7919 % 100 : 500 + round / 2;
            {{string.Concat(s_grown.Keys.Select(name => $"    Grown.{name}({(name == "Spread" ? "round % 10 == 0 ? 800 : 3" : "size")});\n"))}}}

            [Instrument]
            public static class Grown
            {
                public static object? Kept;

            {{string.Concat(s_grown.Select(grown => Grown(grown.Key, capacities)))}}}
            """;
}
