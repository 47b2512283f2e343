using HotPathGen;

namespace DocSearch;

/// <summary>The obvious first version of an index.</summary>
internal sealed partial class IndexPartition(int first, int end) : Partition(first, end)
{
    protected override int Index(int number, Document document) => Add(number, document);

    /// <returns>How many tokens the document has.</returns>
    [Instrument]
    public partial int Add(int number, Document document);

    private int AddCore(int number, Document document)
    {
        var inName = Tally.Of(Tokenizer.Terms(document.Name));
        var inText = Tally.Of(Tokenizer.Terms(document.Text));

        foreach (string? term in inName.Keys.Union(inText.Keys))
        {
            var posting = new Posting(number, inName.GetValueOrDefault(term), inText.GetValueOrDefault(term));
            PostingsOf(term).Add(posting);
        }

        return inName.Values.Sum() + inText.Values.Sum();
    }

    [Instrument]
    private List<Posting> PostingsOf(string term)
    {
        if (!Postings.TryGetValue(term, out var postings))
        {
            postings = [];
            Postings.Add(term, postings);
        }

        return postings;
    }
}
