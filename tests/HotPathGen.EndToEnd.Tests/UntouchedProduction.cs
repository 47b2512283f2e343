namespace HotPathGen.EndToEnd.Tests;

/// <summary>The same code, once with the package and its attributes and once without either.</summary>
[TestFixture]
public sealed class UntouchedProduction
{
    private const string Source = """
        using HotPathGen;

        Console.WriteLine(Work.Sum([1, 2, 3]) + new Work(4).Value + Work.Named(5));

        [Instrument] sealed class Work
        {
            [Instrument] public Work(int value) { Value = value; }

            [Instrument] public int Value { get; [Instrument] set; }

            [Instrument] public static int Sum(IEnumerable<int> numbers) { return numbers.Where(number => number > 1).Sum(); }

            [DoNotInstrument] public static string Named(int number) => nameof(Named) + number;

            [Instrument] public static async Task LaterAsync() => await Task.Yield();

            [Instrument] public static IEnumerable<int> Upto(int end) { for (int i = 0; i < end; i++) yield return i; }
        }
        """;

    [Test]
    public void Production_assembly_is_byte_for_byte_the_one_without_the_package()
    {
        // Without a PDB nothing in the file depends on the source's text, so equal code gives equal files.
        Project with = Project.Console("Same", "<DebugType>none</DebugType>").Write("Program.cs", Source);
        Project without = Project.Console("Same", "<DebugType>none</DebugType>", items: "").Write("Program.cs", Source
            .Replace("using HotPathGen;", "").Replace("[Instrument] ", "").Replace("[DoNotInstrument] ", ""));
        with.Build();
        without.Build();

        Assert.That(File.ReadAllBytes(with.Output("Same.dll")), Is.EqualTo(File.ReadAllBytes(without.Output("Same.dll"))));
        Assert.That(File.ReadAllText(with.Output("Same.runtimeconfig.json")), Is.EqualTo(File.ReadAllText(without.Output("Same.runtimeconfig.json"))));
        Assert.That(with.OutputFiles(), Is.EquivalentTo(without.OutputFiles()));
    }
}
