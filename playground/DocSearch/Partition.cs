namespace DocSearch;

/// <summary>The index of a run of consecutive documents; built by one thread.</summary>
internal abstract class Partition(int first, int end)
{
    private readonly Dictionary<string, List<Posting>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];

    public Dictionary<string, List<Posting>> Postings => _postings;

    /// <summary>Tokens of each document.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    public void Fill(IReadOnlyList<Document> documents)
    {
        for (int number = first; number < end; number++)
        {
            _lengths.Add(Index(number, documents[number]));
        }
    }

    /// <summary>Removes the documents. Keeps the terms and the capacity of their postings.</summary>
    public void Clear()
    {
        _lengths.Clear();

        foreach (var postings in _postings.Values)
        {
            postings.Clear();
        }
    }

    /// <returns>How many tokens the document has.</returns>
    protected abstract int Index(int number, Document document);
}
