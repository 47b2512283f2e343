using System.Globalization;
using System.Text;
using HotPathGen;

namespace DocSearch;

/// <summary>What <see cref="Folding"/> does, in a buffer of the caller's.</summary>
internal static class LeanFolding
{
    /// <summary>The room that folding a word takes.</summary>
    public static int LengthOf(ReadOnlySpan<char> word) =>
        Ascii.IsValid(word) ? word.Length : word.GetNormalizedLength(NormalizationForm.FormD);

    /// <returns>The term's length.</returns>
    [Instrument]
    public static int Fold(ReadOnlySpan<char> word, Span<char> term)
    {
        int length = Ascii.ToLower(word, term, out int written) == System.Buffers.OperationStatus.Done ? written : FoldLetters(word, term);
        return Folding.WithoutPlural(term.Slice(0, length));
    }

    private static int FoldLetters(ReadOnlySpan<char> word, Span<char> term)
    {
        if (!word.TryNormalize(term, out int written, NormalizationForm.FormD))
        {
            throw new InvalidOperationException($"'{word}' takes more room than it said");
        }

        int length = 0;

        foreach (var letter in term.Slice(0, written))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                term[length++] = char.ToLowerInvariant(letter);
            }
        }

        return length;
    }
}
