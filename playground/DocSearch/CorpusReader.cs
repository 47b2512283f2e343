using System.Xml;
using HotPathGen;

namespace DocSearch;

/// <summary>Reads and parses files in parallel, then puts their members into one order.</summary>
internal sealed class CorpusReader(ProgressLine progress)
{
    private int _filesDone;
    private int _documentsDone;
    private long _bytesDone;

    public async Task<Corpus> ReadAsync(IReadOnlyList<string> paths)
    {
        var files = new ParsedFile[paths.Count];

        await Parallel.ForEachAsync(Enumerable.Range(0, paths.Count), async (i, cancellation) =>
        {
            files[i] = await ParseAsync(paths[i], cancellation);
            ShowProgress(files[i], paths.Count);
        });

        var parsed = files.SelectMany(file => file.Documents).ToList();
        var documents = parsed.DistinctBy(document => document.Id, StringComparer.Ordinal).ToList();

        return new Corpus(
            documents,
            files.Length,
            files.Sum(file => file.Bytes),
            parsed.Count - documents.Count,
            files.Select(file => file.Warning).OfType<string>().ToList()
        );
    }

    [Instrument]
    private static async ValueTask<ParsedFile> ParseAsync(string path, CancellationToken cancellation)
    {
        try
        {
            byte[] content = await LoadAsync(path, cancellation);
            var documents = MemberReader.ReadMembers(new MemoryStream(content)).ToList();
            return new ParsedFile(content.Length, documents, Warning: null);
        }
        catch (XmlException e)
        {
            return ParsedFile.LeftOut($"{path}: not well-formed, left out: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ParsedFile.LeftOut($"{path}: cannot be read, left out: {e.Message}");
        }
    }

    [Instrument]
    private static async Task<byte[]> LoadAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, FileOptions.Asynchronous);

        var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    private void ShowProgress(ParsedFile file, int fileCount)
    {
        int files = Interlocked.Increment(ref _filesDone);
        long bytes = Interlocked.Add(ref _bytesDone, file.Bytes);
        int documents = Interlocked.Add(ref _documentsDone, file.Documents.Count);

        progress.Show($"reading: {files} of {fileCount} files, {bytes / 1e6:F1} MB, {documents:N0} documents");
    }

    private sealed record ParsedFile(long Bytes, IReadOnlyList<Document> Documents, string? Warning)
    {
        public static ParsedFile LeftOut(string warning) => new(Bytes: 0, [], warning);
    }
}
