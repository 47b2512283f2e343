// attribute: TakesAll=2:pair PassesName=1:in-place

namespace Rows.Ordinary.caller_information;

// Methods that take their caller's name are found by name alone, over the whole project. So no other row uses these names.
public static class Sample
{
    static string TakesPlace([CallerLineNumber] int line = 0, [CallerFilePath] string file = "") => $"{file}:{line}";
    static string TakesName([CallerMemberName] string name = "") => name;
    [Instrument] static string TakesAll([CallerMemberName] string name = "", [CallerLineNumber] int line = 0, [CallerArgumentExpression(nameof(line))] string text = "") => name + line + text + TakesPlace();
    [Instrument] static string PassesName() => TakesName();
    public static string Run() => TakesAll() + TakesAll(line: 1 + 2) + PassesName();
}
