using System.Numerics;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Advice;

/// <summary>
/// How far the collections of a site grew. This is read off the sizes of the site's allocations: a collection that grows by doubling
/// allocates every size once, so the number of allocations of a size is the number of collections that needed it. The result is exact
/// where no two sizes fall into one power-of-two bucket. Where they do, their allocations are shared out evenly. For lists of bytes the
/// first four sizes are almost the same, so the answer may be one step too low.
/// </summary>
/// <param name="Capacity">The capacity that was enough for 95 % of the collections.</param>
/// <param name="Collections">The number of collections in the calls that probed.</param>
/// <param name="AreCounted">Whether that number comes from a site that made the collections, and not from how many grew.</param>
/// <param name="Source">The figures that the capacity was read off.</param>
/// <param name="SavedBytes">
/// The bytes that the calls that probed would have saved with that capacity. It is negative where the capacity would have cost more.
/// </param>
internal sealed record Growth(int Capacity, long Collections, bool AreCounted, string Source, double SavedBytes)
{
    private const double Enough = 0.95;

    // The share of the allocations that must be of the steps. It is below 1 because an argument that itself allocates leaves a stray allocation.
    private const double Nearly = 0.99;

    // Bytes of a string beside its characters, with its last zero; and the number of characters that a builder begins with.
    private const int StringHead = 22,
        DefaultBuilder = 16;

    private const int Alignment = 8;

    // Bytes of an array beside its elements. A dictionary has two arrays. A builder's piece also has an object of 48 bytes.
    private const int ArrayHead = 24,
        PieceHead = ArrayHead + 48;

    // The longest piece of a builder, in characters (its MaxChunkSize).
    private const int LongestPiece = 8000;

    // .NET's List, Stack, Queue and PriorityQueue begin with 4 elements (their DefaultCapacity) and double.
    private static readonly int[] s_doubling = [.. Enumerable.Range(2, 24).Select(static power => 1 << power)];

    // .NET's Dictionary and HashSet take the first of HashHelpers' primes that is at least twice their size.
    private static readonly int[] s_primes =
    [
        3,
        7,
        17,
        37,
        89,
        197,
        431,
        919,
        1931,
        4049,
        8419,
        17519,
        36353,
        75431,
        156437,
        324449,
        672827,
        1395263,
        2893249,
        5999471,
    ];

    /// <summary>
    /// The growth at a site. It is null where the site's sizes are not those of a type that doubles, or where a capacity is of no use to 95 %.
    /// </summary>
    public static Growth? Of(Method method, Site site)
    {
        string collection = Collection(site);
        if (site.Kind != SiteKind.Growth || GrowingOf(collection) is not { } growing)
        {
            return null;
        }

        Site[] made =
        [
            .. method.Sites!.Where(other => other.Kind is SiteKind.Object or SiteKind.CollectionExpression && Bare(other.Type) == collection),
        ];
        if (made.Length == 1 && HasCapacity(made[0].Text))
        {
            return null;
        }
        // The collection that grows is known only where the method makes exactly one.
        Site[] grown =
            made.Length == 1 ? [.. method.Sites!.Where(other => other.Kind == SiteKind.Growth && Collection(other) == collection)] : [site];
        long bytes = grown.Sum(static other => other.Bytes);
        if (
            collection == "StringBuilder"
            && made.Length == 1
            && method.Sites!.Where(static other => other.Type == "StringBuilder.ToString" && other.Bytes > 0).ToArray() is [var texts]
        )
        {
            return OfTexts(made[0], texts, bytes);
        }

        long[] counts = new long[Site.SizeClassCount];
        foreach (var other in grown)
        {
            other.SizeClasses.AddTo(counts);
        }

        return Fit(growing, counts, bytes, grown.Max(static other => other.MaxBytes), made.Length == 1 ? made[0].Hits : null);
    }

    // The size of the largest allocation is exact, and it is one of the steps. Each smaller step has left allocations too, and they tell which
    // step it is. Where several are possible, the one whose sizes come nearest to the total bytes is taken.
    private static Growth? Fit(Growing growing, long[] counts, long bytes, long largest, long? made) =>
        (
            from last in Enumerable.Range(1, growing.Steps.Length - 1)
            let element = (double)(largest - growing.Head) / growing.Steps[last]
            where element >= 1
            let sizes = growing.Steps.Take(last + 1).Select(step => Math.Ceiling((growing.Head + element * step) / Alignment) * Alignment).ToArray()
            let classes = sizes.Select(static size => BitOperations.Log2((ulong)size)).ToArray()
            let reached = classes.Select(c => (double)counts[c] / classes.Count(other => other == c)).ToArray()
            let drops = reached.Zip(reached.Skip(1), static (count, next) => count / next).ToArray()
            where
                classes[0] != classes[^1]
                && classes.Distinct().Sum(c => counts[c]) >= Nearly * counts.Sum()
                && drops.All(static drop => drop >= 1)
                && !(reached[0] > made)
            orderby Math.Abs(reached.Zip(sizes, static (count, size) => count * size).Sum() - bytes)
            select Needed(growing, sizes, reached, bytes, made)
        ).FirstOrDefault();

