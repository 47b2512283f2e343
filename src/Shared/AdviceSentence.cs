namespace HotPathGen.Shared;

/// <summary>How the summary and the tool say what a site costs, why, and what helps.</summary>
internal static class AdviceSentence
{
    /// <param name="cause">Why it allocates, as part of a sentence.</param>
    /// <param name="place">The site's file and line.</param>
    /// <param name="hits">Those that allocated, of all calls.</param>
    /// <param name="bytes">Of all calls.</param>
    /// <param name="allBytes">What all methods allocated.</param>
    /// <param name="remedy">What to do, as part of a sentence.</param>
    public static string Of(string cause, string place, long hits, long bytes, long allBytes, string remedy) =>
        FormattableString.Invariant(
            $"{cause} at {place}: {Units.Bytes(PerHit(bytes, hits))} × {Units.Count(hits)} = {Units.Bytes(bytes)}, {100.0 * bytes / Math.Max(1, allBytes):0.#} % of all: {remedy}"
        );

    /// <summary>Rounded: where all hits are of one size it is that size, however few calls probed.</summary>
    public static long PerHit(long bytes, long hits) => (long)Math.Round((double)bytes / Math.Max(1, hits));
}
