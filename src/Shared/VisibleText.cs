using System.Globalization;
using System.Text;

namespace HotPathGen.Shared;

/// <summary>
/// Names are text, and often come from data: a request's path, a key, a file. Wherever one is shown to people or handed to other tools, it
/// is one line of letters that can be seen. What steers a terminal, parts lines, turns the direction of writing, cannot be seen or is no
/// letter at all is written as C# would write it: <c>\n</c>, <c>\u202E</c>. Everything else stays, backslashes too.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text so; the same object where nothing had to be written otherwise, as nearly always.</summary>
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

    /// <summary>The same of a name, which is never nothing: where there is no letter to see, quotes show where it is.</summary>
    public static string Name(string name) => string.IsNullOrWhiteSpace(name) ? $"\"{Of(name)}\"" : Of(name);

    /// <summary>No more of a text than that, and no half of a letter that takes two places.</summary>
    public static string Start(string text, int length) =>
        length >= text.Length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>The same from its end.</summary>
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
