using HotPathGen;

namespace DocSearch;

/// <summary>How often a term occurs in a document.</summary>
/// <param name="Document">The document's number in the corpus.</param>
internal readonly record struct Posting(int Document, int InName, int InText)
{
    public int Frequency => InName + InText;

    [Instrument]
    public double WeightedFrequency(double nameWeight) => InName * nameWeight + InText;
}
