// attribute: #cctor=2:pair F=1:pair Log=4:pair
using System.Text;

namespace Rows.Types.static_constructors_and_initializers;

public static class Journal { public static readonly StringBuilder Text = new(); [Instrument] public static int Log(string text) { Text.Append(text).Append("; "); return Text.Length; } }

public class Eager
{
    static readonly int s_first = Journal.Log("field");
    [Instrument] static Eager() { Journal.Log("constructor after " + s_first); }
    [Instrument] public static string F() => "called";
}

public class Failing { [Instrument] static Failing() => Journal.Log("failing"); public static int Touch = 1; }

public class Generic<T> { public static int Made = Journal.Log(typeof(T).Name); }

public static class Sample
{
    public static string Run()
    {
        string text = Eager.F();
        int touched = Failing.Touch;
        int made = Generic<int>.Made;
        return $"{text} {touched} {made} {Journal.Text}";
    }
}
