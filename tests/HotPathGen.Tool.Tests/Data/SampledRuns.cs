using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Tests.Data;

/// <summary>
/// Runs of one small program of short methods, sampled/Sampled.cs, recorded in turns on one machine, without tiering and below the level full: six of
/// a build and six of a changed one at each level, and at the level light six more of the first build.
/// </summary>
internal static class SampledRuns
{
    public static string LightBefore => Folder("light", "before");
    public static string LightAgain => Folder("light", "again");
    public static string LightAfter => Folder("light", "after");
    public static string StandardBefore => Folder("standard", "before");
    public static string StandardAfter => Folder("standard", "after");

    public static SnapshotDocument Light => SnapshotReader.Read(RecordedRuns.Files(LightBefore)[0]);
    public static SnapshotDocument Standard => SnapshotReader.Read(RecordedRuns.Files(StandardBefore)[0]);

    /// <summary>Copies of a folder's snapshots, each changed.</summary>
    public static string Edit(TemporaryFolder folder, string recorded, Func<SnapshotDocument, SnapshotDocument> edit)
    {
        string edited = Directory.CreateDirectory(folder[Guid.NewGuid().ToString("N")]).FullName;
        foreach (string file in RecordedRuns.Files(recorded))
        {
            SnapshotFiles.Write(Path.Combine(edited, Path.GetFileName(file)), edit(SnapshotReader.Read(file)));
        }
        return edited;
    }

    /// <summary>The snapshot with the margins of bytes that the spread in its histograms gives.</summary>
    public static SnapshotDocument WithMargins(SnapshotDocument document) =>
        document with
        {
            Methods = [.. document.Methods.Select(m => m with { MeanMarginBytes = m.SampledCalls is { } calls ? MarginOf(m, calls) : null })],
        };

    /// <summary>The snapshot as if only a sample of the calls of one method had been recorded, at the level light.</summary>
    public static SnapshotDocument Sampled(SnapshotDocument document, string name, double marginNs, double? marginBytes) =>
        document with
        {
            Process = document.Process with { Detail = DetailLevel.Light },
            Methods =
            [
                .. document.Methods.Select(m =>
                    m.Name == name
                        ? m with
                        {
                            SampledCalls = m.Calls / 2,
                            MeanMarginNs = marginNs,
                            MeanMarginBytes = marginBytes,
                        }
                        : m
                ),
            ],
        };

    private static double MarginOf(Method method, long calls)
    {
        double count = method.Allocated.Histogram.Total,
            sum = 0,
            squares = 0;
        foreach (var (bucket, n) in method.Allocated.Histogram.Counts)
        {
            double bytes = Histogram.MidpointOf(bucket);
            sum += n * bytes;
            squares += n * bytes * bytes;
        }

        return Math.Round(1.96 * Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count)) / calls), 1);
    }

    private static string Folder(string level, string build) => Path.Combine(Verified.TestFolder, "Data", "sampled", level, build);
}
