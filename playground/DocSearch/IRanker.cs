namespace DocSearch;

internal interface IRanker
{
    string Name { get; }

    /// <returns>What one term adds to the score of a document of <paramref name="length"/> tokens.</returns>
    double Score(Posting posting, int length, TermStatistics term);
}
