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
    public void Registering_the_same_assembly_again_gives_the_same_indices()
    {
        HotMethod[] methods = [new("M:Twice", "Twice", "a.cs", 1, "pair")];
        int first = HotMethod.Register("Twice", "/a", methods, []);
        Assert.That(HotMethod.Register("Twice", "/a", methods, []), Is.EqualTo(first));
        Assert.That(HotMethod.Register("Twice", "/b", methods, []), Is.Not.EqualTo(first));
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
    public void A_summary_fits_its_columns_in_any_culture([Values(80, 100, 120, 150, 200)] int columns)
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

    /// <summary>Every figure ends below the end of its heading. Gaps separate calls, times and bytes.</summary>
    [TestCase(80, "method calls mean p95 p99", "incl. self share B/call B p95 B total B self")]
    [TestCase(120, "method calls mean p95 p99 incl. self share B/call B p95 B total B self")]
    public void Figures_line_up_below_their_headings(int columns, params string[] headings)
    {
        string[] lines = Summary.Of(Sample(3), null, new(columns, 20, IsUnicode: true)).Split('\n');
        int head = Array.FindIndex(lines, static l => l.StartsWith("method", StringComparison.Ordinal));
        string[] shown = lines[head..(head + headings.Length)];
        Assert.That(shown.Select(static line => Regex.Replace(line.Trim(), " +", " ")), Is.EqualTo(headings));
        for (int row = 0; row < 3; row++)
        {
            for (int line = 0; line < headings.Length; line++)
            {
                string figures = lines[head + headings.Length + 1 + row * headings.Length + line];
                foreach (Match heading in Regex.Matches(shown[line], @"(calls|mean|p9[59]|incl\.|self|share|B/call|B p95|B total|B self)(?= |$)"))
                {
                    int end = heading.Index + heading.Length;
                    Assert.That(figures[end - 1], Is.Not.EqualTo(' '), figures);
                    Assert.That(end == figures.Length || figures[end] == ' ', figures);
                }
            }
        }
        if (columns == 120)
        {
            Assert.That(shown[0], Does.Contain("calls     mean").And.Contain("share   B/call").And.Contain("mean     p95"));
        }
    }

    [Test]
    public void The_head_has_the_cost_of_measuring_and_the_share_of_the_process()
    {
        var sample = Sample(1);
        var priced = sample with
        {
            Process = sample.Process with
            {
                AllocatedBytes = 2_700_000,
                OwnBytes = 500_000,
                ProcessorNs = 3_200_000,
                Recording = new()
                {
                    RecordedFrames = 20_000,
                    RecordedNs = 570_000,
                    LightFrames = 0,
                    LightNs = 0,
                    SitesNs = 0,
                    OtherNs = 1_000,
                },
            },
            Methods = [sample.Methods[0] with { Name = "A.Short()", RecordingNs = 570_000 }],
        };

        string[] head = Summary.Of(priced, null, new(200, 20, IsUnicode: false)).Split("\n\n")[0].Split('\n');
        Assert.That(
            head[^2..],
            Is.EqualTo(
                (string[])
                    [
                        "measuring cost 571 us, 41 % of the time in hot methods (20,000 frames 570 us, the rest 1.00 us); it is subtracted",
                        "hot methods allocated 2.00 MB of the process's 2.20 MB (91 %) and took 1.40 ms of the process's 2.63 ms of processor time (53 %)",
                    ]
            )
        );
        Assert.That(Summary.Of(priced, null, new(200, 20, IsUnicode: false)), Does.Contain("A.Short() !38 % (+24.5 B)"));
        Assert.That(
            Summary.Of(sample, null, new(200, 20, IsUnicode: false)),
            Does.Not.Contain("measuring cost").And.Not.Contain("hot methods allocated")
        );
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
        methods[1] = Without(methods[1], MethodForm.Pair, BytesBasis.Call, "it uses a file type");
        methods[2] = Without(methods[2], MethodForm.Pair, BytesBasis.Call, "it uses a file type");
        methods[3] = Without(methods[3], MethodForm.Async, BytesBasis.FirstSegment, "it awaits something dynamic");
        string summary = Summary.Of(
            sample with
            {
                Coverage =
                [
                    new()
                    {
                        Name = "Some.Lambda",
                        File = "a.cs",
                        Line = 3,
                        Reason = "it is a lambda",
                    },
                ],
            },
            null,
            new(200, 20, IsUnicode: true)
        );

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

        static Method Without(Method m, MethodForm form, BytesBasis basis, string unsupportedReason) =>
            m with
            {
                Form = form,
                WithoutSites = unsupportedReason,
                Control = null,
                Sites = null,
                SiteScale = null,
                UnattributedBytes = null,
                Allocated = m.Allocated with { Basis = basis },
            };
    }

    private static PooledParameter Pooled
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
            return sums.ToParameter(new("scratch", PooledKind.Span, "char", 512));
        }
    }

    [Test]
    public void Pooled_parameters_and_what_is_wrong_with_them_are_in_the_summary([Values(80, 120, 150)] int columns)
    {
        string summary = Summary.Of(Sample(2), null, new(columns, 20, IsUnicode: false));

        Assert.That(
            summary,
            Does.Match(@"\npooled +uses +on stack +missed +p95 +for 95 % +for 99 %\n-+\nscratch.* +100 +98\.0 % +1\.05 KB +100 +206 B +830 B\n")
        );
        Assert.That(summary, Does.Contain("! not returned: 1 ! written after return: 3"));
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

        var pooled = sums.ToParameter(new("a", PooledKind.Span, "int", 1));

        Assert.That(pooled.StackLimitFor95, Is.InRange(4 * 2_849, 4 * 2_849 * 1.125));
        Assert.That(PooledParameter.LimitFor(1, new(0, 0, 0, sums.MaxLength, sums.Lengths), 1, 4), Is.EqualTo(4 * 2_999));
        Assert.That(sums.ToParameter(new("a", PooledKind.Span, "int", 0)).StackLimitFor95, Is.Null);
    }

    [TestCase("Short.Name", "Short.Name")]
    [TestCase("A.Long.Namespace.Type.Method(int)", "Type.Method(int)")]
    [TestCase("A.Namespace.Type.M.lambda:3", "Type.M.lambda:3")]
    [TestCase("AMethodWithAnEndlesslyLongName", "AMethodWi..lyLongName")]
    public void Names_lose_their_namespace_first_and_their_middle_last(string name, string shortened) =>
        Assert.That(ShortName.Of(name, 21), Is.EqualTo(shortened));

    private static SnapshotDocument Sample(int methods)
    {
        var isOn = new TieringSetting { Value = true, Source = SettingSource.Default };
        return new()
        {
            Schema = SnapshotDocument.SchemaName,
            Process = new()
            {
                App = "sample",
                Assemblies = [],
                CommandLine = [],
                Start = "1970-01-01T00:00:00.0000000Z",
                DurationNs = 1_234_567_890,
                Runtime = ".NET",
                Os = "Linux",
                Architecture = "X64",
                Cores = 2,
                Threads = 1,
                Gc = new()
                {
                    Server = false,
                    Concurrent = true,
                    Gen0 = 1,
                    Gen1 = 2,
                    Gen2 = 3,
                    PauseNs = 4_000,
                    HeapBytes = 5_000,
                },
                Tiering = new()
                {
                    TieredCompilation = isOn,
                    TieredPgo = isOn,
                    ReadyToRun = isOn,
                    QuickJitForLoops = isOn,
                },
                Clock = new() { Kind = ClockKind.Hardware, Frequency = 2_000_000_000 },
                Probe = new() { InnerNs = 9.25, FrameNs = 28.5 },
                Environment = [],
            },
            Histogram = HistogramRule.Current,
            Methods = [.. Enumerable.Range(0, methods).Select(SampleMethod)],
            Contexts = [],
            Coverage = [],
            Notes = ["A note that is long enough to need more than one line where there are only eighty columns."],
        };
    }

    private static Method SampleMethod(int i)
    {
        var site = new Site
        {
            Line = 12,
            Column = 5,
            Kind = SiteKind.Object,
            Type = "Nothing",
            Text = "new Nothing(\"€\")",
            Hits = 150,
            AllocatingHits = 150,
            Objects = 150,
            Bytes = 3_600,
            MaxBytes = 24,
            LargeObjectHits = 0,
            LargeObjectBytes = 0,
            SizeClasses = new((4, 150)),
        };
        long[] noCounts = new long[Histogram.BucketCount];
        return new()
        {
            Id = $"M:{i}",
            Assembly = "A",
            Name = $"Some.Quite.Long.Namespace.With.Many.Parts.AType{i}.AMethodWithALongName(System.String, System.Int32)",
            File = "a.cs",
            Line = 1,
            Form = MethodForm.Pair,
            Calls = 123_456,
            Open = 0,
            Failures = 0,
            Threads = 1,
            ProbeHeavy = true,
            MayHoldTier0 = false,
            Time = TimeFigures.Of(TimeBasis.Thread, new(1_500_000, 1_400_000, 1_500, 3_000, noCounts)),
            Allocated = AllocationFigures.Of(BytesBasis.Call, new(2_000_000, 2_000_000, 2_000, 2_000, noCounts)),
            AllocatedByTimeBucket = SparseCounts.Empty,
            Control = new()
            {
                Control = new()
                {
                    Calls = 10,
                    SelfBytes = 100,
                    SelfNs = 1_000,
                    TotalNs = 1_000,
                },
                Probing = new()
                {
                    Calls = 150,
                    SelfBytes = 1_500,
                    SelfNs = 15_000,
                    TotalNs = 15_000,
                },
                TimesMethod = true,
                DifferenceBytesPerCall = 24.5,
            },
            UnattributedBytes = 8,
            SiteScale = 1.066,
            Sites = [site],
            Pooled = i == 0 ? [Pooled] : null,
        };
    }
}
