using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HotPathGen.Runtime.Live;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording.Live;

/// <summary>
/// A program with a listener of the base library and the OpenTelemetry SDK, which exports sums, differences and a page for Prometheus. It records,
/// collects, resets, records and collects again, and prints all that was heard, with its snapshots.
/// </summary>
public sealed partial class MeterTests
{
    private const int Bound = 3;

    private JsonElement _first,
        _second;

    [OneTimeSetUp]
    public void Listen()
    {
        string folder = Directory.CreateTempSubdirectory("hotpath").FullName;
        var start = HostProcess.In(
            folder,
            "dotnet",
            [HostProcess.Path, "metrics"],
            ("HOTPATH_METRICS", Bound.ToString(CultureInfo.InvariantCulture)),
            ("HOTPATH_DETAIL", "full"),
            ("HOTPATH_SUMMARY", "none")
        );
        using var host = Process.Start(start)!;
        var errors = host.StandardError.ReadToEndAsync();
        string output = host.StandardOutput.ReadToEnd();
        host.WaitForExit();
        Directory.Delete(folder, recursive: true);
        Assert.That((host.ExitCode, errors.Result), Is.EqualTo((0, "")));
        using var heard = JsonDocument.Parse(output);
        (_first, _second) = (heard.RootElement.GetProperty("First").Clone(), heard.RootElement.GetProperty("Second").Clone());
    }

    [Test]
    public void The_meter_appears_after_its_listeners() => Assert.That(_first.GetProperty("WasThere").GetBoolean(), Is.False);

    [TestCase("Heard")]
    [TestCase("Cumulative")]
    [TestCase("Page")]
    public void The_sums_are_those_of_the_snapshot(string listener)
    {
        var heard = listener == "Page" ? OfPage(_first.GetProperty("Page").GetString()!) : Points(_first, listener);

        AssertSums(heard, _first.GetProperty("Snapshot"), static (sum, snapshot) => Assert.That(sum, Is.EqualTo(snapshot).Within(1e-8)));
        Assert.That(heard["hotpath.level"], Is.EqualTo(3));
    }

    [Test]
    public void Series_are_bounded_and_the_rest_is_in_one()
    {
        var first = Points(_first, "Heard");
        Assert.Multiple(() =>
        {
            // Of four names, two have a series, and the next one is given at the next collection.
            Assert.That(SeriesOf(first, "hotpath.calls"), Has.Length.EqualTo(3).And.Contains("other"));
            Assert.That(SeriesOf(Points(_first, "Cumulative"), "hotpath.calls"), Has.Length.EqualTo(Bound + 1).And.Contains("other"));
            Assert.That(SeriesOf(Points(_second, "Heard"), "hotpath.calls"), Has.Length.EqualTo(Bound + 1).And.Contains("other"));
            Assert.That(SeriesOf(first, "hotpath.inclusive.time"), Has.Length.EqualTo(2), "inclusive figures of several methods have no sum");
            Assert.That(SeriesOf(first, "hotpath.site.hits"), Is.EquivalentTo((string[])["Work.Lined Work.cs 7", "Work.Lined Work.cs 8"]));
        });
    }

    [Test]
    public void A_line_has_the_figures_of_its_sites_scaled_to_all_calls()
    {
        var method = _first
            .GetProperty("Snapshot")
            .GetProperty("methods")
            .EnumerateArray()
            .Single(static m => m.GetProperty("name").GetString() == "Work.Lined()");
        double scale = method.GetProperty("siteScale").GetDouble();
        long[] bytes = [.. method.GetProperty("sites").EnumerateArray().Select(site => (long)(site.GetProperty("bytes").GetInt64() * scale))];
        var heard = Points(_first, "Heard");
        Assert.Multiple(() =>
        {
            Assert.That(scale, Is.GreaterThan(1), "some calls did not probe");
            Assert.That(heard["hotpath.site.allocated Work.Lined Work.cs 7"], Is.EqualTo(bytes[0] + bytes[1]));
            Assert.That(heard["hotpath.site.allocated Work.Lined Work.cs 8"], Is.EqualTo(bytes[2]));
        });
    }

    [TestCase("Heard")]
    [TestCase("Cumulative")]
    public void After_a_reset_sums_go_on_from_where_they_were(string listener)
    {
        var before = Points(_first, listener);
        var after = Points(_second, listener);

        Assert.That(before.Keys.Where(series => after[series] < before[series]), Is.Empty);
        var grown = after.ToDictionary(static point => point.Key, point => point.Value - before.GetValueOrDefault(point.Key));
        AssertSums(grown, _second.GetProperty("Snapshot"), static (sum, snapshot) => Assert.That(sum, Is.EqualTo(snapshot).Within(1e-8)));
    }

