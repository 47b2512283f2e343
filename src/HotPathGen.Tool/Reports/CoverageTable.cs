using HotPathGen.Runtime;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>The hot methods that are not measured, or not in whole, and why.</summary>
internal static class CoverageTable
{
    private const int Rows = 50;

    private static readonly Column[] s_columns =
    [
        new("methodId", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("file", "", Unit.Text, 0),
        new("line", "", Unit.Text, 0),
        new("measured", "", Unit.Text, 0),
        new("reason", "", Unit.Text, 0),
        new("", "place", Unit.Text, 0),
        new("", "reason", Unit.Text, 0),
    ];

    private static readonly string[] s_order = [Coverage.NotMeasured, Coverage.ToFirstAwait, Coverage.NotBySite];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        Row[] all =
        [
            .. snapshot
                .Coverage.Where(selection.Matches)
                .Select(static plain => ToRow(plain.Name, null, null, plain.File, plain.Line, Coverage.NotMeasured, plain.Reason)),
            .. from m in snapshot.Methods
            where m.Coverage.Length > 0 && selection.Matches(m)
            orderby Array.IndexOf(s_order, m.Coverage), m.File, m.Line, m.Key
            select ToRow(m.Name, m.Id, m.Assembly, m.File, m.Line, m.Coverage, m.WithoutSites ?? "its body is not copied"),
        ];
        return new("coverage", "method", s_columns, [.. all.Take(rows)])
        {
            More = Math.Max(0, all.Length - rows),
            WhenEmpty = "Every hot method of these is measured, and by site where anything in it can allocate.",
        };
    }

    private static Row ToRow(string name, string? id, string? assembly, string file, int line, string measured, string reason) =>
        new(
            name,
            "",
            "",
            [
                id,
                assembly,
                file,
                (long)line,
                measured,
                reason,
                FormattableString.Invariant($"{file[(file.LastIndexOf('/') + 1)..]}:{line}"),
                $"{measured}: {reason}",
            ]
        );
}
