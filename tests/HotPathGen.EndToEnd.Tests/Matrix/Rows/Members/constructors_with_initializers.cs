// attribute: #ctor=1:in-place #ctor=5!1:pair Log=11:pair initializers=2:in-place
using System.Text;

namespace Rows.Members.constructors_with_initializers;

public static class Journal { public static readonly StringBuilder Text = new(); [Instrument] public static int Log(string text) { Text.Append(text).Append("; "); return Text.Length; } }

public class Base
{
    readonly int _field = Journal.Log("base field");
    [Instrument] protected Base(int x) { Journal.Log("base body"); if (x > 1000) return; Virtual(); }
    protected virtual void Virtual() { }
    public int Field => _field;
}

public class Derived : Base
{
    readonly int _own = Journal.Log("derived field");
    [Instrument] public Derived() : this(Journal.Log("argument")) { Journal.Log("derived body"); }
    [Instrument] private Derived(int x) : base(x + 1) { Journal.Log($"middle body {_own > 0}"); }
    [Instrument] public Derived(ref int x, out int y, params string[] rest) : base(x) { y = x++; if (rest.Length == 0) throw new ArgumentException("rest"); }
    protected override void Virtual() => Journal.Log("virtual before " + _own);
}

public struct Value
{
    public int X, Y;
    [Instrument] public Value(int x) { X = x; Y = Math.Abs(-x); }
}

public static class Sample
{
    public static string Run()
    {
        _ = new Derived();
        int x = 5, y;
        string thrown = "";
        try { _ = new Derived(ref x, out y); } catch (ArgumentException exception) { thrown = exception.Message; }
        return $"{Journal.Text} {x} {thrown} {new Value(-3).Y}";
    }
}
