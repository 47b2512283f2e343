using HotPathGen.Tool.Advice;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Reports;

/// <summary>Advice on the sites that allocate most, one sentence for each.</summary>
internal static class AdviceTable
{
    private const int Rows = 10;

    private static readonly Column<SiteAdvice>[] s_columns =
    [
        new("methodId", static a => a.Method.Id),
        new("assembly", static a => a.Method.Assembly),
        new("file", static a => a.Method.File),
        new("line", static a => (long)a.Site.Line),
        new("column", static a => (long)a.Site.Column),
        new("kind", static a => Words.Of(a.Site.Kind)),
        new("cause", static a => a.Cause),
        new("remedy", static a => a.Remedy),
        new("hits", static a => a.Hits),
        new("bytes", static a => a.Bytes),
        new("savedBytes", static a => a.SavedBytes),
    ];

    public static Table Of(SnapshotDocument snapshot, Selection selection)
    {
        int rows = selection.Top ?? Rows;
        long allBytes = snapshot.Methods.Sum(static m => m.Allocated.SelfBytes);
        SiteAdvice[] advice = [.. SiteAdvice.Of(selection.Of(snapshot))];
        return new("advice", "advice", s_columns, [.. advice.Take(rows).Select(a => Row.Of(a.Sentence(allBytes), "", "", s_columns, a))])
        {
            More = Math.Max(0, advice.Length - rows),
        };
    }
}
