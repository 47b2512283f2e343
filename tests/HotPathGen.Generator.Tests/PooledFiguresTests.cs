using System.Text.Json;

namespace HotPathGen.Generator.Tests;

/// <summary>
/// What a measured build reports about its pooled parameters. The process of these tests keeps every returned array in quarantine.
/// </summary>
public sealed class PooledFiguresTests
{
    private const string Source = """
        using System.Buffers;
        using System.Text;
        using System.Threading;
        public sealed class Boxes { public StringBuilder Get() => new(100); public void Return(StringBuilder box) { } }
        public static partial class Sample
        {
            static readonly Boxes s_boxes = new();
            static byte[]? s_kept;
            [Instrument] public static partial int Scratch(int length);
            private static int ScratchCore(int length, [Pooled(Length = nameof(Length), StackLimit = 256)] scoped Span<char> scratch) => new object().GetHashCode() & scratch.Length;
            private static int Length(int length) => length;
            [Instrument] public static partial int Numbers(int count);
            private static int NumbersCore(int count, [Pooled(8)] ref PooledList<long> list, [Pooled(Source = nameof(s_boxes))] StringBuilder text, [Pooled(3)] Memory<int> rest) { for (int i = 0; i < count; i++) list.Add(i); return list.Count; }
            [Instrument] public static partial void Keep(int how);
            #pragma warning disable HPG206
            private static void KeepCore(int how, [Pooled(100)] byte[] bytes) { if (how == 1) s_kept = bytes; if (how == 2) ArrayPool<byte>.Shared.Return(bytes); }
            [Instrument] public static partial Task<int> Wait(Task<int> until);
            private static async Task<int> WaitCore(Task<int> until, [Pooled(5)] string[] texts) => await until + texts.Length;
            [Instrument] public static partial IEnumerable<int> Steps();
            private static IEnumerable<int> StepsCore([Pooled(5)] Memory<int> numbers) { yield return 1; yield return 2; }
            [Instrument] public static partial int Share(int count);
            private static int ShareCore(int count, [Pooled(Length = nameof(Count), StackLimit = 64)] scoped Span<char> a, [Pooled(Length = nameof(Count), StackLimit = 64)] scoped Span<int> b) => a.Length + b.Length;
            private static int Count(int count) => count;
            public static string Run()
            {
                Share(10); Share(1000);
                for (int i = 0; i < 200; i++) Scratch(i);
                try { Scratch(-1); } catch (ArgumentOutOfRangeException) { }
                Numbers(3); Numbers(30);
                Keep(0); Keep(1); s_kept![7] = 1; Keep(2);
                return "";
            }
            static readonly TaskCompletionSource<int> s_source = new();
            static IEnumerator<int>? s_steps;
            public static Task<int> Begin() { s_steps = Steps().GetEnumerator(); s_steps.MoveNext(); return Wait(s_source.Task); }
            public static void End() { s_source.SetResult(1); s_steps!.Dispose(); }
        }
        """;

