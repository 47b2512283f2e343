namespace DocSearch;

/// <summary>Every member once, in the order of files and of members in a file.</summary>
/// <param name="Repeated">How many members were dropped because an earlier file, or the same one, has their id.</param>
/// <param name="Warnings">One line for each file that was left out.</param>
internal sealed record Corpus(IReadOnlyList<Document> Documents, int Files, long Bytes, int Repeated, IReadOnlyList<string> Warnings);
