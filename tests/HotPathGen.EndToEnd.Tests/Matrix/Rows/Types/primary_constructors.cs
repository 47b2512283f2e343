// attribute: F=2:pair G=1:pair get_P=1:pair L=1:in-place
using System.Text;

namespace Rows.Types.primary_constructors;

public class Base(StringBuilder log, string name) { protected string Name { get; } = Logged(log, "base " + name); protected static string Logged(StringBuilder log, string text) { log.Append(text).Append("; "); return text; } }

public sealed class Derived(List<string> log, int count = 2) : Base(new(), $"of {count}")
{
    readonly string _first = "field";
    [Instrument] public string F() => $"{_first} {Name} {count++}";
    [Instrument] public int P => Math.Max(count, 1);
    public string Local() { return L(); [Instrument] string L() => $"{log.Count}"; }
}

public readonly struct Value(int x) { [Instrument] public string G() => x.ToString(); }

public static class Sample
{
    public static string Run()
    {
        var derived = new Derived([]);
        return $"{derived.F()} {derived.F()} {derived.P} {derived.Local()} {new Value(5).G()}";
    }
}
