using System;
using System.Text;

internal static class Strings
{
    public static string Verbatim() { return @"one
two ""quoted"" { brace
#line 400 ""not a directive""
"; }

    public static string Raw() => """
        raw "{" text
        #if NOT_A_DIRECTIVE
        """;

    public static string Interpolated(int n) => $"""
        n = {n +
            1} and {(n > 0 ? "positive" : """
                nested
                """)}
        """;

    public static string Holes(int n) { return $@"{n:
D3}{
        Inner(n)
    }"; string Inner(int m) { return $"{{{m}}}"; } }

    public static string Default(string text = @"a
b") { return text; }

    public static StringBuilder Chained(StringBuilder builder) => builder
        .Append(1)
        .Append('\'')
        .Append("\"") ;

    public static ReadOnlySpan<byte> Utf8 => """
        bytes
        """u8;

    public static char Quote() => '"';
}

internal static class Sample
{
    public static string Run() { return $"{Strings.Verbatim()}|{Strings.Raw()}|{Strings.Interpolated(1)}|{Strings.Holes(5).Length}|{Strings.Default()}|{Strings.Chained(new())}|{Strings.Utf8.Length}|{Strings.Quote()}".Replace("\r", ""); }
}
