using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using HotPathGen.Tool.Snapshots;
using HotPathGen.Tool.Tests.Data;

namespace HotPathGen.Tool.Tests.Exports;

/// <summary>The queries of docs/fleet.md, on 200 snapshots of ten hosts and two versions, and the last host is slow.</summary>
[TestFixture]
public sealed partial class ParquetTests : IDisposable
{
    private const int Snapshots = 200,
        Hosts = 10;
    private const string Risen = "Shop.Parser.CountWords(string)",
        Slow = "web-9";

    private static readonly string s_page = File.ReadAllText(Path.Combine(Verified.TestFolder, "..", "..", "docs", "fleet.md"));

    private TemporaryFolder _folder = null!;
    private DuckDBConnection _duckDb = null!;
    private SnapshotDocument[] _documents = null!;
    private string _table = null!;

    [OneTimeSetUp]
    public void Export()
    {
        _folder = new();
        string snapshots = Directory.CreateDirectory(_folder["snapshots"]).FullName;
        SnapshotDocument[] recorded = [.. RecordedRuns.OfOneBuild.Select(static run => run.Document)];
        _documents = [.. Enumerable.Range(0, Snapshots).Select(i => Of(recorded[i / Hosts % recorded.Length], i))];
        for (int i = 0; i < Snapshots; i++)
        {
            SnapshotFiles.Write(Path.Combine(snapshots, string.Create(CultureInfo.InvariantCulture, $"{i:000}.hotpath.json")), _documents[i]);
        }

        _table = _folder["fleet.parquet"];
        ToolRun.Of("export", snapshots, "-f", "parquet", "-o", _table).MustSucceed();
        _duckDb = new("DataSource=:memory:");
        _duckDb.Open();
    }

