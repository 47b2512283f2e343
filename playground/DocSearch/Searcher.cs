using HotPathGen;

namespace DocSearch;

/// <summary>Answers queries: the documents that have any of the terms, best first.</summary>
[Instrument]
internal sealed class Searcher
{
    private readonly InvertedIndex _index;

    public Searcher(InvertedIndex index)
    {
        _index = index;
    }

    public Answer Ask(Query query)
    {
        var best = new Best<Hit>(query.Count, Compare);

        foreach (var (document, score) in ScoresOf(query))
        {
            best.Add(new Hit(document, score));
        }

        return new Answer(query, best.Items);
    }

    private Dictionary<int, double> ScoresOf(Query query)
    {
        var scores = new Dictionary<int, double>();

        foreach (string term in query.Terms)
        {
            var statistics = _index.StatisticsOf(term);

            foreach (var posting in _index.Find(term))
            {
                double score = query.Ranker.Score(posting, _index.LengthOf(posting.Document), statistics);
                scores[posting.Document] = scores.GetValueOrDefault(posting.Document) + score;
            }
        }

        return scores;
    }

    // It is called for every comparison, and it is too small for its figures to tell anything.
    [DoNotInstrument]
    private static int Compare(Hit x, Hit y)
    {
        int byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : x.Document.CompareTo(y.Document);
    }
}
