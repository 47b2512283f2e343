using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The hot methods that are not measured, or only partly, and the reasons.</summary>
internal static class CoverageTable
{
    private const int Rows = 50;

    private static readonly Column<Left>[] s_columns =
    [
        new("methodId", static l => l.Id),
        new("assembly", static l => l.Assembly),
        new("file", static l => l.File),
        new("line", static l => (long)l.Line),
        new("measured", static l => Words.Of(l.Coverage)),
        new("reason", static l => l.Reason),
        new("", "place", Unit.Text, 0, static l => FormattableString.Invariant($"{l.File[(l.File.LastIndexOf('/') + 1)..]}:{l.Line}")),
        new("", "reason", Unit.Text, 0, static l => $"{Words.Of(l.Coverage)}: {l.Reason}"),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        Row[] all =
        [
            .. snapshot
                .Coverage.Where(selection.Matches)
                .Select(static plain => ToRow(plain.Name, new(null, null, plain.File, plain.Line, Coverage.NotMeasured, plain.Reason))),
            .. from m in snapshot.Methods
            where m.Coverage != Coverage.Whole && selection.Matches(m)
            orderby m.Coverage descending, m.File, m.Line, m.Key
            select ToRow(m.Name, new(m.Id, m.Assembly, m.File, m.Line, m.Coverage, CoverageWords.Reason(m))),
        ];
        return new("coverage", "method", s_columns, [.. all.Take(rows)])
        {
            More = Math.Max(0, all.Length - rows),
            WhenEmpty = "Every hot method of these is measured, and by site where anything in it can allocate.",
        };
    }

    private static Row ToRow(string name, Left left) => Row.Of(name, "", "", s_columns, left);

    private sealed record Left(string? Id, string? Assembly, string File, int Line, Coverage Coverage, string Reason);
}
