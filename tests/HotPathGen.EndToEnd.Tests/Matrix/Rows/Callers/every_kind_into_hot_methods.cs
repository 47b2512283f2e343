// attribute: CallerTakesMember=7:pair CallerTakesPlace=2:pair CallerTakesText=3:pair CallerTakesReceiver=1:pair

namespace Rows.Callers.every_kind_into_hot_methods;

public static class Sample
{
    // Methods that take their caller's name are found by name alone, over the whole project. So no other row uses these names.
    [Instrument] public static string CallerTakesMember([CallerMemberName] string name = "none") => name + " ";
    [Instrument] public static string CallerTakesPlace([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => $"{file}:{line} ";
    [Instrument] public static string CallerTakesText(int a, bool b = true, [CallerArgumentExpression(nameof(a))] string left = "", [CallerArgumentExpression(nameof(b))] string? right = null) => $"<{left}|{right}> ";
    [Instrument] public static string CallerTakesReceiver<T>(this T x, [CallerArgumentExpression("x")] string text = "") => $"{{{text}}} ";

    sealed class Members
    {
        static readonly string s_field = CallerTakesMember();
        readonly string _log = CallerTakesMember();
        Members(string log) { _log += log + CallerTakesMember(); }
        public Members() : this(CallerTakesMember()) { }
        public string P => CallerTakesMember();
        public static implicit operator string(Members members) => s_field + members._log + members.P + Local() + CallerTakesMember("given");
        static string Local() { Func<string> lambda = () => Inner(); return lambda(); static string Inner() => CallerTakesMember(); }
    }

    public static string Run()
    {
        string members = new Members();
        return members + CallerTakesPlace() + CallerTakesPlace(
            line: 7) + CallerTakesText(1 + 2, b: 3 > 2) + CallerTakesText(members.Length) + CallerTakesText(a: (int)
                4L) + (members.Length > 0).CallerTakesReceiver();
    }
}
