// attribute: #ctor=1:in-place Has=2:pair lambda1=2:function lambda2=1:function

using System.Text.RegularExpressions;

namespace Rows.Callers.code_of_other_generators;

public partial class Sample
{
    public readonly string Answer;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [Instrument]
    Sample(string text)
    {
        Func<string, bool> has = x => Digits().IsMatch(x);
        Func<string, Match> found = x => Digits().Match(x);
        Answer = $"{has(text)} {has("a")} {found(text)}";
    }

    [Instrument]
    static bool Has(string text) => Digits().IsMatch(text);

    public static string Run() => $"{new Sample("a12").Answer} {Has("1")} {Has("b")}";
}
