using System.Text;

namespace Allocations.Methods;

[Instrument]
internal static class Texts
{
    private const string Prefix = "pre";

    private static readonly byte[] s_utf8 = [.. "bytes of this"u8];
    private static readonly StringBuilder s_builder = new(256);

    public static int Concatenated(int i) => (Sink.Name + "-" + Sink.Name).Length + i;

    public static int ConcatenatedNumber(int i) => ("n" + i).Length;

    public static int ConcatenatedConstants(int i) => (Prefix + "b").Length + i;

    public static int Appended(int i)
    {
        string text = Sink.Name;
        text += "x";
        return text.Length + i;
    }

    public static int Interpolated(int i) => $"number {i}, again {i:x4}".Length;

    public static int InterpolatedConstant(int i) => $"{Prefix}fix".Length + i;

    public static int InterpolatedText(int i) => $"{Sink.Name}".Length + i;

    public static int InterpolatedTexts(int i) => $"{Sink.Name}-{Sink.Name}".Length + i;

    public static int WrittenIntoSpan(int i)
    {
        Span<char> span = stackalloc char[32];
        span.TryWrite(CultureInfo.InvariantCulture, $"number {i}", out int written);
        return written;
    }

    public static int FormattedIntoSpan(int i)
    {
        Span<char> span = stackalloc char[16];
        i.TryFormat(span, out int written);
        return written;
    }

    public static int Format(int i) => string.Format(CultureInfo.InvariantCulture, "{0}-{1}", "y", "x").Length + i;

    public static int NumberText(int i) => (i + 1000).ToString(CultureInfo.InvariantCulture).Length;

    public static int Substring(int i) => Sink.Name.Substring(i & 7, 5).Length;

    public static int RangeOfText(int i) => Sink.Name[2..].Length + i;

    public static int Sliced(int i) => Sink.Name.AsSpan(i & 7, 5).Length;

    public static int Split(int i) => "a,bb,ccc".Split(',').Length + i;

    public static int SplitIntoRanges(int i)
    {
        Span<Range> ranges = stackalloc Range[4];
        return "a,bb,ccc".AsSpan().Split(ranges, ',') + i;
    }

    public static int Built(int i) => new StringBuilder().Append("number ").Append(i).ToString().Length;

    public static int BuiltReused(int i)
    {
        s_builder.Clear();
        s_builder.Append("number ").Append(i);
        return s_builder.Length;
    }

    public static int Joined(int i) => string.Join(",", Sink.Words).Length + i;

    public static int Upper(int i) => Sink.Name.ToUpperInvariant().Length + i;

    public static int Replaced(int i) => Sink.Name.Replace('e', 'x').Length + i;

    public static int Trimmed(int i) => " trimmed ".Trim().Length + i;

    public static int TrimmedSpan(int i) => " trimmed ".AsSpan().Trim().Length + i;

    public static int Compared(int i) => string.Equals(Sink.Name, Sink.Words[i % 3], StringComparison.OrdinalIgnoreCase) ? 1 : 0;

    public static int ComparedByCulture(int i) => string.Compare(Sink.Name, Sink.Words[i % 3], StringComparison.Ordinal);

    public static int Contains(int i) => Sink.Name.Contains("of", StringComparison.Ordinal) ? i : 0;

    public static int IndexOf(int i) => Sink.Name.IndexOf('o') + i;

    public static int StartsWith(int i) => Sink.Name.StartsWith("na", StringComparison.Ordinal) ? i : 0;

    public static int Parsed(int i) => int.Parse("1234", CultureInfo.InvariantCulture) + i;

    public static int ParsedSpan(int i) => int.TryParse("1234".AsSpan(), CultureInfo.InvariantCulture, out int n) ? n + i : 0;

    public static int ParsedGuid(int i) => Guid.TryParse("d85b1407-351d-4694-9392-03acc5870eb1", out var guid) ? guid.GetHashCode() & i : 0;

    public static int GuidText(int i) => default(Guid).ToString().Length + i;

    public static int DateText(int i) => DateTime.UnixEpoch.ToString("O", CultureInfo.InvariantCulture).Length + i;

    public static int DateIntoSpan(int i)
    {
        Span<char> span = stackalloc char[40];
        DateTime.UnixEpoch.TryFormat(span, out int n, "O", CultureInfo.InvariantCulture);
        return n + i;
    }

    public static int Utf8Bytes(int i) => Encoding.UTF8.GetBytes("bytes of this").Length + i;

    public static int Utf8IntoSpan(int i)
    {
        Span<byte> span = stackalloc byte[64];
        return Encoding.UTF8.GetBytes("bytes of this", span) + i;
    }

    public static int Utf8Count(int i) => Encoding.UTF8.GetByteCount(Sink.Name) + i;

    public static int Utf8Decoded(int i) => Encoding.UTF8.GetString(s_utf8, i & 3, 5).Length;

    public static int Hex(int i) => Convert.ToHexString("abc"u8).Length + i;

    public static int Base64(int i) => Convert.ToBase64String("abc"u8).Length + i;

    public static int CharText(int i) => ((char)(i | 0x1000)).ToString().Length;

    public static int Switched(int i) =>
        Sink.Words[i % 3] switch
        {
            "one" => 1,
            "two" => 2,
            _ => 3,
        };

    public static int Padded(int i) => Sink.Words[0].PadLeft(10).Length + i;

    public static int Characters(int i) => Sink.Name.ToCharArray().Length + i;

    public static int Enumerated(int i)
    {
        foreach (char c in Sink.Name)
        {
            i += c;
        }
        return i;
    }

    public static int Hashed(int i) => Sink.Name.GetHashCode() & i;

    public static int LoggedRarely(int i)
    {
        if (i < 0)
        {
            throw new FormatException(string.Concat("bad ", Sink.Name, i.ToString(CultureInfo.InvariantCulture)));
        }
        return i;
    }
}
