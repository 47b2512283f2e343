using HotPathGen;

namespace DocSearch;

/// <summary>BM25 in which a term in a member's name counts as much as several in its text.</summary>
internal sealed class NameRanker(double nameWeight) : IRanker
{
    public string Name => "names first";

    [Instrument]
    public double Score(Posting posting, int length, TermStatistics term) => Bm25Ranker.Score(posting.WeightedFrequency(nameWeight), length, term);
}
