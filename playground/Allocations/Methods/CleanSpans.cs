using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Allocations.Methods;

/// <summary>Usual calls of code that allocates nothing: memory, spans, texts.</summary>
[Instrument]
internal static class CleanSpans
{
    private static readonly byte[] s_bytes = "12 Some bytes, 34; and more"u8.ToArray();
    private static readonly char[] s_chars = new char[64];
    private static readonly string s_text = "12, Some text; with words";
    private static readonly Memory<byte> s_memory = s_bytes;
    private static readonly ReadOnlySequence<byte> s_sequence = new(s_bytes);
    private static readonly SearchValues<char> s_search = SearchValues.Create(",;");
    private static readonly SearchValues<byte> s_searchBytes = SearchValues.Create(",;"u8);
    private static readonly ArrayBufferWriter<byte> s_writer = new(256);
    private static readonly Encoder s_encoder = Encoding.UTF8.GetEncoder();
    private static readonly CompositeFormat s_format = CompositeFormat.Parse("{0:N2}");
    private static int s_number = 17;

    public static int Slice(int i) => s_bytes.AsSpan(1, 4).Slice(1)[i & 1] + s_text.AsSpan()[2..^1].Length;

    public static int Fill(int i)
    {
        Span<char> s = s_chars;
        s.Fill('a');
        s[..4].Clear();
        return s[i & 7];
    }

    public static int CopyTo(int i)
    {
        s_text.AsSpan().CopyTo(s_chars);
        return s_text.AsSpan(0, 3).TryCopyTo(s_chars) ? i : s_chars[0];
    }

    public static int TextCopyTo(int i)
    {
        s_text.CopyTo(s_chars);
        s_text.CopyTo(0, s_chars, 1, 3);
        return s_text.TryCopyTo(s_chars) ? i : 0;
    }

    public static int IndexOf(int i) =>
        s_bytes.AsSpan().IndexOf((byte)(i & 63))
        + s_text.AsSpan().IndexOf("with")
        + s_text.AsSpan().LastIndexOf(' ')
        + s_text.AsSpan().IndexOf("TEXT", StringComparison.OrdinalIgnoreCase);

    public static int IndexOfAny(int i) =>
        s_text.AsSpan().IndexOfAny(',', ';')
        + s_text.AsSpan().IndexOfAny(s_search)
        + s_text.AsSpan().IndexOfAnyExcept('1', '2')
        + s_text.AsSpan().IndexOfAnyInRange('a', 'z')
        + i;

    public static int SearchFor(int i) =>
        s_search.Contains((char)i) || s_bytes.AsSpan().ContainsAny(s_searchBytes) ? s_bytes.AsSpan().IndexOfAnyExcept(s_searchBytes) : 0;

    public static int SequenceEqual(int i) =>
        s_bytes.AsSpan().SequenceEqual("12"u8) || s_text.AsSpan().StartsWith("12") || s_text.AsSpan().EndsWith("words", StringComparison.Ordinal)
            ? i
            : 0;

    public static int SequenceCompareTo(int i) =>
        s_bytes.AsSpan().SequenceCompareTo("12"u8) + s_text.AsSpan().CompareTo("13", StringComparison.Ordinal) + i;

    public static int Trim(int i) =>
        s_text.AsSpan().Trim().Length + s_text.AsSpan().TrimStart('1').TrimEnd("ds").Length + s_bytes.AsSpan().Trim("1"u8).Length + i;

    public static int Count(int i) => s_text.AsSpan().Count(' ') + s_bytes.AsSpan().Count("1"u8) + i;

    public static int Reverse(int i)
    {
        var s = s_chars.AsSpan(0, 4);
        s.Reverse();
        s.Replace('a', 'b');
        s.Sort();
        return s.BinarySearch('b') + i;
    }

    public static int Split(int i)
    {
        int n = i;
        foreach (var part in s_text.AsSpan().Split(' '))
        {
            n += s_text.AsSpan(part).Length;
        }
        Span<Range> parts = stackalloc Range[4];
        return n + s_text.AsSpan().Split(parts, ',');
    }

