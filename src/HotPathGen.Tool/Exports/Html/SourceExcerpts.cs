using System.Globalization;
using System.Text.Json;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports.Html;

/// <summary>The source lines of the hottest methods and sites, where their files exist when the page is written.</summary>
internal sealed class SourceExcerpts
{
    private const int HottestMethods = 60;
    private const int HottestSites = 200;
    private const int LinesOfMethod = 60;
    private const int LinesAround = 3;
    private const int LongestLine = 400;

    /// <summary>The largest file that is read. A generated file may have any size; files that people write are smaller than this.</summary>
    private const long LargestFile = 2 << 20;

    private readonly List<Excerpt> _files = [];
    private readonly Dictionary<(string Assembly, string File), int> _places = [];

    public static SourceExcerpts Of(SideBySide joined)
    {
        var excerpts = new SourceExcerpts();
        var newest = joined.Sides[^1];
        foreach (var file in Wanted(newest).GroupBy(static wanted => (wanted.Method.Assembly, wanted.Method.File)))
        {
            if (PathOf(newest, file.Key.Assembly, file.Key.File) is not { } path || Lines(path) is not { } lines)
            {
                continue;
            }

            excerpts._places[file.Key] = excerpts._files.Count;
            excerpts._files.Add(
                new(file.Key.File, File.GetLastWriteTimeUtc(path) > Start(newest), [.. Chunks(lines, file.Select(static wanted => wanted.Lines))])
            );
        }
        return excerpts;
    }

    public int? PlaceOf(Method method) => _places.TryGetValue((method.Assembly, method.File), out int place) ? place : null;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("sources");
        foreach (var file in _files)
        {
            json.WriteStartObject();
            json.WriteString("file", VisibleText.Of(file.File));
            json.WriteBoolean("isNewer", file.IsNewer);
            json.WriteStartArray("chunks");
            foreach (var (first, lines) in file.Chunks)
            {
                json.WriteStartObject();
                json.WriteNumber("first", first);
                json.WriteStartArray("lines");
                foreach (string line in lines)
                {
                    json.WriteStringValue(string.Join('\t', line.Split('\t').Select(VisibleText.Of)));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static IEnumerable<(Method Method, (int First, int Last) Lines)> Wanted(SnapshotDocument snapshot)
    {
        var methods = snapshot.Methods.Where(static method => method.Line > 0);
        var hottest = methods
            .OrderByDescending(static method => method.Allocated.SelfBytes)
            .Take(HottestMethods)
            .Union(methods.OrderByDescending(static method => method.Time.SelfNs).Take(HottestMethods));
        foreach (var method in hottest)
        {
            int last = (method.Sites ?? []).Select(static site => site.Line).DefaultIfEmpty(method.Line).Max();
            yield return (method, (method.Line - 1, Math.Min(last + 2, method.Line + LinesOfMethod)));
        }
        var sites = methods
            .SelectMany(static method => (method.Sites ?? []).Select(site => (Method: method, Site: site)))
            .Where(static s => s.Site.Bytes > 0)
            .OrderByDescending(static s => s.Site.Bytes * (s.Method.SiteScale ?? 1))
            .Take(HottestSites);
        foreach (var (method, site) in sites)
        {
            yield return (method, (site.Line - LinesAround, site.Line + LinesAround));
        }
    }

    // Only C# files are read. A snapshot from elsewhere must not bring other files of this machine into a page that is passed on.
    private static string? PathOf(SnapshotDocument snapshot, string assembly, string file) =>
        file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)
        && snapshot.Process.Assemblies.FirstOrDefault(folder => folder.Name == assembly) is { } known
            ? Path.Combine(known.Directory, file)
            : null;

    private static string[]? Lines(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: < LargestFile } ? File.ReadAllLines(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static IEnumerable<(int First, string[] Lines)> Chunks(string[] lines, IEnumerable<(int First, int Last)> wanted)
    {
        int first = 0,
            last = 0;
        foreach (var range in wanted.Select(static range => (First: Math.Max(1, range.First), range.Last)).OrderBy(static range => range.First))
        {
            if (last > 0 && range.First > last + 1)
            {
                yield return Chunk(first, last);
                last = 0;
            }
            first = last == 0 ? range.First : first;
            last = Math.Max(last, range.Last);
        }
        if (first <= lines.Length && last > 0)
        {
            yield return Chunk(first, last);
        }

        (int, string[]) Chunk(int first, int last) =>
            (
                first,
                [
                    .. lines
                        .Skip(first - 1)
                        .Take(last - first + 1)
                        .Select(static line => line.Length > LongestLine ? VisibleText.Start(line, LongestLine) + "…" : line),
                ]
            );
    }

    private static DateTime Start(SnapshotDocument snapshot) =>
        DateTime.TryParse(
            snapshot.NewestStart,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var start
        )
            ? start
            : DateTime.MaxValue;

    private sealed record Excerpt(string File, bool IsNewer, (int First, string[] Lines)[] Chunks);
}