    [Test]
    public void Uses_bytes_lengths_and_misuse_are_counted()
    {
        using var sample = Build.Of(new([Source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        sample.Run();
        var type = sample.Assembly.GetType("Sample")!;
        var waiting = (Task<int>)type.GetMethod("Begin")!.Invoke(null, [])!;
        var open = Read(sample.Name);
        type.GetMethod("End")!.Invoke(null, []);
        Assert.That(waiting.Wait(10_000));
        var closed = Read(sample.Name);

        var scratch = Pooled(closed, "Scratch")[0];
        Assert.That(Long(scratch, "uses"), Is.EqualTo(200));
        Assert.That(Long(scratch, "onStack"), Is.EqualTo(129), "lengths 0 to 128, with elements of two bytes");
        Assert.That(Long(scratch, "rented"), Is.EqualTo(71));
        Assert.That(Long(scratch, "askedBytes"), Is.EqualTo(2 * 199 * 200 / 2));
        Assert.That(Long(scratch, "gotBytes"), Is.EqualTo(2 * (128 * 129 / 2 + 71 * 256)));
        Assert.That(Long(scratch.GetProperty("length"), "max"), Is.EqualTo(199));
        Assert.That(Long(scratch, "stackLimitFor95"), Is.InRange(2 * 189, 2 * 199));
        Assert.That(Long(scratch, "missBytes"), Is.GreaterThanOrEqualTo(0));

        var numbers = Pooled(closed, "Numbers");
        Assert.That(
            numbers.Select(parameter =>
                (
                    $"{parameter.GetProperty("parameter")} {parameter.GetProperty("kind")} {parameter.GetProperty("element")} "
                    + $"{Long(parameter, "uses")} {Long(parameter, "onStack")} {Long(parameter.GetProperty("length"), "max")}"
                )
            ),
            Is.EqualTo(["list list long 2 1 30", "text object StringBuilder 2 0 0", "rest memory int 2 0 3"])
        );
        Assert.That(Long(numbers[1], "misses"), Is.EqualTo(2));
        Assert.That(Long(numbers[1], "missBytes"), Is.EqualTo(2 * (48 + 24 + 200)), "a StringBuilder and its 100 characters");

        Assert.That(
            Pooled(closed, "Share")
                .Select(parameter =>
                    (
                        Long(parameter, "uses"),
                        Long(parameter, "onStack"),
                        Long(parameter, "rented"),
                        Long(parameter, "askedBytes"),
                        Long(parameter.GetProperty("length"), "max")
                    )
                ),
            Is.EqualTo([(2, 1, 1, 2 * 1010, 1000), (2, 1, 1, 4 * 1010, 1000)]),
            "both share one rented array"
        );

        var keep = Pooled(closed, "Keep")[0];
        Assert.That((Long(keep, "uses"), Long(keep, "usesAfterReturn"), Long(keep, "doubleReturns")), Is.EqualTo((3, 1, 1)));
        Assert.That((Long(Pooled(open, "Wait")[0], "outstanding"), Long(Pooled(open, "Steps")[0], "outstanding")), Is.EqualTo((1, 1)));
        foreach (string method in (string[])["Scratch", "Numbers", "Share", "Keep", "Wait", "Steps"])
        {
            Assert.That(Pooled(closed, method).Sum(parameter => Long(parameter, "outstanding")), Is.Zero, method);
        }
    }

    [Test]
    public void What_a_rent_allocates_is_the_methods_and_no_sites()
    {
        using var sample = Build.Of(new([Source]) { IsMeasured = true, Name = Project.UniqueName() }).MustCompile().Load();
        sample.Run();
        RecordedSites scratch = Recording.SitesOf(sample.Name, "Scratch"),
            numbers = Recording.SitesOf(sample.Name, "Numbers");

        scratch.MustClose();
        Assert.That(scratch.Sites.Single(site => site.Kind == "object").Bytes, Is.EqualTo(200 * 24));
        numbers.MustClose();
        Assert.That(numbers.UnattributedBytes, Is.GreaterThanOrEqualTo(2 * 272));
        Assert.That(numbers.Sites.Sum(site => site.Bytes), Is.LessThan(272));
    }

    [Test]
    public void A_pair_that_nothing_marks_counts_where_everything_is_measured([Values] bool all, [Values] bool excluded)
    {
        using var sample = Build
            .Of(
                new([
                    $$"""
                    {{(excluded ? "[DoNotInstrument] " : "")}}public static partial class Buffers
                    {
                        public static partial int Fill(int n);
                        private static int FillCore(int n, [Pooled(8)] scoped Span<int> numbers) { numbers.Fill(n); Sample.Kept = new object(); return numbers[^1]; }
                    }
                    public static class Sample { public static object? Kept; public static string Run() => Buffers.Fill(3).ToString(); }
                    """,
                ])
                {
                    IsMeasured = true,
                    InstrumentsAll = all,
                    Name = Project.UniqueName(),
                }
            )
            .MustCompile()
            .Load();
        Assert.That(sample.Run(), Is.EqualTo("3"));

        JsonElement[] rows =
        [
            .. Read(sample.Name).EnumerateArray().Where(method => method.GetProperty("id").GetString()!.Contains("Fill", StringComparison.Ordinal)),
        ];
        Assert.That(
            rows.Select(row => row.GetProperty("id").GetString()),
            Is.EqualTo(all && !excluded ? ["M:Buffers.Fill(System.Int32)"] : Array.Empty<string>())
        );
        Assert.That(
            rows.All(row =>
                Long(row.GetProperty("pooled")[0], "uses") == 1 && row.GetProperty("sites").EnumerateArray().Any(site => Long(site, "hits") == 1)
            )
        );
    }

    [Test]
    public void What_a_list_rents_as_it_grows_may_allocate()
    {
        using var sample = Build
            .Of(
                new([
                    """
                    public struct Cell { public long A, B; }
                    public static partial class Cells
                    {
                        [Instrument] public static partial int Grow(int n);
                        private static int GrowCore(int n, [Pooled(4)] ref PooledList<Cell> cells) { for (int i = 0; i < n; i++) cells.Add(default); return cells.Count; }
                    }
                    public static class Sample { public static string Run() { Cells.Grow(3); Cells.Grow(40); Cells.Grow(60); return Cells.Grow(100).ToString(); } }
                    """,
                ])
                {
                    IsMeasured = true,
                    Name = Project.UniqueName(),
                }
            )
            .MustCompile()
            .Load();
        Assert.That(sample.Run(), Is.EqualTo("100"));

        var cells = Pooled(Read(sample.Name), "Grow")[0];
        Assert.That((Long(cells, "uses"), Long(cells, "onStack"), Long(cells, "rented")), Is.EqualTo((4, 1, 3)));
        // 32 elements are on the stack. The pool allocates one array of 64 and one of 128, and some memory of its own.
        Assert.That(Long(cells, "misses"), Is.EqualTo(2));
        Assert.That(Long(cells, "missBytes"), Is.GreaterThanOrEqualTo((64 + 128) * 16));
    }

    private static JsonElement Read(string assembly)
    {
        using var snapshot = JsonDocument.Parse(HotPath.Snapshot());
        return JsonSerializer.SerializeToElement(
            snapshot.RootElement.GetProperty("methods").EnumerateArray().Where(method => method.GetProperty("assembly").GetString() == assembly)
        );
    }

    private static JsonElement[] Pooled(JsonElement methods, string name) =>
        [
            .. methods
                .EnumerateArray()
                .Single(method =>
                    method.GetProperty("id").GetString()!.Contains("." + name + "(", StringComparison.Ordinal)
                    || method.GetProperty("id").GetString()!.EndsWith("." + name, StringComparison.Ordinal)
                )
                .GetProperty("pooled")
                .EnumerateArray(),
        ];

    private static long Long(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
