using HotPathGen;

namespace DocSearch;

/// <summary>
/// Splits text at each character that is neither letter nor digit. Identifiers are also split where the case changes:
/// <c>XmlReader.ReadInt32</c> is Xml, Reader, Read, Int, 32 and <c>IOException</c> is IO, Exception.
/// </summary>
internal static class Tokenizer
{
    private enum Kind
    {
        Other,
        Lower,
        Upper,
        Digit,
    }

    public static IEnumerable<string> Terms(string text) => Split(text).Select(word => word.ToTerm());

    [Instrument]
    public static IEnumerable<Word> Split(string text)
    {
        int start = 0;

        for (int i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && !IsBoundary(text, i))
            {
                continue;
            }

            if (KindOf(text[start]) != Kind.Other)
            {
                yield return new Word(text, start, i - start);
            }

            start = i;
        }
    }

    /// <summary>The same words as spans.</summary>
    public static WordSpans Words(ReadOnlySpan<char> text) => new(text);

    /// <summary>The end of the part that begins at <paramref name="start"/>.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        int end = start + 1;

        while (end < text.Length && !IsBoundary(text, end))
        {
            end++;
        }

        return end;
    }

    public static bool IsWord(char first) => KindOf(first) != Kind.Other;

    private static bool IsBoundary(ReadOnlySpan<char> text, int i)
    {
        var before = KindOf(text[i - 1]);
        var here = KindOf(text[i]);

        return (before, here) switch
        {
            (Kind.Upper, Kind.Lower) => false,
            (Kind.Upper, Kind.Upper) => i + 1 < text.Length && KindOf(text[i + 1]) == Kind.Lower,
            _ => before != here,
        };
    }

    private static Kind KindOf(char c) =>
        char.IsUpper(c) ? Kind.Upper
        : char.IsLetter(c) ? Kind.Lower
        : char.IsDigit(c) ? Kind.Digit
        : Kind.Other;
}
