// attribute: F=3:pair G=2:pair

namespace Rows.Ordinary.virtual_override_sealed_new_abstract;

public abstract class Base { [Instrument] public virtual string F(int x = 1) => "b" + x; [Instrument] public string G() => "g"; public abstract string H(); }
public class Middle : Base { [Instrument] public override string F(int x = 2) => "m" + base.F(x); public override string H() => "h"; }
public class Sample : Middle
{
    [Instrument] public sealed override string F(int x) => "s" + base.F(x);
    [Instrument] public new string G() => "n" + base.G();
    public static string Run() { Base b = new Sample(); return b.F() + ((Sample)b).G() + b.H(); }
}
