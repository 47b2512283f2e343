using System.Globalization;
using System.Text;

namespace HotPathGen.Shared;

/// <summary>
/// Makes text visible. Names are text and often come from data: a request's path, a key, a file. A name that is shown to people or passed to
/// other tools becomes one line of visible characters. Characters that control a terminal, break lines, change the writing direction, are
/// invisible or are not characters at all are written as in C#: <c>\n</c>, <c>\u202E</c>. All other characters stay, including backslashes.
/// </summary>
internal static class VisibleText
{
    /// <summary>Returns the visible text. It is the same object if nothing had to be replaced, which is nearly always so.</summary>
    public static string Of(string text)
    {
        int odd = 0;
        while (odd < text.Length && text[odd] is >= ' ' and <= '~')
        {
            odd++;
        }

        if (odd == text.Length)
        {
            return text;
        }

        StringBuilder? escaped = null;
        int done = 0;
        for (int i = odd; i < text.Length; )
        {
            bool isLetter = Rune.TryGetRuneAt(text, i, out var rune);
            int length = isLetter ? rune.Utf16SequenceLength : 1;
            if (!isLetter || IsHidden(rune))
            {
                escaped ??= new(text.Length + 32);
                escaped.Append(text, done, i - done).Append(Escape(isLetter ? rune.Value : text[i]));
                done = i + length;
            }
            i += length;
        }
        return escaped is null ? text : escaped.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Does the same for a name, and the result is never empty: a name without a visible character is put in quotes.</summary>
    public static string Name(string name) => string.IsNullOrWhiteSpace(name) ? $"\"{Of(name)}\"" : Of(name);

    /// <summary>Returns at most this many characters from the start of a text, without splitting a surrogate pair.</summary>
    public static string Start(string text, int length) =>
        length >= text.Length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>Returns at most this many characters from the end of a text, without splitting a surrogate pair.</summary>
    public static string End(string text, int length) =>
        length >= text.Length ? text : text[^(length > 0 && char.IsLowSurrogate(text[^length]) ? length - 1 : length)..];

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
        || (rune.Value & 0xFFFE) == 0xFFFE;

    private static string Escape(int letter) =>
        letter switch
        {
            '\0' => @"\0",
            '\a' => @"\a",
            '\b' => @"\b",
            '\t' => @"\t",
            '\n' => @"\n",
            '\v' => @"\v",
            '\f' => @"\f",
            '\r' => @"\r",
            '\e' => @"\e",
            <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $@"\u{letter:X4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $@"\U{letter:X8}"),
        };
}
