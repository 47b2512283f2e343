using System.Globalization;
using System.Text.RegularExpressions;
using HotPathGen.Tool.Serving;
using HotPathGen.Tool.Tests.Exports;

namespace HotPathGen.Tool.Tests.Serving;

/// <summary>The text that Prometheus scrapes.</summary>
[TestFixture]
public sealed partial class MetricsTests
{
    [Test]
    public void Counters_have_the_sums_of_the_snapshot()
    {
        var snapshot = MadeSnapshot.Recorded;
        var samples = Samples(new Metrics().Write(Read(snapshot)));
        Assert.That(Sum("hotpath_calls_total"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Calls)));
        Assert.That(Sum("hotpath_failures_total"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Failures)));
        Assert.That(Sum("hotpath_allocated_bytes_total"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Allocated.SelfBytes)));
        Assert.That(Sum("hotpath_time_seconds_total"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Time.SelfNs) / 1e9).Within(1e-6));
        Assert.That(Sum("hotpath_call_time_seconds_count"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Time.Histogram.Total)));
        Assert.That(Sum("hotpath_call_allocated_bytes_count"), Is.EqualTo(snapshot.Methods.Sum(static m => m.Allocated.Histogram.Total)));
        Assert.That(
            Sum("hotpath_site_allocated_bytes_total"),
            Is.EqualTo(SiteTable.OfAll(snapshot).Rows.Sum(static row => (long)row.Cell(17)!)).Within(1).Percent
        );
        var term = snapshot.Methods.Single(static m => m.Name == "DocSearch.Word.ToTerm()");
        Assert.That(
            samples["hotpath_inclusive_allocated_bytes_total{code_function_name=\"DocSearch.Word.ToTerm\"}"],
            Is.EqualTo(term.Allocated.InclusiveBytes)
        );
        Assert.That(
            samples.Keys,
            Has.Some.EqualTo(
                "hotpath_site_allocated_bytes_total{code_function_name=\"DocSearch.Word.ToTerm\",code_file_path=\"Word.cs\",code_line_number=\"9\"}"
            )
        );
        Assert.That(samples["hotpath_level"], Is.EqualTo(3));

        double Sum(string name) => samples.Where(sample => sample.Key.Split('{')[0] == name).Sum(static sample => sample.Value);
    }

    [Test]
    public void Bounds_of_histograms_are_edges_of_recorded_buckets()
    {
        foreach (var buckets in (CallBuckets[])[CallBuckets.Time, CallBuckets.Bytes])
        {
            foreach (long bound in buckets.Bounds)
            {
                Assert.That(Histogram.LowestOf(Histogram.BucketOf(bound)), Is.EqualTo(bound));
                Assert.That(bound == 0 || long.IsPow2(bound));
                long[] counts = new long[buckets.Count];
                buckets.Add(new SparseCounts((Histogram.BucketOf(bound), 5), (Histogram.BucketOf(Math.Max(0, bound - 1)), 2)), counts);
                int place = buckets.Bounds.IndexOf(bound);
                Assert.That(bound == 0 ? counts[0] : counts[place] + 10 * counts[place + 1], Is.EqualTo(bound == 0 ? 7 : 52), $"{bound}");
            }
        }
    }

    [Test]
    public void Buckets_of_a_histogram_grow_up_to_its_count()
    {
        string text = new Metrics().Write(Read(MadeSnapshot.Recorded));
        foreach (string name in (string[])["hotpath_call_time_seconds", "hotpath_call_allocated_bytes"])
        {
            var series = Sample()
                .Matches(text)
                .Where(sample => sample.Groups[1].Value.StartsWith(name + "_bucket{", StringComparison.Ordinal))
                .GroupBy(static sample => sample.Groups[1].Value.Split(",le=")[0])
                .ToArray();
            Assert.That(series, Has.Length.GreaterThan(20));
            foreach (var one in series)
            {
                double[] counts = [.. one.Select(static sample => double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture))];
                Assert.That(counts, Is.Ordered);
                Assert.That(one.Last().Groups[1].Value, Does.EndWith("le=\"+Inf\"}"));
                Assert.That(text, Does.Contain($"{one.Key.Replace("_bucket", "_count", StringComparison.Ordinal)}}} {counts[^1]}\n"));
            }
        }
    }

    [Test]
    public void Names_may_be_any_text()
    {
        const string Name = "a\"b\\c\nd{e=\"f\"} 1\n# TYPE evil counter";
        var snapshot = MadeSnapshot.Recorded;
        snapshot = snapshot with
        {
            Methods = [snapshot.Methods.First(static m => m.Calls > 0) with { Name = Name, File = Name, Form = MethodForm.Block }],
        };
        string text = new Metrics().Write(Read(snapshot with { Contexts = [] }));
        Assert.That(text, Does.Contain("""hotpath_calls_total{code_function_name="a\"b\\c\\nd{e=\"f\"} 1\\n# TYPE evil counter"} """));
        Assert.That(text.Split('\n'), Has.None.StartsWith("# TYPE evil"));
        Assert.That(PrometheusText.Labels(("a", "\r\n\\\"")), Is.EqualTo("""a="\n\\\"" """.TrimEnd()));
    }

    [Test]
    public void Series_are_bounded_and_no_counter_falls_before_a_reset()
    {
        var metrics = new Metrics();
        var large = MadeSnapshot.Large(300, 10);
        var before = Samples(metrics.Write(Read(large)));
        var random = new Random(7);
        string[] first = CallsIn(before);
        for (int round = 0; round < 8; round++)
        {
            // Each method is called more; estimates of bytes and time rise and fall.
            large = large with
            {
                Methods =
                [
                    .. large.Methods.Select(m =>
                        m with
                        {
                            Calls = m.Calls + random.Next(1000),
                            Time = m.Time with { SelfNs = m.Time.SelfNs * random.Next(50, 200) / 100 },
                            Allocated = m.Allocated with { SelfBytes = m.Allocated.SelfBytes * random.Next(50, 200) / 100 },
                        }
                    ),
                ],
            };
            var now = Samples(metrics.Write(Read(large)));
            Assert.That(CallsIn(now), Has.Length.LessThanOrEqualTo(Metrics.Bound + 1).And.SupersetOf(first));
            Assert.That(now[$"hotpath_calls_total{{code_function_name=\"{Metrics.Others}\"}}"], Is.GreaterThan(0));
            Assert.That(CallsIn(now).Sum(series => now[series]), Is.EqualTo(large.Methods.Sum(static m => m.Calls)));
            Assert.That(before.Where(sample => sample.Key.Contains("_total", StringComparison.Ordinal) && now[sample.Key] < sample.Value), Is.Empty);
            Assert.That(
                now.Keys.Count(static key => key.StartsWith("hotpath_site_hits_total", StringComparison.Ordinal)),
                Is.InRange(2, Metrics.Bound + 1)
            );
            before = now;
        }

        // After a reset, the snapshot has another start.
        var reset = large with
        {
            Process = large.Process with { Start = "2026-01-01T00:00:00.0000000Z" },
            Methods = [.. large.Methods.Select(static m => m with { Calls = 1 })],
        };
        var after = Samples(metrics.Write(Read(reset)));
        Assert.That(CallsIn(after), Is.SupersetOf(CallsIn(before)), "a method that has a series keeps it");
        Assert.That(CallsIn(after).Sum(series => after[series]), Is.EqualTo(300));

        static string[] CallsIn(Dictionary<string, double> samples) =>
            [.. samples.Keys.Where(static key => key.StartsWith("hotpath_calls_total", StringComparison.Ordinal))];
    }

    private static Reading Read(SnapshotDocument snapshot) =>
        new(
            1,
            DateTimeOffset.UtcNow,
            new()
            {
                App = "App",
                Start = snapshot.Process.Start,
                DurationNs = 1,
                Detail = DetailLevel.Full,
                OverheadPercent = 10,
                Methods = 0,
                Calls = 0,
                AllocatedBytes = 0,
            },
            SnapshotWriter.Write(snapshot)
        );

    private static Dictionary<string, double> Samples(string text)
    {
        Assert.That(text.Split('\n'), Has.All.Match(@"^($|# (HELP|TYPE) |[a-z_]+(\{.*\})? \S+$)"));
        return Sample()
            .Matches(text)
            .ToDictionary(
                static sample => sample.Groups[1].Value,
                static sample => double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture)
            );
    }

    [GeneratedRegex(@"^([a-z_]+(?:\{.*\})?) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
