using System.Globalization;
using System.Text;
using HotPathGen;

namespace DocSearch;

/// <summary>Turns the spellings of a word into one term.</summary>
internal static class Folding
{
    // Diacritics are removed first, because some letters (U+0130) have a lower-case form only without theirs.
    private static readonly Func<string, string>[] s_steps = [WithoutDiacritics, LowerCase, WithoutPlural];

    // Not "ches": caches is not the plural of cach.
    private static readonly string[] s_longPlurals = ["sses", "tches", "rches", "nches", "shes", "xes"];

    [Instrument]
    public static string Fold(string word)
    {
        foreach (var step in s_steps)
        {
            word = step(word);
        }

        return word;
    }

    [Instrument]
    private static string WithoutDiacritics(string word)
    {
        if (Ascii.IsValid(word))
        {
            return word;
        }

        char[] letters = word.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .ToArray();

        return new string(letters);
    }

    [Instrument]
    private static string LowerCase(string word) => word.ToLowerInvariant();

    [Instrument]
    private static string WithoutPlural(string word)
    {
        if (word.Length < 4 || !word.EndsWith('s'))
        {
            return word;
        }

        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) && word[^4] is not ('a' or 'e'))
        {
            return $"{word.Substring(0, word.Length - 3)}y";
        }

        if (s_longPlurals.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)))
        {
            return word.Substring(0, word.Length - 2);
        }

        return word[^2] is 's' or 'u' or 'i' ? word : word.Substring(0, word.Length - 1);
    }

    /// <summary>Removes a plural ending in place.</summary>
    /// <returns>The new length.</returns>
    public static int WithoutPlural(Span<char> word)
    {
        if (word.Length < 4 || word[^1] != 's')
        {
            return word.Length;
        }

        if (word.Length > 4 && word is [.., 'i', 'e', 's'] && word[^4] is not ('a' or 'e'))
        {
            word[^3] = 'y';
            return word.Length - 2;
        }

        foreach (string ending in s_longPlurals)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word.Length - 2;
            }
        }

        return word[^2] is 's' or 'u' or 'i' ? word.Length : word.Length - 1;
    }
}
