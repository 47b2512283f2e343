// attribute: #ctor=2:in-place #cctor=1:in-place

namespace Rows.InPlace.constructors;

public class Base { public Base(int x) { } }
public class Sample : Base
{
    static readonly string s_log;
    readonly int _x;
    [Instrument] static Sample() { s_log = "s"; }
    [Instrument] public Sample(int x) : base(x) { _x = x; if (x > 1) return; _x = 9; }
    [Instrument] public Sample() : this(3) => _x++;
    public static string Run() => s_log + new Sample()._x;
}