    private static Growth? Needed(Growing growing, double[] sizes, double[] reached, long bytes, long? made)
    {
        double collections = made ?? reached[0],
            few = (1 - Enough) * collections;
        int last = reached.Length - 1;
        int enough = Enumerable.Range(0, last + 1).First(step => step == last || reached[step + 1] <= few);
        if (reached[0] <= few || enough == 0 && !growing.IsInPieces)
        {
            return null;
        }
        // Together with its earlier pieces a builder holds twice as much as its last piece.
        int capacity = growing.IsInPieces ? 2 * growing.Steps[enough] : growing.Steps[enough];
        double cost = growing.IsInPieces ? CostOfBuilder(capacity) : sizes[enough];
        double beyond = Enumerable.Range(enough + 1, last - enough).Sum(step => reached[step] * sizes[step]);
        return new(capacity, (long)collections, made is not null, "the sizes of its growth", bytes - beyond - collections * cost);
    }

    // The texts of a builder say how much it needed, however much was appended at once. Builders with longer texts still grow, from there on.
    private static Growth? OfTexts(Site made, Site texts, long bytes)
    {
        long few = (long)((1 - Enough) * texts.AllocatingHits),
            above = 0;
        var enough = texts.SizeClasses.Counts.ToArray().Reverse().First(size => (above += size.Count) > few);
        long capacity = Characters(2L << enough.Bucket);
        if (capacity <= DefaultBuilder)
        {
            return null;
        }

        double grown = PiecesFrom(DefaultBuilder),
            still = PiecesFrom(capacity);
        return new(
            (int)capacity,
            made.Hits,
            true,
            "the texts that were made of them",
            bytes * (1 - still / Math.Max(1, grown)) - CostOfBuilder(capacity) * made.Hits
        );

        long Characters(long size) => (Math.Min(texts.MaxBytes, size) - StringHead) / 2;

        // All texts of a bucket are taken to be as long as the middle of the bucket.
        double PiecesFrom(long begun) =>
            texts.SizeClasses.Counts.ToArray().Sum(size => size.Count * Pieces(begun, Characters(3L << size.Bucket >> 1)));

        static double Pieces(double capacity, long characters)
        {
            double all = 0;
            while (capacity < characters)
            {
                double piece = Math.Min(capacity, LongestPiece);
                all += PieceHead + 2 * piece;
                capacity += piece;
            }
            return all;
        }
    }

    private static double CostOfBuilder(long capacity) => 2.0 * (capacity - DefaultBuilder);

    private static Growing? GrowingOf(string collection) =>
        collection switch
        {
            "List" or "Stack" or "Queue" or "PriorityQueue" => new(s_doubling, ArrayHead),
            "Dictionary" or "HashSet" => new(s_primes, 2 * ArrayHead),
            // A builder begins with 16 characters. Each piece that it adds is as long as what it already has.
            "StringBuilder" => new([.. s_doubling.Skip(2).Take(9)], PieceHead, IsInPieces: true),
            _ => null,
        };

    private static bool HasCapacity(string text) =>
        text.IndexOf('(', StringComparison.Ordinal) is var open and >= 0
        && text[open + 1] != ')'
        && !text.Contains("Comparer", StringComparison.Ordinal);

    private static string Collection(Site growth) => growth.Type[..Math.Max(0, growth.Type.IndexOf('.', StringComparison.Ordinal))];

    private static string Bare(string type) => type.IndexOf('<', StringComparison.Ordinal) is var generic and >= 0 ? type[..generic] : type;

    /// <summary>How a type grows.</summary>
    /// <param name="Steps">The number of elements of each allocation, in order.</param>
    /// <param name="Head">The bytes of an allocation that are not elements.</param>
    /// <param name="IsInPieces">Whether a new allocation is added to the earlier ones. If not, it replaces them.</param>
    private sealed record Growing(int[] Steps, int Head, bool IsInPieces = false);
}
