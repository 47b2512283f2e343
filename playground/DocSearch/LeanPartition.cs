using System.Runtime.InteropServices;
using HotPathGen;

namespace DocSearch;

/// <summary>
/// The same as <see cref="IndexPartition"/>, but it allocates little: it folds a word in a scratch buffer, looks it up from there, and counts it in
/// the postings themselves. A word that the partition knows costs no byte beyond the growth of its postings.
/// </summary>
internal sealed partial class LeanPartition(int first, int end) : Partition(first, end)
{
    protected override int Index(int number, Document document) => Add(number, document);

    /// <returns>How many tokens the document has.</returns>
    [Instrument]
    public int Add(int number, Document document)
    {
        int tokens = 0;

        foreach (var word in Tokenizer.Words(document.Name))
        {
            Count(word, number, inName: true);
            tokens++;
        }

        foreach (var word in Tokenizer.Words(document.Text))
        {
            Count(word, number, inName: false);
            tokens++;
        }

        return tokens;
    }

    [Instrument]
    private partial void Count(ReadOnlySpan<char> word, int number, bool inName);

    private void CountCore(ReadOnlySpan<char> word, int number, bool inName, [Pooled(Length = nameof(FoldedLength))] scoped Span<char> folded)
    {
        var term = folded.Slice(0, LeanFolding.Fold(word, folded));
        var terms = Postings.GetAlternateLookup<ReadOnlySpan<char>>();

        if (!terms.TryGetValue(term, out var postings))
        {
            postings = [];
            terms[term] = postings;
        }

        var known = CollectionsMarshal.AsSpan(postings);
        var (name, text) = inName ? (1, 0) : (0, 1);

        if (known is [.., { Document: var last }] && last == number)
        {
            known[^1] = new Posting(number, known[^1].InName + name, known[^1].InText + text);
        }
        else
        {
            postings.Add(new Posting(number, name, text));
        }
    }

    private static int FoldedLength(ReadOnlySpan<char> word) => LeanFolding.LengthOf(word);
}
