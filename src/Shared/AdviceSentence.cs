namespace HotPathGen.Shared;

/// <summary>Writes the sentence that says what a site costs, why it allocates and what helps. The summary and the tool use it.</summary>
internal static class AdviceSentence
{
    /// <param name="cause">The reason why the site allocates, as part of a sentence.</param>
    /// <param name="place">The site's file and line.</param>
    /// <param name="hits">The number of hits that allocated, over all calls.</param>
    /// <param name="bytes">The bytes that the site allocated, over all calls.</param>
    /// <param name="allBytes">The bytes that all methods allocated.</param>
    /// <param name="remedy">What to do, as part of a sentence.</param>
    public static string Of(string cause, string place, long hits, long bytes, long allBytes, string remedy) =>
        FormattableString.Invariant(
            $"{cause} at {place}: {Units.Bytes(PerHit(bytes, hits))} × {Units.Count(hits)} = {Units.Bytes(bytes)}, {100.0 * bytes / Math.Max(1, allBytes):0.#} % of all: {remedy}"
        );

    /// <summary>
    /// Returns the bytes per hit, rounded. If all hits have the same size, it is that size, even if only few calls were probing calls.
    /// </summary>
    public static long PerHit(long bytes, long hits) => (long)Math.Round((double)bytes / Math.Max(1, hits));
}