    public static int SplitAny(int i)
    {
        int n = i;
        foreach (var part in s_text.AsSpan().SplitAny(",; "))
        {
            n += part.End.GetOffset(20);
        }
        return n;
    }

    public static int EnumerateLines(int i)
    {
        foreach (var line in s_text.AsSpan().EnumerateLines())
        {
            i += line.Length;
        }
        return i;
    }

    public static int EnumerateRunes(int i)
    {
        foreach (var rune in s_text.EnumerateRunes())
        {
            i += rune.Value + rune.Utf8SequenceLength;
        }
        foreach (var rune in s_text.AsSpan().EnumerateRunes())
        {
            i += Rune.IsLetter(rune) ? 1 : 0;
        }
        return i;
    }

    public static int ToUpper(int i) => s_text.AsSpan().ToUpperInvariant(s_chars) + s_text.AsSpan().ToLowerInvariant(s_chars) + i;

    public static int Overlaps(int i) =>
        s_bytes.AsSpan().Overlaps(s_bytes.AsSpan(1), out int offset) ? offset : s_bytes.AsSpan().CommonPrefixLength("12"u8) + i;

    public static int IsWhiteSpace(int i) =>
        s_text.AsSpan().IsWhiteSpace() || s_text.AsSpan().IsEmpty || s_text.AsSpan().Contains("text", StringComparison.Ordinal) ? i : 0;

    public static int MemoryParts(int i) =>
        s_memory.Slice(1, 2).Length
        + s_memory.Span[i & 7]
        + ((ReadOnlyMemory<byte>)s_memory).Span.Length
        + s_text.AsMemory(1).Length
        + (s_memory.IsEmpty ? 1 : 0);

    public static int MemoryOfArray(int i) =>
        s_bytes.AsMemory(1, 3).Length + (MemoryMarshal.TryGetArray<byte>(s_memory, out var segment) ? segment.Count + segment[1] : i);

    public static int Cast(int i) =>
        MemoryMarshal.Cast<byte, int>(s_bytes)[i & 3] + MemoryMarshal.AsBytes(s_text.AsSpan()).Length + MemoryMarshal.Read<int>(s_bytes);

