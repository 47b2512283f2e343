namespace DocSearch;

/// <summary>What a ranker needs to know about a term, whatever the document.</summary>
/// <param name="AverageLength">Tokens per document.</param>
internal sealed record TermStatistics(int Documents, int DocumentsWithTerm, double AverageLength)
{
    /// <summary>Large for a term that few documents have; never negative.</summary>
    public double Rarity { get; } = Math.Log(1 + (Documents - DocumentsWithTerm + 0.5) / (DocumentsWithTerm + 0.5));
}
