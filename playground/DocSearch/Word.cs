using HotPathGen;

namespace DocSearch;

/// <summary>A part of a text that is one word.</summary>
internal readonly record struct Word(string Source, int Start, int Length)
{
    [Instrument]
    public string ToTerm() => Folding.Fold(Source.Substring(Start, Length));
}
