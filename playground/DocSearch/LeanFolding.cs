using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HotPathGen;

namespace DocSearch;

/// <summary>Does the same as <see cref="Folding"/>, in a buffer that the caller provides.</summary>
internal static class LeanFolding
{
    // The maximum expansion factor of form D in UTF-16, from the Unicode FAQ on normalization.
    private const int MostLettersOfOne = 4;

    // Normalizing allocates, so each letter beyond ASCII is normalized once.
    private static readonly ConcurrentDictionary<Rune, string> s_folded = new();

    /// <summary>The length of the buffer that folding a word can need.</summary>
    public static int LengthOf(ReadOnlySpan<char> word) => Ascii.IsValid(word) ? word.Length : word.Length * MostLettersOfOne;

    /// <returns>The term's length.</returns>
    [Instrument]
    public static int Fold(ReadOnlySpan<char> word, Span<char> term)
    {
        int length = Ascii.ToLower(word, term, out int written) == OperationStatus.Done ? written : FoldLetters(word, term);
        return Folding.WithoutPlural(term.Slice(0, length));
    }

    private static int FoldLetters(ReadOnlySpan<char> word, Span<char> term)
    {
        int length = 0;

        foreach (var letter in word.EnumerateRunes())
        {
            string folded = s_folded.GetOrAdd(letter, static letter => Fold(letter.ToString()));
            folded.CopyTo(term[length..]);
            length += folded.Length;
        }

        return length;
    }

    private static string Fold(string letter) =>
        string.Concat(letter.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark))
            .ToLowerInvariant();
}
