using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace DocSearch;

/// <summary>
/// Counts words without the index and without the code that filled it: the same rules, written as regular expressions.
/// </summary>
internal sealed partial class PlainScan
{
    private readonly ConcurrentDictionary<string, string> _terms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _watched;
    private readonly Dictionary<string, List<Posting>> _postings;
    private readonly List<int> _lengths;

    public PlainScan(IReadOnlyList<Document> documents, IEnumerable<string> watchedTerms)
    {
        _watched = watchedTerms.ToHashSet(StringComparer.Ordinal);

        var scanned = documents.AsParallel().AsOrdered().Select((document, number) => Scan(number, document)).ToList();

        _lengths = scanned.Select(document => document.Tokens).ToList();
        PostingCount = scanned.Sum(document => document.DistinctTerms);
        _postings = scanned
            .SelectMany(document => document.Postings)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, group => group.ToList());
    }

    /// <summary>All terms that occur, watched or not, in ordinal order.</summary>
    public IEnumerable<string> Terms => _terms.Values.Distinct().Order(StringComparer.Ordinal);

    public int PostingCount { get; }

    public IEnumerable<string> WatchedTerms => _watched.Order(StringComparer.Ordinal);

    public IReadOnlyList<int> Lengths => _lengths;

    public IReadOnlyList<Posting> Find(string watchedTerm) => _postings.GetValueOrDefault(watchedTerm, []);

    /// <summary>The best hits of a query whose terms are all watched.</summary>
    public IReadOnlyList<Hit> Ask(Query query)
    {
        double averageLength = (double)_lengths.Sum(length => (long)length) / _lengths.Count;

        var scores =
            from term in query.Terms
            let postings = Find(term)
            let statistics = new TermStatistics(_lengths.Count, postings.Count, averageLength)
            from posting in postings
            group query.Ranker.Score(posting, _lengths[posting.Document], statistics) by posting.Document into parts
            select new Hit(parts.Key, parts.Sum());

        return scores.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Document).Take(query.Count).ToList();
    }

    private (int Tokens, int DistinctTerms, Dictionary<string, Posting> Postings) Scan(int number, Document document)
    {
        var inName = TermsIn(document.Name);
        var inText = TermsIn(document.Text);

        var distinct = inName.Union(inText).ToList();

        var postings = distinct
            .Where(_watched.Contains)
            .ToDictionary(term => term, term => new Posting(number, inName.Count(t => t == term), inText.Count(t => t == term)));

        return (inName.Count + inText.Count, distinct.Count, postings);
    }

    private List<string> TermsIn(string text) => Words().Matches(text).Select(match => _terms.GetOrAdd(match.Value, TermOf)).ToList();

    private static string TermOf(string word)
    {
        string plain = Marks().Replace(word.Normalize(NormalizationForm.FormD), "").ToLowerInvariant();
        return Plural().Replace(plain, match => match.Value == "ies" ? "y" : "");
    }

    [GeneratedRegex(@"\p{Nd}+|\p{Lu}+(?![\p{L}-[\p{Lu}]])|\p{Lu}?[\p{L}-[\p{Lu}]]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\p{Mn}")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<=..)(?<![ae])ies$|(?<=..)(?<=ss|[trn]ch|sh|x)es$|(?<=...)(?<![sui])s$")]
    private static partial Regex Plural();
}
