// attribute: Describe=5:pair Rest=2:pair

namespace Rows.Ordinary.patterns_and_switches;

public static class Sample
{
    [Instrument]
    static string Describe(object? value) => value switch
    {
        null => "nothing",
        int and > 5 and var big => $"big {big}",
        string { Length: > 2 } text => text[..2],
        (int a, int b) => $"{a}/{b}",
        _ when value is IFormattable formattable => formattable.ToString("000", null),
        _ => "?",
    };

    [Instrument]
    static int Rest(int[] all)
    {
        switch (all)
        {
            case [var first, .. var rest, _]:
                return first + rest.Length;
            case []:
                goto default;
            default:
                return -1;
        }
    }

    public static string Run() => $"{Describe(null)} {Describe(9)} {Describe("abcd")} {Describe((1, 2))} {Describe(7L)} {Rest([4, 5, 6])} {Rest([])}";
}
