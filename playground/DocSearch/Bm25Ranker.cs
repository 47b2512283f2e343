using HotPathGen;

namespace DocSearch;

/// <summary>Okapi BM25. It counts words in the name and in the text alike.</summary>
internal sealed class Bm25Ranker : IRanker
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    public string Name => "bm25";

    [Instrument]
    public double Score(Posting posting, int length, TermStatistics term) => Score(posting.Frequency, length, term);

    public static double Score(double frequency, int length, TermStatistics term)
    {
        double relativeLength = 1 - LengthWeight + LengthWeight * length / term.AverageLength;
        return term.Rarity * frequency * (Saturation + 1) / (frequency + Saturation * relativeLength);
    }
}
