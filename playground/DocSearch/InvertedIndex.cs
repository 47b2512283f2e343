using System.Security.Cryptography;
using System.Text;
using HotPathGen;

namespace DocSearch;

/// <summary>Which documents a term occurs in, for all terms of a corpus. Equal corpora give equal indexes.</summary>
internal sealed class InvertedIndex
{
    private readonly Dictionary<string, List<Posting>> _postings;
    private readonly List<int> _lengths;

    private InvertedIndex(Dictionary<string, List<Posting>> postings, List<int> lengths)
    {
        _postings = postings;
        _lengths = lengths;
        Terms = postings.Keys.Order(StringComparer.Ordinal).ToList();
        PostingCount = postings.Values.Sum(list => list.Count);
        TokenCount = lengths.Sum(length => (long)length);
    }

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Terms { get; }

    public int PostingCount { get; }

    public long TokenCount { get; }

    public int DocumentCount => _lengths.Count;

    public double AverageLength => (double)TokenCount / DocumentCount;

    public static InvertedIndex Build(IReadOnlyList<Document> documents, int partitionCount) =>
        Build(documents, partitionCount, static (first, end) => new IndexPartition(first, end));

    /// <summary>Builds the same index with hardly any garbage.</summary>
    public static InvertedIndex BuildLean(IReadOnlyList<Document> documents, int partitionCount) =>
        Build(documents, partitionCount, static (first, end) => new LeanPartition(first, end));

    private static InvertedIndex Build(IReadOnlyList<Document> documents, int partitionCount, Func<int, int, Partition> create)
    {
        var partitions = Enumerable
            .Range(0, partitionCount)
            .Select(i => create((int)((long)documents.Count * i / partitionCount), (int)((long)documents.Count * (i + 1) / partitionCount)))
            .ToList();

        Parallel.ForEach(partitions, partition => partition.Fill(documents));
        return Merge(partitions);
    }

    /// <returns>The term's postings by document; none when no document has the term.</returns>
    public IReadOnlyList<Posting> Find(string term) => _postings.TryGetValue(term, out var postings) ? postings : [];

    public int LengthOf(int document) => _lengths[document];

    public TermStatistics StatisticsOf(string term) => new(DocumentCount, Find(term).Count, AverageLength);

    /// <summary>Equal for equal indexes, so that the results of two runs can be compared by eye.</summary>
    public string Fingerprint()
    {
        using var hash = SHA256.Create();
        using (var writer = new BinaryWriter(new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write), Encoding.UTF8))
        {
            foreach (string term in Terms)
            {
                writer.Write(term);
                foreach (var posting in Find(term))
                {
                    writer.Write(posting.Document);
                    writer.Write(posting.InName);
                    writer.Write(posting.InText);
                }
            }
        }

        return Convert.ToHexStringLower(hash.Hash!).Substring(0, 16);
    }

    // Partitions come in the order of their documents, so that postings stay in order too.
    [Instrument]
    private static InvertedIndex Merge(IReadOnlyList<Partition> partitions)
    {
        var merged = new Dictionary<string, List<Posting>>(StringComparer.Ordinal);

        foreach (var (term, postings) in partitions.SelectMany(partition => partition.Postings))
        {
            if (merged.TryGetValue(term, out var list))
            {
                list.AddRange(postings);
            }
            else
            {
                merged.Add(term, postings.ToList());
            }
        }

        return new InvertedIndex(merged, partitions.SelectMany(partition => partition.Lengths).ToList());
    }
}
