using System.Globalization;
using System.IO.Compression;
using Google.Protobuf;
using HotPathGen.Tool.Exports.Pprof;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Exports;

/// <summary>
/// A profile for <c>go tool pprof</c> and other programs that read its format. Stacks come from contexts, and lines come from sites.
/// </summary>
internal sealed class PprofProfile
{
    private readonly SnapshotDocument _snapshot;
    private readonly int?[] _operations;
    private readonly Profile _profile = new();
    private readonly Dictionary<string, long> _strings = [];
    private readonly Dictionary<int, ulong> _functions = [];
    private readonly Dictionary<(int Method, int Line, int Column), ulong> _locations = [];

    private PprofProfile(SnapshotDocument snapshot)
    {
        _snapshot = snapshot;
        _operations = snapshot.OperationsOfContexts;
        Text("");
    }

    /// <param name="snapshot">What to write.</param>
    /// <param name="shown">The value that is shown first; by default time, where there is a clock.</param>
    public static byte[] Write(SnapshotDocument snapshot, StackValue shown = StackValue.Time)
    {
        var profile = new PprofProfile(snapshot).Build(shown);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            profile.WriteTo(gzip);
        }

        return compressed.ToArray();
    }

    private Profile Build(StackValue shown)
    {
        _profile.SampleType.Add([
            Value("calls", "count"),
            Value("time", "nanoseconds"),
            Value("alloc_space", "bytes"),
            Value("alloc_objects", "count"),
        ]);
        _profile.DefaultSampleType = Text(shown == StackValue.Bytes || _snapshot.Process.Clock.IsNone ? "alloc_space" : "time");
        _profile.Mapping.Add(
            new Mapping
            {
                Id = 1,
                Filename = Text(_snapshot.Process.App),
                HasFunctions = true,
                HasFilenames = true,
                HasLineNumbers = true,
            }
        );
        _profile.TimeNanos = NanosecondsSinceEpoch(_snapshot.Process.Start);
        _profile.DurationNanos = (_snapshot.Runs ?? [_snapshot.Process]).Sum(static run => run.DurationNs);
        _profile.Comment.Add([
            Text(_snapshot.HasEstimatedBytes ? "calls are exact" : "calls and bytes are exact; time is a clock's"),
            .. new[] { EstimateNote.OfTime(_snapshot), EstimateNote.OfBytes(_snapshot) }.OfType<string>().Select(Text),
            Text("alloc_objects: only of sites that make one object a hit (array, boxing, delegate, closure, anonymous object), scaled to all calls"),
            Text("bytes by line: a method's contexts share what its sites allocated in proportion to their own bytes"),
            Text("files are relative to the folders of their projects: see -source_path"),
        ]);
        foreach (var sample in StackSample.Of(_snapshot))
        {
            Add(sample);
        }

        return _profile;
    }

    private void Add(StackSample recorded)
    {
        if (recorded is { Calls: 0, SelfNs: 0, SelfBytes: 0, Objects: 0 })
        {
            return;
        }

        var sample = new Sample { Value = { recorded.Calls, recorded.SelfNs, recorded.SelfBytes, recorded.Objects } };
        var path = StackNames.PathTo(_snapshot, recorded.Context);
        for (int i = path.Count - 1; i >= 0; i--)
        {
            sample.LocationId.Add(Location(path[i].Method ?? -1, i == path.Count - 1 ? recorded.Site : null));
        }

        if (_operations[recorded.Context.Id] is { } operation)
        {
            sample.Label.Add(new Label { Key = Text("operation"), Str = Text(_snapshot.Operations![operation].Name) });
        }

        if (recorded.Site is { } site)
        {
            sample.Label.Add(new Label { Key = Text("kind"), Str = Text(Words.Of(site.Kind)) });
            if (site.Type.Length > 0)
            {
                sample.Label.Add(new Label { Key = Text("type"), Str = Text(site.Type) });
            }
        }
        _profile.Sample.Add(sample);
    }

    private ulong Location(int method, Site? site)
    {
        int line = site?.Line ?? (method < 0 ? 0 : _snapshot.Methods[method].Line),
            column = site?.Column ?? 0;
        if (!_locations.TryGetValue((method, line, column), out ulong id))
        {
            _locations[(method, line, column)] = id = (ulong)_locations.Count + 1;
            _profile.Location.Add(
                new Location
                {
                    Id = id,
                    MappingId = 1,
                    Line =
                    {
                        new Line
                        {
                            FunctionId = Function(method),
                            Line_ = line,
                            Column = column,
                        },
                    },
                }
            );
        }
        return id;
    }

    private ulong Function(int method)
    {
        if (!_functions.TryGetValue(method, out ulong id))
        {
            _functions[method] = id = (ulong)_functions.Count + 1;
            var known = method < 0 ? null : _snapshot.Methods[method];
            _profile.Function.Add(
                new Function
                {
                    Id = id,
                    Name = Text(VisibleText.Name(known?.Name ?? StackNames.BeyondBound)),
                    SystemName = Text(known?.Id ?? StackNames.BeyondBound),
                    Filename = Text(known?.File ?? ""),
                    StartLine = known?.Line ?? 0,
                }
            );
        }
        return id;
    }

    private Pprof.ValueType Value(string type, string unit) => new() { Type = Text(type), Unit = Text(unit) };

    private long Text(string text)
    {
        text = VisibleText.Of(text);
        if (!_strings.TryGetValue(text, out long place))
        {
            _strings[text] = place = _strings.Count;
            _profile.StringTable.Add(text);
        }
        return place;
    }

    private static long NanosecondsSinceEpoch(string start) =>
        DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time - DateTimeOffset.UnixEpoch).Ticks * 100
            : 0;
}
