using System.Numerics;
using HotPathGen.Tool.Snapshots;

namespace HotPathGen.Tool.Advice;

/// <summary>
/// How far the collections of a site grew, read off the sizes of its allocations: whoever grows by doubling passes every size once, so that
/// as many collections needed a size as there are allocations of it. Exact where no two sizes fall into one power of two; where they do,
/// their allocations are shared out evenly. Of lists of bytes the first four sizes are nearly one, and the answer may be a step too low.
/// </summary>
/// <param name="Capacity">What 95 % of the collections needed no more than.</param>
/// <param name="Collections">How many there were in the calls that probed.</param>
/// <param name="AreCounted">Whether that is what a site made them, not how many grew.</param>
/// <param name="Source">What it was read off.</param>
/// <param name="SavedBytes">What the calls that probed had not allocated with that capacity; negative where it had cost more.</param>
internal sealed record Growth(int Capacity, long Collections, bool AreCounted, string Source, double SavedBytes)
{
    private const double Enough = 0.95;

    // What of the allocations must be of the steps: an argument that allocates by itself leaves a stray one.
    private const double Nearly = 0.99;

    // Of a string, with its last zero; and the characters that a builder begins with.
    private const int StringHead = 22, DefaultBuilder = 16;

    private const int Alignment = 8;

    // Of an array; a dictionary has two.
    private const int ArrayHead = 24;

    // .NET's List, Stack, Queue and PriorityQueue begin with 4 elements (their DefaultCapacity) and double.
    private static readonly int[] s_doubling = [.. Enumerable.Range(2, 24).Select(static power => 1 << power)];

    // .NET's Dictionary and HashSet take the next of HashHelpers' primes from twice their size on.
    private static readonly int[] s_primes = [3, 7, 17, 37, 89, 197, 431, 919, 1931, 4049, 8419, 17519, 36353, 75431, 156437, 324449, 672827, 1395263, 2893249, 5999471];

    /// <summary>Null where the site's sizes are not those of something that doubles, or where 95 % have no use for a capacity.</summary>
    public static Growth? Of(Method method, Site site)
    {
        string collection = Collection(site);
        if (site.Kind != "growth" || StepsOf(collection) is not var (steps, head))
            return null;
        Site[] made = [.. method.Sites!.Where(other => other.Kind is "object" or "collection expression" && Bare(other.Type) == collection)];
        if (made.Length == 1 && HasCapacity(made[0].Text))
            return null;
        // Whose growth it is, is known where the method makes one alone.
        Site[] grown = made.Length == 1 ? [.. method.Sites!.Where(other => other.Kind == "growth" && Collection(other) == collection)] : [site];
        if (collection == "StringBuilder" && made.Length == 1 && method.Sites!.Where(static other => other.Type == "StringBuilder.ToString" && other.Bytes > 0).ToArray() is [var texts])
            return OfTexts(made[0], texts, grown.Sum(static other => other.Bytes));
        long[] counts = new long[SnapshotValidation.SizeClasses];
        foreach (var other in grown)
            other.SizeClasses.AddTo(counts);
        return Fit(steps, head, counts, grown.Max(static other => other.MaxBytes), made.Length == 1 ? made[0].Hits : null);
    }

    // The largest allocation is exact, and one of the steps. That each smaller one leaves its mark tells which; where several could be, numbers
    // that fall evenly from step to step are the likeliest.
    private static Growth? Fit(int[] steps, int head, long[] counts, long largest, long? made) =>
        (from last in Enumerable.Range(1, steps.Length - 1)
         let element = (double)(largest - head) / steps[last]
         where element >= 1
         let sizes = steps.Take(last + 1).Select(step => Math.Ceiling((head + element * step) / Alignment) * Alignment).ToArray()
         let classes = sizes.Select(static size => BitOperations.Log2((ulong)size)).ToArray()
         let reached = classes.Select(c => (double)counts[c] / classes.Count(other => other == c)).ToArray()
         let drops = reached.Zip(reached.Skip(1), static (count, next) => count / next).ToArray()
         where classes[0] != classes[^1] && classes.Distinct().Sum(c => counts[c]) >= Nearly * counts.Sum() && drops.All(static drop => drop >= 1) && !(reached[0] > made)
         orderby drops.Max()
         select Needed(steps, sizes, reached, made)).FirstOrDefault();

    private static Growth? Needed(int[] steps, double[] sizes, double[] reached, long? made)
    {
        double collections = made ?? reached[0], few = (1 - Enough) * collections;
        int last = steps.Length > reached.Length ? reached.Length - 1 : steps.Length - 1;
        int enough = Enumerable.Range(0, last + 1).First(step => step == last || reached[step + 1] <= few);
        return enough == 0 || reached[0] <= few ? null
            : new(steps[enough], (long)collections, made is not null, "the sizes of its growth", Enumerable.Range(0, enough + 1).Sum(step => reached[step] * sizes[step]) - collections * sizes[enough]);
    }

    // A builder's texts say what it needed, whatever was appended at once.
    private static Growth? OfTexts(Site made, Site texts, long grownBytes)
    {
        long few = (long)((1 - Enough) * texts.AllocatingHits), above = 0;
        var enough = texts.SizeClasses.Counts.ToArray().Reverse().First(size => (above += size.Count) > few);
        long capacity = (Math.Min(texts.MaxBytes, 2L << enough.Bucket) - StringHead) / 2;
        return capacity <= DefaultBuilder ? null
            : new((int)capacity, made.Hits, true, "the texts that were made of them", grownBytes - 2.0 * (capacity - DefaultBuilder) * made.Hits);
    }

    private static (int[] Steps, int Head)? StepsOf(string collection) => collection switch
    {
        "List" or "Stack" or "Queue" or "PriorityQueue" => (s_doubling, ArrayHead),
        "Dictionary" or "HashSet" => (s_primes, 2 * ArrayHead),
        // A builder begins with 16 characters and adds pieces as long as what it has, each in an object of 48 bytes.
        "StringBuilder" => ([.. s_doubling.Skip(2).Take(9)], ArrayHead + 48),
        _ => null,
    };

    private static bool HasCapacity(string text) =>
        text.IndexOf('(', StringComparison.Ordinal) is var open and >= 0 && text[open + 1] != ')' && !text.Contains("Comparer", StringComparison.Ordinal);

    private static string Collection(Site growth) => growth.Type[..Math.Max(0, growth.Type.IndexOf('.', StringComparison.Ordinal))];

    private static string Bare(string type) => type.IndexOf('<', StringComparison.Ordinal) is var generic and >= 0 ? type[..generic] : type;
}