    public static int Reference(int i)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(s_bytes);
        return Unsafe.Add(ref first, i & 3) + MemoryMarshal.GetReference(s_bytes.AsSpan());
    }

    public static int CreateSpan(int i)
    {
        int value = i;
        var s = MemoryMarshal.CreateSpan(ref value, 1);
        return s[0] + MemoryMarshal.CreateReadOnlySpan(in value, 1).Length;
    }

    public static int WriteStruct(int i)
    {
        Span<byte> s = stackalloc byte[16];
        MemoryMarshal.Write(s, in i);
        return MemoryMarshal.TryRead(s, out long value) ? (int)value : MemoryMarshal.AsRef<int>(s);
    }

    public static int UnsafeAs(int i)
    {
        float f = 2;
        return Unsafe.As<float, int>(ref f) + Unsafe.SizeOf<long>() + Unsafe.BitCast<uint, int>((uint)i) + Unsafe.As<string>(s_text).Length;
    }

    public static int UnsafeRead(int i)
    {
        ref byte b = ref s_bytes[0];
        Unsafe.WriteUnaligned(ref s_bytes[0], Unsafe.ReadUnaligned<int>(ref b));
        return Unsafe.IsAddressLessThan(ref b, ref s_bytes[1]) && !Unsafe.AreSame(ref b, ref s_bytes[1]) && !Unsafe.IsNullRef(ref b)
            ? i
            : (int)Unsafe.ByteOffset(ref b, ref s_bytes[1]);
    }

    public static int UnsafeSkip(int i)
    {
        Unsafe.SkipInit(out int value);
        value = i;
        return Unsafe.AsRef(in value) + Unsafe.Unbox<int>(Boxed);
    }

    public static int Little(int i)
    {
        Span<byte> s = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(s, i);
        BinaryPrimitives.WriteUInt16BigEndian(s, 3);
        return BinaryPrimitives.ReadInt32LittleEndian(s)
            + BinaryPrimitives.ReadUInt16BigEndian(s)
            + (int)BinaryPrimitives.ReadInt64LittleEndian(s)
            + BinaryPrimitives.ReverseEndianness(i);
    }

    public static int LittleTry(int i)
    {
        Span<byte> s = stackalloc byte[8];
        return
            BinaryPrimitives.TryWriteInt64BigEndian(s, i)
            && BinaryPrimitives.TryReadUInt32LittleEndian(s, out uint n)
            && BinaryPrimitives.TryWriteDoubleLittleEndian(s, 2)
            ? (int)n + (int)BinaryPrimitives.ReadDoubleLittleEndian(s)
            : 0;
    }

    public static int Format(int i) =>
        i.TryFormat(s_chars, out int n)
        && i.TryFormat(s_chars, out n, "X4", CultureInfo.InvariantCulture)
        && 2.5.TryFormat(s_chars, out n, default, CultureInfo.InvariantCulture)
        && i.TryFormat(s_bytes.AsSpan(20), out n, default, CultureInfo.InvariantCulture)
            ? n
            : 0;

    public static int FormatOthers(int i) =>
        Guid.Empty.TryFormat(s_chars, out int n)
        && DateTime.UnixEpoch.TryFormat(s_chars, out n, "O", CultureInfo.InvariantCulture)
        && TimeSpan.FromSeconds(i).TryFormat(s_chars, out n, default, CultureInfo.InvariantCulture)
        && true.TryFormat(s_chars, out n)
        && Enum.TryFormat(DayOfWeek.Friday, s_chars, out n)
        && 1m.TryFormat(s_chars, out n, default, CultureInfo.InvariantCulture)
            ? n
            : 0;

    public static int Write(int i) =>
        s_chars.AsSpan().TryWrite(CultureInfo.InvariantCulture, $"{i:x}-{s_text}-{2.5}", out int n)
        && Utf8.TryWrite(stackalloc byte[64], CultureInfo.InvariantCulture, $"{i} {s_text}", out n)
            ? n
            : 0;

    public static int WriteComposite(int i) => s_chars.AsSpan().TryWrite(CultureInfo.InvariantCulture, s_format, out int n, i) ? n : 0;

    public static int Utf8Numbers(int i)
    {
        Span<byte> s = stackalloc byte[32];
        return Utf8Formatter.TryFormat(i, s, out int n) && Utf8Parser.TryParse(s[..n], out int value, out int used) ? value + used : 0;
    }

    public static int Parse(int i) =>
        int.Parse("12".AsSpan(), NumberStyles.Integer, CultureInfo.InvariantCulture)
        + (int.TryParse(s_text.AsSpan(0, 2), out int n) ? n : 0)
        + (int.TryParse(s_bytes.AsSpan(0, 2), CultureInfo.InvariantCulture, out n) ? n : i)
        + (double.TryParse("2.5", CultureInfo.InvariantCulture, out double d) ? (int)d : 0);

    public static int ParseOthers(int i) =>
        Guid.TryParse("00000000-0000-0000-0000-000000000000".AsSpan(), out var g)
        && decimal.TryParse("1.5".AsSpan(), CultureInfo.InvariantCulture, out decimal m)
        && bool.TryParse("true".AsSpan(), out bool b)
        && DateTime.TryParseExact("2026-01-02", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t)
        && Enum.TryParse("Friday".AsSpan(), out DayOfWeek w)
        && long.TryParse("9", NumberStyles.HexNumber, null, out long l)
            ? (int)m + t.Day + (int)w + (int)l + i + g.Variant + (b ? 1 : 0)
            : 0;

    public static int Encode(int i) =>
        Encoding.UTF8.GetBytes(s_text, stackalloc byte[64])
        + Encoding.UTF8.GetByteCount(s_text.AsSpan())
        + Encoding.UTF8.GetChars(s_bytes, s_chars)
        + Encoding.ASCII.GetCharCount(s_bytes)
        + Encoding.UTF8.GetMaxByteCount(i & 7)
        + (Encoding.UTF8.TryGetBytes(s_text, stackalloc byte[64], out int n) ? n : 0);

    public static int EncodeByEncoder(int i)
    {
        Span<byte> s = stackalloc byte[64];
        s_encoder.Convert(s_text, s, flush: true, out int used, out int written, out _);
        return used + written + i;
    }

    public static int Transcode(int i) =>
        (int)Utf8.FromUtf16(s_text, stackalloc byte[64], out int read, out int written)
        + (int)Utf8.ToUtf16(s_bytes, s_chars, out read, out written)
        + (Utf8.IsValid(s_bytes) ? read + written + i : 0);

    public static int AsciiText(int i) =>
        Ascii.IsValid(s_text) && !Ascii.Equals(s_text, "a") && Ascii.EqualsIgnoreCase("ab", "AB")
            ? (int)Ascii.ToUpper(s_text, s_chars, out int n) + n + i
            : 0;

    public static int BaseSixtyFour(int i)
    {
        Span<byte> s = stackalloc byte[64];
        Base64.EncodeToUtf8(s_bytes, s, out _, out int n);
        return Convert.TryToBase64Chars(s_bytes.AsSpan(0, 9), s_chars, out int m) && Base64.IsValid(s_chars.AsSpan(0, m))
            ? n + m + Base64.GetMaxEncodedToUtf8Length(i & 7)
            : 0;
    }

    public static int BaseSixtyFourUrl(int i) => Base64Url.EncodeToChars(s_bytes.AsSpan(0, 9), s_chars) + Base64Url.GetEncodedLength(i & 7);

    public static int Hex(int i) =>
        Convert.TryToHexString(s_bytes.AsSpan(0, 4), s_chars, out int n)
        && Convert.FromHexString(s_chars.AsSpan(0, n), stackalloc byte[16], out _, out n) == OperationStatus.Done
            ? n + i
            : 0;

    public static int BitsToBytes(int i) =>
        BitConverter.TryWriteBytes(stackalloc byte[8], i)
            ? BitConverter.ToInt32(s_bytes) + BitConverter.SingleToInt32Bits(2) + (int)BitConverter.DoubleToInt64Bits(i)
            : 0;

    public static int Rented(int i)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(128);
        try
        {
            buffer[0] = (char)i;
            return buffer[0];
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: false);
        }
    }

    public static int Sequence(int i) =>
        (int)s_sequence.Length
        + s_sequence.FirstSpan[0]
        + (s_sequence.IsSingleSegment ? (int)s_sequence.Slice(2).Length : i)
        + (s_sequence.PositionOf((byte)',') is { } at ? (int)s_sequence.GetOffset(at) : 0);

    public static int SequenceCopied(int i)
    {
        Span<byte> s = stackalloc byte[64];
        s_sequence.CopyTo(s);
        int n = i;
        foreach (var part in s_sequence)
        {
            n += part.Length;
        }
        return n;
    }

    public static int Reader(int i)
    {
        var reader = new SequenceReader<byte>(s_sequence);
        return
            reader.TryRead(out byte b)
            && reader.TryReadTo(out ReadOnlySpan<byte> word, (byte)',')
            && reader.TryPeek(out _)
            && reader.IsNext((byte)' ', advancePast: true)
            ? b + word.Length + (int)reader.Consumed + (int)reader.Remaining
            : i;
    }

    public static int Writer(int i)
    {
        s_writer.ResetWrittenCount();
        var s = s_writer.GetSpan(8);
        s[0] = (byte)i;
        s_writer.Advance(4);
        return s_writer.WrittenCount + s_writer.WrittenSpan[0] + s_writer.FreeCapacity;
    }

    public static int Equal(int i) =>
        string.Equals(s_text, "a")
        || s_text == "b"
        || s_text.Equals("C", StringComparison.OrdinalIgnoreCase)
        || s_text.AsSpan().Equals("d", StringComparison.Ordinal)
            ? i
            : 1;

    public static int Compare(int i) =>
        string.Compare(s_text, "b", StringComparison.Ordinal)
        + string.CompareOrdinal(s_text, "c")
        + s_text.CompareTo("d")
        + StringComparer.OrdinalIgnoreCase.Compare(s_text, "e")
        + i;

    public static int Hash(int i) =>
        s_text.GetHashCode()
        + s_text.GetHashCode(StringComparison.OrdinalIgnoreCase)
        + string.GetHashCode(s_text.AsSpan())
        + StringComparer.Ordinal.GetHashCode(s_text)
        + i;

    public static int Search(int i) =>
        s_text.IndexOf('x')
        + s_text.IndexOf("text", StringComparison.Ordinal)
        + s_text.LastIndexOf(';')
        + s_text.IndexOfAny(s_chars)
        + (
            s_text.Contains('a')
            || s_text.Contains("b", StringComparison.OrdinalIgnoreCase)
            || s_text.StartsWith('1')
            || s_text.EndsWith("c", StringComparison.Ordinal)
                ? i
                : 0
        );

    public static int Letters(int i) =>
        char.IsLetter(s_text[i & 7])
        || char.IsDigit(s_text, 1)
        || char.IsWhiteSpace('a')
        || char.IsAsciiDigit('b')
        || char.IsBetween('c', 'a', 'z')
        || char.IsUpper('d')
        || char.IsAsciiHexDigit('a')
            ? char.ToUpperInvariant('a')
                + char.ToLower('B', CultureInfo.InvariantCulture)
                + (int)char.GetNumericValue('1')
                + (int)char.GetUnicodeCategory('a')
            : char.ConvertToUtf32("a", 0);

    public static int IsEmpty(int i) =>
        string.IsNullOrEmpty(s_text) || string.IsNullOrWhiteSpace(s_text) || s_text.Length == 0 || ReferenceEquals(string.Empty, s_text) ? 0
        : string.IsInterned("a") is null ? 1
        : i;

    public static int Runes(int i) =>
        Rune.DecodeFromUtf8(s_bytes, out var rune, out int n) == OperationStatus.Done
        && Rune.TryCreate('a', out var other)
        && rune.TryEncodeToUtf8(stackalloc byte[4], out n)
        && rune != other
            ? n + Rune.ToUpperInvariant(rune).Value + rune.EncodeToUtf16(s_chars)
            : i;

    public static int Builder(int i)
    {
        s_builder.Clear();
        s_builder.Length = 0;
        return s_builder.Length + s_builder.Capacity + (s_builder.Equals("a") ? 1 : i);
    }

    public static int BuilderChunks(int i)
    {
        int n = i;
        foreach (var chunk in s_filled.GetChunks())
        {
            n += chunk.Length;
        }
        s_filled.CopyTo(0, s_chars, 3);
        s_filled[0] = 'b';
        return n + s_filled[0];
    }

    public static int Properties(int i) =>
        CultureInfo.InvariantCulture.NumberFormat.NumberDecimalDigits
        + CultureInfo.CurrentCulture.LCID
        + NumberFormatInfo.InvariantInfo.NumberDecimalDigits
        + i;

    public static int CompareInfoText(int i) =>
        CultureInfo.InvariantCulture.CompareInfo.Compare("a", "b", CompareOptions.Ordinal)
        + CultureInfo.InvariantCulture.CompareInfo.IndexOf(s_text, "b", CompareOptions.OrdinalIgnoreCase)
        + i;

    public static int Number(int i) => s_number + i;

    private static readonly object Boxed = 3;
    private static readonly StringBuilder s_builder = new(64);
    private static readonly StringBuilder s_filled = new("some text");
}
