using System.Globalization;
using System.Text;
using HotPathGen;

namespace Accuracy.Methods;

[Instrument]
internal struct Concatenation : IMethod
{
    private static readonly string s_name = "name";

    public static int Call(int i) => (s_name + "-" + s_name).Length + i;
}

[Instrument]
internal struct ConcatenationOfNumber : IMethod
{
    public static int Call(int i) => ("n" + i).Length;
}

[Instrument]
internal struct ConcatenationOfConstants : IMethod
{
    public static int Call(int i) => ("a" + "b").Length + i;
}

[Instrument]
internal struct Interpolation : IMethod
{
    public static int Call(int i) => $"number {i}, again {i:x4}".Length;
}

[Instrument]
internal struct InterpolationIntoSpan : IMethod
{
    public static int Call(int i)
    {
        Span<char> span = stackalloc char[32];
        span.TryWrite(CultureInfo.InvariantCulture, $"number {i}", out int written);
        return written;
    }
}

[Instrument]
internal struct Format : IMethod
{
    public static int Call(int i) => string.Format(CultureInfo.InvariantCulture, "{0}-{1}", i, "x").Length;
}

[Instrument]
internal struct NumberText : IMethod
{
    public static int Call(int i) => (i + 1000).ToString(CultureInfo.InvariantCulture).Length;
}

[Instrument]
internal struct NumberTextSmall : IMethod
{
    public static int Call(int i) => (i & 127).ToString(CultureInfo.InvariantCulture).Length;
}

[Instrument]
internal struct NumberIntoSpan : IMethod
{
    public static int Call(int i)
    {
        Span<char> span = stackalloc char[16];
        i.TryFormat(span, out int written);
        return written;
    }
}

[Instrument]
internal struct Substring : IMethod
{
    public static int Call(int i) => "substring of this".Substring(i & 7, 5).Length;
}

[Instrument]
internal struct SliceOfSpan : IMethod
{
    public static int Call(int i) => "slice of this".AsSpan(i & 7, 5).Length;
}

[Instrument]
internal struct Splitting : IMethod
{
    public static int Call(int i) => "a,bb,ccc".Split(',').Length + i;
}

[Instrument]
internal struct Builder : IMethod
{
    public static int Call(int i) => new StringBuilder().Append("number ").Append(i).ToString().Length;
}

[Instrument]
internal struct CreatedString : IMethod
{
    public static int Call(int i) => string.Create(8, i, static (span, value) => span.Fill((char)('a' + value % 26))).Length;
}

[Instrument]
internal struct Utf8Bytes : IMethod
{
    public static int Call(int i) => Encoding.UTF8.GetBytes("bytes of this").Length + i;
}

[Instrument]
internal struct Utf8Literal : IMethod
{
    public static int Call(int i) => "literal"u8[i % 7];
}

[Instrument]
internal struct Switching : IMethod
{
    private static readonly string[] s_words = ["one", "two", "three"];

    public static int Call(int i) =>
        s_words[i % 3] switch
        {
            "one" => 1,
            "two" => 2,
            _ => 3,
        };
}
