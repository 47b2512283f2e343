using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using HotPathGen;

namespace DocSearch;

/// <summary>What <see cref="Folding"/> does, in a buffer of the caller's.</summary>
internal static class LeanFolding
{
    // Unicode FAQ, Normalization, "maximum expansion factor": form D of UTF-16.
    private const int MostLettersOfOne = 4;

    // Normalizing allocates, so each letter beyond ASCII is normalized once.
    private static readonly ConcurrentDictionary<Rune, string> s_folded = new();

    /// <summary>The room that folding a word takes.</summary>
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
