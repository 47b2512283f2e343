// attribute: F=1:pair G=1:in-place H=1:pair I=1:in-place J=1:pair f=1:function

namespace Rows.Callers.overloads_with_and_without_the_name;

public sealed class Span(string name, int kind)
{
    public Span(int kind, string text = "", [CallerMemberName] string name = "") : this(name + text, kind) { }
    public override string ToString() => name + kind;
}
public static class Sample
{
    static Span Start(string name, int kind) => new(name, kind);
    static Span Start(int kind, string text = "", [CallerMemberName] string name = "") => new(name + text, kind);
    [Instrument] static string F() => Start("f", 1).ToString() + new object();
    [Instrument] static string G() => Start(2, "g").ToString();
    [Instrument] static string H() { Span s = new("h", 3); return s.ToString(); }
    [Instrument] static string I() { Span s = new(4, "i"); return s.ToString(); }
    [Instrument] static string J() { string f() => Start("j", 5).ToString(); return f(); }
    public static string Run() => F().Length + G() + H() + I() + J();
}
