using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The slow and large calls that the program kept, each with its tree of hot methods and the sites that allocated most in it.</summary>
internal static class KeptCallTable
{
    private const int Calls = 5;
    private const int FramesPerCall = 15;
    private const int SitesPerCall = 3;

    private static readonly Column<Shown>[] s_columns =
    [
        new("methodId", static r => r.Method.Id),
        new("assembly", static r => r.Method.Assembly),
        new("at", static r => r.At),
        new("depth", static r => (long)r.Depth),
        new("startNs", static r => r.StartNs, Unit.Ns),
        new("ns", "time", Unit.Ns, 0, static r => r.Ns),
        new("bytes", "bytes", Unit.Bytes, 1, static r => r.Bytes),
        new("hits", "hits", Unit.Count, 2, static r => r.Hits),
        new("operation", static r => r.Operation),
        new("why", static r => r.Why),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        KeptCall[] calls = [.. (snapshot.KeptCalls ?? []).Where(call => selection.Matches(snapshot.Methods[call.Method]))];
        int most = selection.Top ?? Calls;
        return new("keptCalls", "slow and large calls", s_columns, [.. calls.Take(most).SelectMany(call => RowsOf(snapshot, call))])
        {
            More = Math.Max(0, calls.Length - most),
            WhenEmpty = snapshot.KeptCalls is null
                ? "The program kept no calls. Set HOTPATH_SLOW, for example to 5ms or p99.9, or HOTPATH_LARGE, for example to 64KB."
                : "No call was as slow or as large as HOTPATH_SLOW and HOTPATH_LARGE say.",
        };
    }

    private static IEnumerable<Row> RowsOf(SnapshotDocument snapshot, KeptCall call)
    {
        var method = snapshot.Methods[call.Method];
        yield return ToRow(
            method.Name,
            $"{call.At?[11..23]} {call.Operation} {WhyOf(call)}".Replace("  ", " ", StringComparison.Ordinal).TrimStart(),
            new(method, 0)
            {
                At = call.At,
                StartNs = call.At is null ? null : 0,
                Ns = call.Ns,
                Bytes = call.Bytes,
                Operation = call.Operation ?? "",
                Why = WhyOf(call),
            }
        );
        var shown = call
            .Frames.Index()
            .Skip(1)
            .OrderByDescending(static frame => frame.Item.Ns ?? 0)
            .ThenByDescending(static frame => frame.Item.Bytes);
        HashSet<int> kept = [.. shown.Take(FramesPerCall).Select(static frame => frame.Index)];
        int[] depths = new int[call.Frames.Length];
        foreach (var (i, frame) in call.Frames.Index())
        {
            depths[i] = frame.Parent is { } parent ? depths[parent] + (parent == 0 || kept.Contains(parent) ? 1 : 0) : 0;
            if (kept.Contains(i))
            {
                var of = snapshot.Methods[frame.Method];
                yield return ToRow(
                    of.Name,
                    "",
                    new(of, depths[i])
                    {
                        StartNs = frame.StartNs,
                        Ns = frame.Ns,
                        Bytes = frame.Bytes,
                    }
                );
            }
        }

        long leftOut = call.LeftOutFrames + Math.Max(0, call.Frames.Length - 1 - kept.Count);
        if (leftOut > 0)
        {
            yield return ToRow(FormattableString.Invariant($"({leftOut:N0} smaller ones)"), "", new(method, 1));
        }

        foreach (var site in call.Sites.Take(SitesPerCall))
        {
            var of = snapshot.Methods[site.Method];
            yield return ToRow(
                FormattableString.Invariant($"{of.FileName}:{site.Line}:{site.Column} {Words.Of(site.Kind)}"),
                site.Text,
                new(of, 1) { Bytes = site.Bytes, Hits = site.Hits }
            );
        }
    }

    private static string WhyOf(KeptCall call) =>
        string.Join(
            ", ",
            new[]
            {
                call.IsSlow ? "slow" : "",
                call.IsLarge ? "large" : "",
                call.IsWall ? "whole async call" : "",
                call.IsSegment ? "after an await" : "",
            }.Where(static word => word.Length > 0)
        );

    private static Row ToRow(string name, string more, Shown shown) => Row.Of(name, "", more, s_columns, shown) with { Depth = shown.Depth };

    private sealed record Shown(Method Method, int Depth)
    {
        public string? At { get; init; }
        public long? StartNs { get; init; }
        public long? Ns { get; init; }
        public long? Bytes { get; init; }
        public long? Hits { get; init; }
        public string Operation { get; init; } = "";
        public string Why { get; init; } = "";
    }
}
