using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

public sealed class SnapshotTests
{
    [Test]
    public void A_file_written_while_threads_record_is_always_whole()
    {
        string folder = Directory.CreateTempSubdirectory("hotpath").FullName;
        string path = Path.Combine(folder, "new", "out.json");
        var hot = new Hot();
        int writers = 3;
        try
        {
            HotPath.WriteSnapshot(path);
            var recorder = new Thread(() =>
            {
                while (Volatile.Read(ref writers) > 0)
                {
                    hot.Run(static () => GC.KeepAlive(new byte[10]));
                }
            });
            recorder.Start();
            FrameTests.OnThreads(3, () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    HotPath.WriteSnapshot(path);
                    using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                    Assert.That(document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("hotpath/1"));
                }
                Interlocked.Decrement(ref writers);
            });
            recorder.Join();
            Assert.That(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), Is.EqualTo((string[])[path]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_path_that_cannot_be_written_throws_what_is_documented()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.That(() => HotPath.WriteSnapshot(Path.Combine(file, "out.json")), Throws.InstanceOf<IOException>());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Methods_never_called_are_listed_in_order()
    {
        var hot = new Hot();
        Assert.That(hot.Read() is { Calls: 0, Threads: 0, InclusiveNs: 0 });
        var order = Figures.Read().Select(static f => (f.Json.GetProperty("assembly").GetString()!, f.Id)).ToArray();
        Assert.That(order, Is.EqualTo(order.OrderBy(static m => m.Item1, StringComparer.Ordinal).ThenBy(static m => m.Id, StringComparer.Ordinal)));
    }

    [Test]
    public void Announcing_the_same_assembly_again_gives_the_same_indices()
    {
        HotMethod[] methods = [new("M:Twice", "Twice", "a.cs", 1, "pair")];
        int first = Registry.Register("Twice", "/a", methods, []);
        Assert.That(Registry.Register("Twice", "/a", methods, []), Is.EqualTo(first));
        Assert.That(Registry.Register("Twice", "/b", methods, []), Is.Not.EqualTo(first));
    }

    [TestCase(0, "0 ns")]
    [TestCase(999, "999 ns")]
    [TestCase(1_000, "1.00 µs")]
    [TestCase(999_499, "999 µs")]
    [TestCase(999_500, "1.00 ms")]
    [TestCase(12_345_678, "12.3 ms")]
    [TestCase(1_500_000_000, "1.50 s")]
    public void Times_have_three_digits_and_a_unit(long ns, string text) => Assert.That(Units.Time(ns, isUnicode: true), Is.EqualTo(text));

    [TestCase(999, "999 B")]
    [TestCase(1_024, "1.02 KB")]
    [TestCase(999_500_000, "1.00 GB")]
    public void A_kilobyte_is_1000_bytes(long bytes, string text) => Assert.That(Units.Bytes(bytes), Is.EqualTo(text));

    [Test]
    [SetCulture("de-DE")]
    public void A_summary_fits_its_columns_in_any_culture([Values(80, 100, 150, 200)] int columns)
    {
        string[] lines = Summary.Of(Sample(3), null, new(columns, 20, IsUnicode: false)).Split('\n');
        int head = Array.FindIndex(lines, static l => l.StartsWith("method", StringComparison.Ordinal));
        int rule = Array.FindIndex(lines, static l => l.StartsWith("---", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(lines.Select(static l => l.Length), Is.Not.Empty.And.All.LessThan(columns));
            Assert.That(rule - head, Is.EqualTo(Summary.IsWide(columns) ? 1 : 2));
            Assert.That(lines[head..rule].Select(static l => l.Length), Is.Not.Empty.And.All.EqualTo(columns - 1));
            Assert.That(string.Concat(lines), Does.Contain("2.00 MB").And.Contain("1.50 us").And.Not.Contain("2,00"));
            Assert.That(string.Concat(lines), Does.Match(@"^[\x00-\x7F]*$"));
        });
    }

    [Test]
    public void Rows_that_do_not_fit_are_counted()
    {
        Assert.That(
            Summary.Of(Sample(5), "/x.json", new(80, 2, true)),
            Does.Contain("\n3 more method(s) in the snapshot\n").And.Contain("Snapshot: /x.json")
        );
    }

    [Test]
    public void Sites_and_what_probes_change_are_in_the_summary()
    {
        string summary = Summary.Of(Sample(1), null, new(100, 20, IsUnicode: true));

        Assert.That(
            summary,
            Does.Match(@"a\.cs:12:5 object +150 +24 B +3\.84 KB +0\.2 % +x1\.07\n  Nothing\(""€""\)".Replace("  Nothing", "  new Nothing"))
        );
        Assert.That(summary, Does.Contain("(+24.5 B)").And.Contain("8 B of their 1.50 KB fell outside any site"));
    }

    [Test]
    public void Advice_on_the_first_sites_is_in_the_summary()
    {
        string summary = Summary.Of(Sample(5), null, new(200, 20, IsUnicode: true));

        Assert.That(summary, Does.Contain("\nadvice (more by: dotnet hotpath show --advice)\n---"));
        Assert.That(
            Regex.Count(summary, "\nnew `Nothing` at a\\.cs:12: 24 B × 160 = 3\\.84 KB, 0 % of all: keep one and use it again; "),
            Is.EqualTo(3)
        );
        Assert.That(Summary.Of(Sample(0), null, new(200, 20, IsUnicode: true)), Does.Not.Contain("advice"));
    }

    [Test]
    public void What_of_a_method_is_not_measured_is_marked_and_explained()
    {
        var sample = Sample(5);
        var methods = sample.Methods;
        methods[1] = Without(methods[1], "pair", "call", "it uses a file type");
        methods[2] = Without(methods[2], "pair", "call", "it uses a file type");
        methods[3] = Without(methods[3], "async", "first-stretch", "it awaits something dynamic");
        Announcement plain = new("A", "/a", [], [new("Some.Lambda", "a.cs", 3, "it is a lambda")]);
        string summary = Summary.Of(sample with { Announcements = [plain] }, null, new(200, 20, IsUnicode: true));

        Assert.That(Regex.Count(summary, @"\(System\.String, System\.Int32\) ! s +123,456"), Is.EqualTo(2), summary);
        Assert.That(Regex.Count(summary, @"\(System\.String, System\.Int32\) ! a +123,456"), Is.EqualTo(1), summary);
        Assert.That(
            summary,
            Does.Contain(
                "\ns: not by site, 2 method(s): it uses a file type.\na: only to its first await, 1 method(s): it awaits something dynamic.\n"
            )
        );
        Assert.That(summary, Does.Contain("\n1 hot method(s) are not measured: dotnet hotpath show --coverage says which, and why.\n"));
        Assert.That(Summary.Of(Sample(5), null, new(200, 20, IsUnicode: true)), Does.Not.Contain("--coverage").And.Not.Contain("not by site"));

        static MethodFigures Without(MethodFigures m, string form, string basis, string obstacle) =>
            m with
            {
                Method = new(m.Method.Id, m.Method.Name, m.Method.File, m.Method.Line, form, obstacle: obstacle),
                Twins = null,
                Allocated = m.Allocated with { Basis = basis },
            };
    }

    private static PooledFigures Pooled
    {
        get
        {
            var sums = new PooledSums
            {
                OnStack = 98,
                Rented = 2,
                Returned = 1,
                MissBytes = 1_048,
                MaxLength = 700,
                ElementSize = 2,
                UsesAfterReturn = 3,
            };
            sums.Lengths[Histogram.BucketOf(100)] = 96;
            sums.Lengths[Histogram.BucketOf(400)] = 3;
            sums.Lengths[Histogram.BucketOf(700)] = 1;
            return new("scratch", "span", "char", 512, new("call", 0, 0, 0, 700, sums.Lengths), sums);
        }
    }

    [Test]
    public void Pooled_parameters_and_what_is_wrong_with_them_are_in_the_summary([Values(80, 100, 150)] int columns)
    {
        string summary = Summary.Of(Sample(2), null, new(columns, 20, IsUnicode: false));

        Assert.That(
            summary,
            Does.Match(@"\npooled +uses +on stack +missed +p95 +for 95 % +for 99 %\n-+\nscratch +100 +98\.0 % +1\.05 KB +100 +206 B +830 B\n")
        );
        Assert.That(summary, Does.Contain("! not returned: 1, ! written to after its return: 3"));
        Assert.That(summary.Split('\n').Select(static l => l.Length), Is.Not.Empty.And.All.LessThan(columns));
    }

    [Test]
    public void A_limit_is_never_too_small_for_its_share_and_hardly_too_large()
    {
        var sums = new PooledSums { ElementSize = 4 };
        for (int length = 0; length < 3_000; length++, sums.MaxLength = length - 1)
        {
            sums.Lengths[Histogram.BucketOf(length)]++;
        }

        var pooled = new PooledFigures("a", "span", "int", 1, new("call", 0, 0, 0, sums.MaxLength, sums.Lengths), sums);

        Assert.That(pooled.StackLimitFor(0.95), Is.InRange(4 * 2_849, 4 * 2_849 * 1.125));
        Assert.That(pooled.StackLimitFor(1), Is.EqualTo(4 * 2_999));
        Assert.That((pooled with { StackLimit = 0 }).StackLimitFor(0.95), Is.Null);
    }

    [TestCase("Short.Name", "Short.Name")]
    [TestCase("A.Long.Namespace.Type.Method(int)", "Type.Method(int)")]
    [TestCase("AMethodWithAnEndlesslyLongName", "AMethodWi..lyLongName")]
    public void Names_lose_their_namespace_first_and_their_middle_last(string name, string shortened) =>
        Assert.That(ShortName.Of(name, 21), Is.EqualTo(shortened));

    private static Snapshot Sample(int methods)
    {
        var isOn = new TieringSetting(true, "default");
        TwinFigures twins = new(
            new(10, 100, 1_000, 1_000),
            new(150, 1_500, 15_000, 15_000),
            true,
            24.5,
            8,
            1.066,
            [new(12, 5, "object", "Nothing", "new Nothing(\"€\")", "", 150, 150, 150, 3_600, 24, 0, 0, [0, 0, 0, 0, 150], null)]
        );
        var process = new ProcessFacts(
            "sample",
            [],
            DateTime.UnixEpoch,
            1_234_567_890,
            ".NET",
            "Linux",
            "X64",
            2,
            new(false, true, 1, 2, 3, 4_000, 5_000),
            new(isOn, isOn, isOn, isOn),
            ClockKind.Hardware,
            2e9,
            9.25,
            28.5,
            [],
            []
        );
        return new(
            process,
            [.. Enumerable.Range(0, methods).Select(Method)],
            [],
            1,
            [],
            ["A note that is long enough to need more than one line where there are only eighty columns."]
        );

        MethodFigures Method(int i)
        {
            var time = new Distribution("thread", 1_500_000, 1_400_000, 1_500, 3_000, new long[Histogram.BucketCount]);
            var bytes = new Distribution("call", 2_000_000, 2_000_000, 2_000, 2_000, new long[Histogram.BucketCount]);
            string name = $"Some.Quite.Long.Namespace.With.Many.Parts.AType{i}.AMethodWithALongName(System.String, System.Int32)";
            return new(
                "A",
                new($"M:{i}", name, "a.cs", 1, "pair"),
                123_456,
                0,
                0,
                1,
                false,
                0,
                time,
                bytes,
                new long[Histogram.OctaveCount],
                twins,
                i == 0 ? [Pooled] : [],
                null,
                true,
                false
            );
        }
    }
}
