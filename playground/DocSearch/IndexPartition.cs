using HotPathGen;

namespace DocSearch;

/// <summary>The index of a run of consecutive documents; built by one thread.</summary>
internal sealed partial class IndexPartition(int first, int end)
{
    private readonly Dictionary<string, List<Posting>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    public IReadOnlyDictionary<string, List<Posting>> Postings => _postings;

    /// <summary>Tokens of each document.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    public void Fill(IReadOnlyList<Document> documents)
    {
        for (int number = first; number < end; number++)
        {
            _lengths.Add(Add(number, documents[number]));
        }
    }

    /// <returns>How many tokens the document has.</returns>
    [Instrument]
    public partial int Add(int number, Document document);

    private int AddCore(int number, Document document)
    {
        var inName = Tally.Of(Tokenizer.Terms(document.Name));
        var inText = Tally.Of(Tokenizer.Terms(document.Text));

        foreach (var term in inName.Keys.Union(inText.Keys))
        {
            var posting = new Posting(number, inName.GetValueOrDefault(term), inText.GetValueOrDefault(term));
            PostingsOf(term).Add(posting);
        }

        return inName.Values.Sum() + inText.Values.Sum();
    }

    [Instrument]
    private List<Posting> PostingsOf(string term)
    {
        if (!_postings.TryGetValue(term, out var postings))
        {
            postings = [];
            _postings.Add(term, postings);
        }

        return postings;
    }
}
