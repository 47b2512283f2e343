using System.Globalization;

namespace DocSearch;

/// <summary>Compares a result with a slow scan of the documents, and checks what must be true of every result.</summary>
internal sealed class ResultCheck(IReadOnlyList<Document> documents, InvertedIndex index, IReadOnlyList<Answer> answers)
{
    private const int SampledTerms = 100;
    private const int SampledDocuments = 4000;

    /// <summary>One line for each thing that differs.</summary>
    public IEnumerable<string> Differences(bool isDotnetDocumentation)
    {
        var sample = index.Terms.Where((_, i) => i % (index.Terms.Count / SampledTerms + 1) == 0);
        var scan = new PlainScan(documents, sample.Concat(answers.SelectMany(answer => answer.Query.Terms)));

        return
        [
            .. DifferencesInTotals(),
            .. DifferencesInPostings(),
            .. DifferencesFromScan(scan),
            .. DifferencesByPartitioning(),
            .. DifferencesFromLean(),
            .. isDotnetDocumentation ? DifferencesInKnownAnswer() : [],
        ];
    }

    private IEnumerable<string> DifferencesInTotals()
    {
        long inPostings = index.Terms.Sum(term => index.Find(term).Sum(posting => (long)posting.Frequency));
        if (inPostings != index.TokenCount)
        {
            yield return $"the postings' frequencies sum up to {inPostings}, the documents' lengths to {index.TokenCount}";
        }

        if (index.DocumentCount != documents.Count)
        {
            yield return $"{index.DocumentCount} documents are in the index, {documents.Count} in the corpus";
        }
    }

    private IEnumerable<string> DifferencesInPostings()
    {
        foreach (string term in index.Terms)
        {
            var postings = index.Find(term);

            if (postings.Zip(postings.Skip(1)).Any(pair => pair.First.Document >= pair.Second.Document))
            {
                yield return $"the postings of '{term}' are not in the order of documents";
            }

            if (postings.Any(posting => posting is { InName: < 0 } or { InText: < 0 } or { Frequency: 0 }))
            {
                yield return $"'{term}' has a posting without an occurrence";
            }
        }
    }

    private IEnumerable<string> DifferencesFromScan(PlainScan scan)
    {
        for (int i = 0; i < documents.Count; i++)
        {
            if (index.LengthOf(i) != scan.Lengths[i])
            {
                yield return $"{documents[i].Id} has {index.LengthOf(i)} tokens in the index, {scan.Lengths[i]} by scan";
            }
        }

        if (index.PostingCount != scan.PostingCount)
        {
            yield return $"{index.PostingCount} postings are in the index, {scan.PostingCount} are there by scan";
        }

        foreach (string? term in index.Terms.Except(scan.Terms))
        {
            yield return $"'{term}' is in the index and in no document by scan";
        }

        foreach (string? term in scan.Terms.Except(index.Terms))
        {
            yield return $"'{term}' is in a document by scan and not in the index";
        }

        foreach (string term in scan.WatchedTerms)
        {
            if (!index.Find(term).SequenceEqual(scan.Find(term)))
            {
                yield return $"'{term}' has {index.Find(term).Count} postings in the index, other {scan.Find(term).Count} by scan";
            }
        }

        foreach (var (query, hits) in answers)
        {
            var expected = scan.Ask(query);
            if (!hits.SequenceEqual(expected))
            {
                yield return $"'{query.Text}' finds {Describe(hits)} by index, {Describe(expected)} by scan";
            }
        }
    }

    private IEnumerable<string> DifferencesByPartitioning()
    {
        var sample = documents.Where((_, i) => i % (documents.Count / SampledDocuments + 1) == 0).ToList();
        string inOne = InvertedIndex.Build(sample, partitionCount: 1).Fingerprint();
        string inMany = InvertedIndex.Build(sample, partitionCount: 7).Fingerprint();

        if (inOne != inMany)
        {
            yield return $"{sample.Count} documents give index {inOne} from one partition, {inMany} from seven";
        }
    }

    private IEnumerable<string> DifferencesFromLean()
    {
        string before = index.Fingerprint();
        string after = InvertedIndex.BuildLean(documents, Program.PartitionCount).Fingerprint();

        if (before != after)
        {
            yield return $"the index is {before}, built without garbage {after}";
        }
    }

    private IEnumerable<string> DifferencesInKnownAnswer()
    {
        var answer = answers.Single(a => a.Query == Query.StringBuilderAppend);

        // An SDK may have some targeting packs and not the one with StringBuilder.
        if (documents.Any(IsAppend) && !answer.Hits.Any(hit => IsAppend(documents[hit.Document])))
        {
            yield return $"'{answer.Query.Text}' finds {Describe(answer.Hits)}, none of which is StringBuilder.Append";
        }
    }

    private static bool IsAppend(Document document) => document.Id.StartsWith("M:System.Text.StringBuilder.Append", StringComparison.Ordinal);

    private string Describe(IEnumerable<Hit> hits) =>
        string.Join(", ", hits.Select(hit => string.Create(CultureInfo.InvariantCulture, $"{documents[hit.Document].Id} ({hit.Score:R})")));
}