    public void Dispose()
    {
        _duckDb?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public void Each_method_site_and_context_is_a_row()
    {
        var rows = Query("SELECT kind, count(*) FROM 'fleet.parquet' GROUP BY kind ORDER BY kind");
        Assert.That(
            rows,
            Is.EqualTo(
                (object?[][])
                    [
                        ["context", Sum(static d => d.Contexts.Length)],
                        ["method", Sum(static d => d.Methods.Count(static m => m.Calls > 0))],
                        [
                            "site",
                            Sum(static d => d.Methods.Where(static m => m.Calls > 0).Sum(static m => m.Sites?.Count(static s => s.Hits > 0) ?? 0)),
                        ],
                    ]
            )
        );
        var run = Query(
            "SELECT DISTINCT host, app, version, start, durationNs, level, operation FROM 'fleet.parquet' WHERE file LIKE '%017.hotpath.json'"
        );
        var process = _documents[17].Process;
        Assert.That(run.Single(), Is.EqualTo((object?[])["web-7", "Shop", "1.4.0", Utc(process.Start), process.DurationNs, "full", null]));
    }

    [Test]
    public void The_columns_are_those_of_the_page()
    {
        object?[] columns = [.. Query("DESCRIBE SELECT * FROM 'fleet.parquet'").Select(static row => row[0])];
        string[] described =
        [
            .. s_page
                .Split('\n')
                .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(static line => Code().Matches(line.Split('|')[1]))
                .Select(static m => m.Groups["name"].Value)
                .Where(static name => !name.StartsWith("HOTPATH", StringComparison.Ordinal)),
        ];
        Assert.That(described, Is.EquivalentTo(columns));
    }

    [Test]
    public void Bytes_per_call_by_method_and_version()
    {
        var rows = Query(OfPage("Bytes per call, by method and version:"));
        Assert.That(
            rows.Select(static row => (row[0], row[1], (long)row[2]!, row[3])),
            Is.EqualTo(
                from document in _documents
                from method in document.Methods
                where method.Calls > 0
                group method by (method.Name, document.Process.Version) into version
                orderby version.Key.Name, version.Key.Version
                select (
                    (object?)version.Key.Name,
                    (object?)version.Key.Version,
                    version.Sum(static m => m.Calls),
                    (object?)((double)version.Sum(static m => m.Allocated.InclusiveBytes) / version.Sum(static m => m.Calls))
                )
            )
        );
    }

    [Test]
    public void What_rose_from_one_version_to_another()
    {
        var rows = Query(OfPage("What allocates a tenth more per call in one version than in another:"));
        Assert.That(rows.Select(static row => row[0]), Is.EqualTo((object[])[Risen]));
        Assert.That((double)rows[0][2]!, Is.EqualTo(2 * (double)rows[0][1]!).Within(0.01).Percent);
    }

    [Test]
    public void The_lines_that_allocate_most()
    {
        var rows = Query(OfPage("The lines that allocate most in the whole fleet, with how many hosts see them:"));
        var most = (
            from document in _documents
            from method in document.Methods
            from site in method.Sites ?? []
            where site.Hits > 0
            group (long)(site.Bytes * method.SiteScale!.Value) by (method.Name, method.File, (long)site.Line, site.Text) into line
            orderby line.Sum() descending
            select (line.Key, line.Sum())
        ).First();
        Assert.That(
            ((string)rows[0][0]!, (string)rows[0][1]!, (long)rows[0][2]!, (string)rows[0][3]!, (long)rows[0][4]!),
            Is.EqualTo((most.Key.Name, most.Key.File, most.Key.Item3, most.Key.Text, most.Item2))
        );
        Assert.That(rows[0][5], Is.EqualTo(Hosts));
    }

    [Test]
    public void The_host_that_is_slower()
    {
        var rows = Query(OfPage("Hosts on which a method is slower than on most:"));
        Assert.That(rows.Select(static row => row[1]), Is.Not.Empty.And.All.EqualTo(Slow));
    }

    [Test]
    public void Who_calls_a_method()
    {
        var rows = Query(OfPage("Who calls a method, and what it costs there:"));
        long calls = _documents.Sum(static d =>
            d.Contexts.Where(c => c.Method is { } m && d.Methods[m].Name.StartsWith("Shop.Cart.Total(", StringComparison.Ordinal))
                .Sum(static c => c.Calls)
        );
        Assert.That(rows.Sum(static row => (long)row[1]!), Is.EqualTo(calls).And.Positive);
        Assert.That(
            rows.Select(static row => row[0]),
            Is.EquivalentTo((object[])["Shop.Cart.Total(int)", "Shop.Label.Print(Cart);Shop.Cart.Total(int)"])
        );
    }

    [Test]
    public void Of_a_series_the_newest_file_counts()
    {
        string series = Directory.CreateDirectory(_folder["series"]).FullName;
        var (last, first) = (_documents[0], _documents[0] with { Process = _documents[0].Process with { DurationNs = 1 } });
        SnapshotFiles.Write(Path.Combine(series, "1.hotpath.json"), first);
        SnapshotFiles.Write(Path.Combine(series, "2.hotpath.json"), last);
        ToolRun.Of("export", series, "-f", "parquet", "-o", _folder["series.parquet"]).MustSucceed();
        string view = OfPage(
            "A process that wrote a series of files (`HOTPATH_EVERY` and `{time}`) has the same calls in each of them. This keeps the newest file of each process:"
        );

        Query(view, _folder["series.parquet"]);

        Assert.That(Query("SELECT DISTINCT durationNs FROM newest").Single(), Is.EqualTo((object[])[last.Process.DurationNs]));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(
            ToolRun.Of("export", RecordedRuns.Before, "-f", "parquet").Error,
            Is.EqualTo("error: --output: parquet is a table of columns, which a terminal cannot show.\nName a file: -o hotpath.parquet.\n")
        );
        ToolRun.Of("merge", RecordedRuns.Before, "-o", _folder["merged.hotpath.json"]).MustSucceed();
        var merged = ToolRun.Of("export", _folder["merged.hotpath.json"], "-f", "parquet", "-o", _folder["merged.parquet"]);
        Assert.That(merged.ExitCode, Is.EqualTo(2));
        Assert.That(
            merged.Error,
            Does.EndWith("$.runs: it is merged from 6 runs, and a row has one host, version and start.\nName the snapshots of the runs.\n")
        );
        Assert.That(File.Exists(_folder["merged.parquet"]), Is.False);
    }

    private long Sum(Func<SnapshotDocument, long> count) => _documents.Sum(count);

    private static SnapshotDocument Of(SnapshotDocument recorded, int i)
    {
        string host = string.Create(CultureInfo.InvariantCulture, $"web-{i % Hosts}");
        return recorded with
        {
            Process = recorded.Process with
            {
                Host = host,
                Version = i / Hosts % 2 == 1 ? "1.4.0" : "1.3.0",
                Start = string.Create(CultureInfo.InvariantCulture, $"2026-12-01T{i / 60:00}:{i % 60:00}:00.1234560Z"),
            },
            Methods =
            [
                .. recorded.Methods.Select(m =>
                    m with
                    {
                        Time = host == Slow ? m.Time with { InclusiveNs = 3 * m.Time.InclusiveNs } : m.Time,
                        Allocated =
                            m.Name == Risen && i / Hosts % 2 == 1
                                ? m.Allocated with
                                {
                                    InclusiveBytes = 2 * m.Allocated.InclusiveBytes,
                                }
                                : m.Allocated,
                    }
                ),
            ],
        };
    }

    private static DateTime Utc(string start) => DateTime.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    /// <summary>The query that follows this sentence on the page.</summary>
    private static string OfPage(string sentence)
    {
        var query = Regex.Match(
            s_page.ReplaceLineEndings("\n"),
            Regex.Escape(sentence).Replace("\\ ", "\\s+") + "\n\n```sql\n(?<query>.*?)\n```",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture
        );
        Assert.That(query.Success, sentence);
        return query.Groups["query"].Value;
    }

    private List<object?[]> Query(string text, string? table = null)
    {
        using var command = _duckDb.CreateCommand();
        command.CommandText = text.Replace("'fleet.parquet'", $"'{table ?? _table}'");
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Whole(reader.GetValue(i)))]);
        }

        return rows;
    }

    // Sums have 128 bits.
    private static object Whole(object value) => value is BigInteger sum ? (long)sum : value;

    [GeneratedRegex("`(?<name>[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
