using System.Globalization;

namespace HotPathGen.Runtime;

/// <summary>What the two twins of a method did, and its sites.</summary>
/// <param name="Control">The calls that ran the plain twin.</param>
/// <param name="Probing">The calls that ran the probing twin; the sites' figures are exact for these.</param>
/// <param name="IsTimedByControl">Whether the method's time is that of the control calls alone.</param>
/// <param name="Difference">Of ordinary calls: of those that go on after they returned sums are known, and no scatter. Self bytes of a probing call
/// less those of a control call, where that is more than chance.</param>
/// <param name="UnattributedBytes">Self bytes of probing calls that no site has.</param>
/// <param name="Scale">All calls by probing calls; 0 where none probed.</param>
/// <param name="Sites">All of them, in the order of the source, those that were never reached too.</param>
internal sealed record TwinFigures(
    TwinShare Control,
    TwinShare Probing,
    bool IsTimedByControl,
    double? Difference,
    long UnattributedBytes,
    double Scale,
    SiteFigures[] Sites
)
{
    /// <summary>Standard errors by which the means of two twins must differ to be told apart.</summary>
    private const double Certain = 4;

    public static unsafe TwinFigures? Of(
        HotMethod method,
        MethodBudget* budget,
        TwinSums? sums,
        long calls,
        bool isTimedByControl,
        bool canDiffer,
        double nsPerTick
    )
    {
        if (method.Sites.Length == 0)
        {
            return null;
        }

        string[] lines = method.Sites.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        sums ??= new(lines.Length);
        double scale = sums.Probing.Calls == 0 ? 0 : (double)calls / sums.Probing.Calls;
        return new(
            TwinShare.Of(sums.Control, nsPerTick),
            TwinShare.Of(sums.Probing, nsPerTick),
            isTimedByControl,
            canDiffer ? DifferenceOf(sums) : null,
            sums.UnattributedBytes,
            scale,
            [
                .. lines
                    .Index()
                    .Select(line =>
                        SiteFigures.Of(line.Item, sums.Sites[line.Index], BreachFigures.Of(budget, line.Index, sums.Sites[line.Index].Breaches))
                    ),
            ]
        );
    }

    // Welch's statistic; calls whose bytes never vary have no scatter, and then any difference counts.
    private static double? DifferenceOf(TwinSums sums)
    {
        var (control, probing) = (sums.Control, sums.Probing);
        if (control.Calls < TwinSums.EnoughControls || probing.Calls < TwinSums.EnoughControls)
        {
            return null;
        }

        double difference = Mean(probing) - Mean(control);
        return Math.Abs(difference) > Certain * Math.Sqrt(VarianceOfMean(control) + VarianceOfMean(probing)) ? difference : null;
    }

    private static double Mean(in TwinTotals totals) => (double)totals.SelfBytes / totals.Calls;

    private static double VarianceOfMean(in TwinTotals totals) =>
        Math.Max(0, totals.SelfBytesSquared / totals.Calls - Mean(totals) * Mean(totals)) / totals.Calls;
}

/// <summary>The calls of one twin.</summary>
internal sealed record TwinShare(long Calls, long SelfBytes, long SelfNs, long TotalNs)
{
    public static TwinShare Of(in TwinTotals totals, double nsPerTick) =>
        new(totals.Calls, totals.SelfBytes, (long)(totals.SelfTicks * nsPerTick), (long)(totals.Ticks * nsPerTick));
}

/// <summary>One site: where it is, and what it did in the calls that probed. Objects are null where a hit may make several.</summary>
internal sealed record SiteFigures(
    int Line,
    int Column,
    string Kind,
    string Type,
    string Text,
    string Origin,
    long Hits,
    long AllocatingHits,
    long? Objects,
    long Bytes,
    long MaxBytes,
    long LargeHits,
    long LargeBytes,
    long[] Classes,
    BreachFigures? Breaches
)
{
    public static SiteFigures Of(string description, SiteSums sums, BreachFigures? breaches)
    {
        string[] parts = description.Split('\t');
        return new(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            parts[2],
            parts[3],
            parts[4],
            parts.Length > 5 ? parts[5] : "",
            sums.Hits,
            sums.AllocatingHits,
            MakesOne(parts[2]) ? sums.AllocatingHits : null,
            sums.Bytes,
            sums.MaxBytes,
            sums.LargeHits,
            sums.LargeBytes,
            sums.Classes,
            breaches
        );
    }

    private static bool MakesOne(string kind) => kind is "array" or "params array" or "boxing" or "delegate" or "closure" or "anonymous object";
}
