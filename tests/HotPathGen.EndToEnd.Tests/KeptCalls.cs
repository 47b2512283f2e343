using System.Text.Json;

namespace HotPathGen.EndToEnd.Tests;

/// <summary>The slow and large calls of a program: in the snapshot, in <c>show --outliers</c>, merged, and in speedscope's format.</summary>
[TestFixture]
public sealed class KeptCalls
{
    private const string Source = """
        using HotPathGen;

        Kept.Large(1);
        Kept.Large(200_000);
        await Kept.WaitAsync(1);
        await Kept.WaitAsync(40);

        [Instrument]
        static class Kept
        {
            private static object? s_kept;

            public static void Large(int bytes)
            {
                Fill(bytes / 2);
                Fill(bytes);
            }

            private static void Fill(int bytes) => s_kept = new byte[bytes];

            public static async Task WaitAsync(int milliseconds)
            {
                await Task.Delay(milliseconds);
                s_kept = new byte[8];
            }
        }
        """;

    private string _folder = null!;

    [OneTimeSetUp]
    public void Run()
    {
        var project = Project.Console("Kept").Write("Program.cs", Source);
        project.BuildMeasured();
        _folder = Project.NewFolder();
        foreach (var (name, limit, value) in ((string, string, string)[])[("large", "HOTPATH_LARGE", "100KB"), ("slow", "HOTPATH_SLOW", "30ms")])
        {
            var end = project.Start(
                new()
                {
                    ["HOTPATH_OUTPUT"] = Path.Combine(_folder, name + ".hotpath.json"),
                    [limit] = value,
                    ["HOTPATH_CONTROL"] = "off",
                }
            );
            Assert.That(end.ExitCode, Is.Zero, end.Error);
        }
    }

    [Test]
    public void The_large_call_and_the_slow_async_call_are_shown_with_what_ran_in_them()
    {
        string large = InstalledTool.Run(_folder, "show", "large.hotpath.json", "--outliers").MustSucceed().Output,
            slow = InstalledTool.Run(_folder, "show", "slow.hotpath.json", "--outliers").MustSucceed().Output;

        Assert.That(large, Does.Match(@"\nKept\.Large\(int\) .* 300 KB +-\r?\n +[0-9:.]{12} large\r?\n"));
        Assert.That(large, Does.Match(@"\n  Kept\.Fill\(int\) .* 100 KB"));
        Assert.That(large, Does.Match(@"\n  Program\.cs:19:53 array +- +300 KB +2\r?\n +new byte\[bytes\]"));
        Assert.That(slow, Does.Match(@"\nKept\.WaitAsync\(int\) .* ms .*\r?\n +[0-9:.]{12} slow, whole async call\r?\n"));
    }

    [Test]
    public void Merged_snapshots_have_the_calls_of_all_and_a_program_without_limits_says_how_to_set_them()
    {
        var merged = Figures(
            InstalledTool.Run(_folder, "show", "large.hotpath.json", "slow.hotpath.json", "--outliers", "--json").MustSucceed().Output
        );
        Assert.That(merged.Select(static row => row.GetProperty("why").GetString()), Has.One.EqualTo("large").And.Some.StartsWith("slow"));

        string without = File.ReadAllText(Path.Combine(_folder, "large.hotpath.json"));
        int start = without.IndexOf("  \"keptCalls\"", StringComparison.Ordinal),
            end = without.IndexOf("  \"notes\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "without.json"), without.Remove(start, end - start));
        Assert.That(
            InstalledTool.Run(_folder, "show", "without.json", "--outliers").MustSucceed().Output,
            Does.Contain("The program kept no calls. Set HOTPATH_SLOW")
        );
    }

    [Test]
    public void Speedscope_gets_a_call_in_the_order_of_time()
    {
        using var file = JsonDocument.Parse(InstalledTool.Run(_folder, "export", "large.hotpath.json", "-f", "speedscope").MustSucceed().Output);
        string[] names =
        [
            .. file.RootElement.GetProperty("shared").GetProperty("frames").EnumerateArray().Select(static f => f.GetProperty("name").GetString()!),
        ];
        var call = file
            .RootElement.GetProperty("profiles")
            .EnumerateArray()
            .Single(static p => p.GetProperty("name").GetString()!.StartsWith("Kept.Large", StringComparison.Ordinal));
        var events = call.GetProperty("events").EnumerateArray().ToArray();

        Assert.That(
            events.Select(e => e.GetProperty("type").GetString() + " " + names[e.GetProperty("frame").GetInt32()]),
            Is.EqualTo(
                (string[])["O Kept.Large(int)", "O Kept.Fill(int)", "C Kept.Fill(int)", "O Kept.Fill(int)", "C Kept.Fill(int)", "C Kept.Large(int)"]
            )
        );
        Assert.That(events.Select(static e => e.GetProperty("at").GetInt64()), Is.Ordered);
        Assert.That(call.GetProperty("endValue").GetInt64(), Is.EqualTo(events[^1].GetProperty("at").GetInt64()));
    }

    private static JsonElement[] Figures(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.Clone().GetProperty("keptCalls").EnumerateArray()];
    }
}