    [Test]
    public void After_a_reset_no_difference_is_negative()
    {
        var differences = Points(_second, "Differences");
        Assert.That(differences.Where(static point => point.Value < 0), Is.Empty);
        AssertSums(differences, _second.GetProperty("Snapshot"), static (sum, snapshot) => Assert.That(sum, Is.EqualTo(snapshot).Within(1e-8)));
    }

    [Test]
    public void One_reading_serves_a_collection()
    {
        int readings = 0;
        _ = new HotPathMeter(
            10,
            () =>
            {
                readings++;
                return MadeSnapshot.Of(("N.Type.Method(int)", 5), ("N.Type.Method()", 2), ("other", 1));
            },
            static () => 3
        );
        var heard = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var all = Listener(static _ => true);
        all.RecordObservableInstruments();
        Assert.That(readings, Is.EqualTo(1));
        all.RecordObservableInstruments();
        Assert.That(readings, Is.EqualTo(2));
        // The overloads are one series, and a block cannot pass for the rest.
        Assert.That(heard.Select(static point => point.ToString()), Is.SupersetOf((string[])["[\"other\", 1]", "[N.Type.Method, 7]"]));

        using var some = Listener(static name => name == "hotpath.calls");
        some.RecordObservableInstruments();
        Assert.That(readings, Is.EqualTo(3), "each listener's collection has a reading");

        MeterListener Listener(Func<string, bool> isWanted)
        {
            var listener = new MeterListener
            {
                InstrumentPublished = (instrument, self) =>
                {
                    if (instrument.Meter.Name == HotPathMeter.Name && isWanted(instrument.Name))
                    {
                        self.EnableMeasurementEvents(instrument);
                    }
                },
            };
            listener.SetMeasurementEventCallback<long>(
                (instrument, value, tags, _) =>
                {
                    if (instrument.Name == "hotpath.calls")
                    {
                        heard[(string)tags[0].Value!] = value;
                    }
                }
            );
            listener.Start();
            return listener;
        }
    }

    private static void AssertSums(Dictionary<string, double> heard, JsonElement snapshot, Action<double, double> assert)
    {
        JsonElement[] methods = [.. snapshot.GetProperty("methods").EnumerateArray()];
        Assert.That(methods.Sum(static m => m.GetProperty("calls").GetInt64()), Is.EqualTo(601), "the program has recorded");
        Assert.Multiple(() =>
        {
            assert(Sum("hotpath.calls"), methods.Sum(static m => m.GetProperty("calls").GetInt64()));
            assert(Sum("hotpath.failures"), methods.Sum(static m => m.GetProperty("failures").GetInt64()));
            assert(Sum("hotpath.allocated"), methods.Sum(static m => m.GetProperty("allocated").GetProperty("selfBytes").GetInt64()));
            assert(Sum("hotpath.time"), methods.Sum(static m => m.GetProperty("time").GetProperty("selfNs").GetInt64()) / 1e9);
        });

        double Sum(string instrument) => heard.Where(point => point.Key.Split(' ')[0] == instrument).Sum(static point => point.Value);
    }

    private static string[] SeriesOf(Dictionary<string, double> heard, string instrument) =>
        [
            .. heard
                .Keys.Where(series => series.StartsWith(instrument + " ", StringComparison.Ordinal))
                .Select(series => series[(instrument.Length + 1)..]),
        ];

    private static Dictionary<string, double> Points(JsonElement collection, string listener) =>
        collection.GetProperty(listener).EnumerateObject().ToDictionary(static point => point.Name, static point => point.Value.GetDouble());

    // hotpath_allocated_bytes_total{otel_scope_name="HotPathGen",…,code_function_name="Work.Outer"} 5568
    private static Dictionary<string, double> OfPage(string page)
    {
        var points = new Dictionary<string, double>();
        foreach (Match line in PageLine().Matches(page))
        {
            string name = line.Groups["name"].Value.Replace("_bytes", "").Replace("_seconds", "").Replace("_total", "").Replace('_', '.');
            points[$"{name} {line.Groups["method"]}".TrimEnd()] = double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
        }

        return points;
    }

    [GeneratedRegex(
        "^(?<name>hotpath_[a-z_]+)\\{otel_scope_name=\"HotPathGen\"[^}]*?(,code_function_name=\"(?<method>[^}]*)\")?\\} (?<value>\\S+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex PageLine();
}
