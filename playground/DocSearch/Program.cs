using System.Globalization;
using HotPathGen;

namespace DocSearch;

internal static class Program
{
    private const int Done = 0;
    private const int CheckFailed = 1;
    private const int NoInput = 2;

    // The same on every machine, so that every machine does the same work.
    public const int PartitionCount = 16;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

        try
        {
            var commandLine = CommandLine.Parse(args);
            if (commandLine.WantsHelp)
            {
                Console.WriteLine(CommandLine.Help);
                return Done;
            }

            return await RunAsync(commandLine);
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"docsearch: error: {e.Message}");
            return NoInput;
        }
    }

    private static async Task<int> RunAsync(CommandLine commandLine)
    {
        string? folder = commandLine.Folder;
        var files = folder is null ? DocumentationFiles.OfTargetingPacks() : DocumentationFiles.InFolder(folder);
        var corpus = await ReadAsync(files);

        foreach (string warning in corpus.Warnings)
        {
            Console.Error.WriteLine($"docsearch: warning: {warning}");
        }

        if (corpus.Documents.Count == 0)
        {
            throw new InputException($"no documented members in {folder ?? "the targeting packs"} (XML files: {corpus.Files:N0})");
        }

        if (commandLine.Compares)
        {
            Comparison.Print(corpus.Documents);
            return Done;
        }

        InvertedIndex index;
        List<Answer> answers;
        List<string> differences;

        using (var progress = new ProgressLine())
        {
            progress.Begin($"indexing {corpus.Documents.Count:N0} documents");
            index = InvertedIndex.Build(corpus.Documents, PartitionCount);
            answers = AnswerQueries(index);

            progress.Begin("checking the result");
            var check = new ResultCheck(corpus.Documents, index, answers);
            differences = check.Differences(isDotnetDocumentation: folder is null).ToList();
        }

        Print(corpus, index, answers);

        foreach (string difference in differences)
        {
            Console.Error.WriteLine($"docsearch: check: {difference}");
        }

        Console.WriteLine(differences.Count == 0 ? "check: ok" : $"check: failed, differences: {differences.Count:N0}");
        return differences.Count == 0 ? Done : CheckFailed;
    }

    private static async Task<Corpus> ReadAsync(IReadOnlyList<string> files)
    {
        using var progress = new ProgressLine();
        return await new CorpusReader(progress).ReadAsync(files);
    }

    private static List<Answer> AnswerQueries(InvertedIndex index)
    {
        using (HotPath.Measure("answer queries"))
        {
            var searcher = new Searcher(index);
            return Query.Fixed.Select(searcher.Ask).ToList();
        }
    }

    private static void Print(Corpus corpus, InvertedIndex index, IEnumerable<Answer> answers)
    {
        var kinds = Tally
            .Of(corpus.Documents.Select(document => document.Kind))
            .OrderBy(kind => kind.Key)
            .Select(kind => $"{kind.Key} {kind.Value:N0}");

        Console.WriteLine($"files        {corpus.Files, 11:N0}   {corpus.Bytes / 1e6:F1} MB, {corpus.Warnings.Count:N0} left out");
        Console.WriteLine($"documents    {index.DocumentCount, 11:N0}   {string.Join(", ", kinds)}; {corpus.Repeated:N0} repeated ones dropped");
        Console.WriteLine($"tokens       {index.TokenCount, 11:N0}");
        Console.WriteLine($"terms        {index.Terms.Count, 11:N0}");
        Console.WriteLine($"postings     {index.PostingCount, 11:N0}");
        Console.WriteLine($"fingerprint  {index.Fingerprint()}");

        foreach (var (query, hits) in answers)
        {
            Console.WriteLine();
            Console.WriteLine($"{query.Text} ({query.Ranker.Name})");

            foreach (var hit in hits)
            {
                Console.WriteLine($"  {hit.Score, 6:F3}  {corpus.Documents[hit.Document].Id}");
            }

            if (hits.Count == 0)
            {
                Console.WriteLine("  nothing");
            }
        }

        Console.WriteLine();
    }
}
