using System.Text.Json;

namespace HotPathGen.Generator.Tests;

/// <summary>A budget in source is written into the snapshot, where <c>dotnet hotpath check</c> reads it.</summary>
public sealed class BudgetTests
{
    private const string Source = """
        [Instrument(MaxBytesPerCall = 24)]
        public partial class Sample
        {
            private int _x;
            public void OfItsType() { }
            [Instrument(MaxBytesPerCall = 0)] public void OfItsOwn() { }
            [Instrument] public void None() { }
            [Instrument(MaxBytesPerCall = 1)] public int Accessor { get { return _x; } [Instrument(MaxBytesPerCall = 2)] set { _x = value; } }
            [Instrument(MaxBytesPerCall = 3)] public async Task Deferred() => await Task.Yield();
            [Instrument(MaxBytesPerCall = 4)] public partial int Written(int x);
            private int WrittenCore(int x) => x;
            public void Holder() { Marked(); Unmarked(); [Instrument(MaxBytesPerCall = 5)] static void Marked() { } [Instrument] static void Unmarked() { } }
            public static string Run() => "";
        }
        public class Unmarked { [Instrument] public void Method() { } }
        """;

    [Test]
    public void The_nearest_attribute_counts()
    {
        Assert.That(
            Budgets(Source),
            Is.EquivalentTo([
                "OfItsType 24",
                "OfItsOwn 0",
                "None",
                "get_Accessor 1",
                "set_Accessor 2",
                "Deferred 3",
                "Written 4",
                "Holder 24",
                "Holder|Marked 5",
                "Holder|Unmarked",
                "Run 24",
                "Method",
            ])
        );
    }

    [Test]
    public void An_assembly_sets_a_budget_too()
    {
        Assert.That(
            Budgets("[assembly: Instrument(MaxBytesPerCall = 8)] public class Sample { public static string Run() => \"\"; }"),
            Is.EqualTo(["Run 8"])
        );
    }

    private static IEnumerable<string> Budgets(string source)
    {
        using var sample = Build.Of(new([source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        sample.Run();
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return
        [
            .. snapshot
                .RootElement.GetProperty("methods")
                .EnumerateArray()
                .Where(method => method.GetProperty("assembly").GetString() == sample.Name)
                .Select(method =>
                    Name(method.GetProperty("id").GetString()!)
                    + (method.TryGetProperty("maxBytesPerCall", out var budget) ? $" {budget.GetInt32()}" : "")
                ),
        ];
    }

    /// <summary>The name of a method, without its type and parameters.</summary>
    private static string Name(string id) => id.Split('(')[0].Split('.')[^1];
}
