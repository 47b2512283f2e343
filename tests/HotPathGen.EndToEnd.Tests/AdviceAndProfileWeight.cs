namespace HotPathGen.EndToEnd.Tests;

/// <summary>
/// One program with known allocations. It is measured, the packed tool gives advice on it, and it is analyzed with its own snapshot as profile.
/// </summary>
[TestFixture]
public sealed class AdviceAndProfileWeight
{
    private const string Source = """
        using HotPathGen;

        for (int i = 0; i < 2000; i++)
        {
            Orders.Log(i);
            Orders.Fill(100);
            Orders.Rarely(i); Orders.Write(i);
            if (i % 200 == 0) { Orders.LookUp(typeof(Orders)); Orders.Read("[1]"); Orders.Match("aab"); }
        }

        public static partial class Orders
        {
            public static object? Kept;

            [Instrument(MaxBytesPerCall = 8)] public static void Log(int id) => Kept = (object)id;

            [Instrument]
            public static void Fill(int count)
            {
                var list = new List<long>();
                for (int i = 0; i < count; i++)
                    list.Add(i);
                Kept = list;
            }

            [Instrument] public static void Rarely(int i) { if (i < 0) Kept = new byte[i]; }
            [Instrument] public static void LookUp(Type type) => Kept = type.GetMethods();
            [Instrument] public static void Read(string text) => Kept = System.Text.Json.JsonDocument.Parse(text);
            [Instrument] public static void Match(string text) => Kept = new System.Text.RegularExpressions.Regex("a+b").IsMatch(text) ? text : null;

            [Instrument] public static partial bool Write(int id);
            private static bool WriteCore(int id, [Pooled(64)] scoped System.Span<char> scratch) => id.TryFormat(scratch, out _);

            // Its constructor only moves a value, and so it is hot and not measured.
            [Instrument] public readonly struct Ticket { public readonly int Id; public Ticket(int id) => Id = id; }
        }
        """;

    [Test]
    public void A_measured_program_is_advised_and_its_snapshot_makes_the_rules_speak_by_weight()
    {
        var project = Project
            .Console("Orders", items: Project.Reference + """<HotPathProfile Include="hotpath/*.hotpath.json" />""")
            .Write("Program.cs", Source);
        Dictionary<string, string> gate = new() { ["DOTNET_TieredCompilation"] = "0", ["HOTPATH_CONTROL"] = "off" };
        project.BuildMeasured();
        string summary = project.Start(gate).Error;

        // A list of 100 longs allocates arrays of 4, 8, …, 128 elements. It keeps the last one.
        const long grown = 2000L * ((24 + 32) + (24 + 64) + (24 + 128) + (24 + 256) + (24 + 512) + (24 + 1024));
        const long needed = 2000L * (24 + 1024);
        string advice = Words(InstalledTool.Run(project.Folder, "show", "hotpath", "--advice").MustSucceed().Output);
        Assert.That(advice, Does.Contain($"doubling growth by `List.Add` at Program.cs:22: 360 B x 12,000 = {grown / 1e6:0.00} MB, "));
        Assert.That(
            advice,
            Does.Contain(
                $"give it capacity 128, all that 95 % of the 2,000 made here needed (read off the sizes of its growth), to save about "
                    + $"{(grown - needed) / 1e6:0.00} MB"
            )
        );
        Assert.That(advice, Does.Contain("boxing of `int` at Program.cs:15: 24 B x 2,000 = 48.0 KB, "));

        Assert.That(
            advice,
            Does.Contain("reflection, `Type.GetMethods` at Program.cs:27: ")
                .And.Contain("repeated parsing by `JsonDocument.Parse` at Program.cs:28: ")
                .And.Contain("repeated construction of a `Regex`, which parses its pattern at Program.cs:29: ")
        );
        // The summary says the same about the first site, but without the capacity.
        Assert.That(
            Words(summary),
            Does.Contain("advice (more by: dotnet hotpath show --advice) ")
                .And.Contain($" growth by `List.Add` at Program.cs:22: 360 B x 12,000 = {grown / 1e6:0.00} MB, ")
        );

        Assert.That(
            Words(summary),
            Does.Contain("Orders.Log(int): 2,000 of 2,000 calls allocated more than 8 B, 24 B at most")
                .And.Match(@"Program\.cs:15:\d+ boxing .*: 2,000 times at (Orders\.Log|Program\.<Main>)")
        );
        Assert.That(Words(InstalledTool.Run(project.Folder, "show", "hotpath").MustSucceed().Output), Does.Contain("budget not kept"));

        EveryCommand.MustRead(project.Folder, "Orders.Log", 2000 * 24, pooled: ("scratch", 2000), unmeasured: "Orders.Ticket");

        var build = project.Build();
        Assert.That(
            build.Warnings.Select(static warning => warning.Id).Where(static id => id.StartsWith("HPG", StringComparison.Ordinal)),
            Is.EqualTo(["HPG310"])
        );
        Assert.That(build.Warnings.Single(static warning => warning.Id == "HPG310").Text, Does.Contain("measured: 2.16 KB a call, 200,000 hits, "));

        string profile = project.Snapshots.Single();
        File.WriteAllText(profile, File.ReadAllText(profile)[..500]);
        Assert.That(project.Build().Warnings.Select(static warning => warning.Id), Does.Contain("HPG404"));
    }

    private static string Words(string text) =>
        string.Join(' ', text.Replace('×', 'x').Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
