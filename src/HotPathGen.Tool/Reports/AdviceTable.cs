using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>What to do about the sites that allocate most, a sentence each.</summary>
internal static class AdviceTable
{
    private const int Rows = 10;

    private static readonly Column[] s_columns =
    [
        new("methodId", "", Unit.Text, 0),
        new("assembly", "", Unit.Text, 0),
        new("file", "", Unit.Text, 0),
        new("line", "", Unit.Text, 0),
        new("column", "", Unit.Text, 0),
        new("kind", "", Unit.Text, 0),
        new("cause", "", Unit.Text, 0),
        new("remedy", "", Unit.Text, 0),
        new("hits", "", Unit.Count, 0),
        new("bytes", "", Unit.Bytes, 0),
        new("savedBytes", "", Unit.Bytes, 0),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        SiteAdvice[] advice = [.. SiteAdvice.Of(selection.Of(snapshot))];
        return new("advice", "advice", s_columns, [.. advice.Take(rows).Select(ToRow)]) { More = Math.Max(0, advice.Length - rows) };

        Row ToRow(SiteAdvice a) =>
            new(
                a.Sentence(allBytes),
                "",
                "",
                [
                    a.Method.Id,
                    a.Method.Assembly,
                    a.Method.File,
                    (long)a.Site.Line,
                    (long)a.Site.Column,
                    a.Site.Kind,
                    a.Cause,
                    a.Remedy,
                    a.Hits,
                    a.Bytes,
                    a.SavedBytes,
                ]
            );
    }
}
