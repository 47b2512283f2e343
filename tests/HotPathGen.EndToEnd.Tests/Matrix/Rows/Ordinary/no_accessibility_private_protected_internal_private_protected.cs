// attribute: A=1:pair B=1:pair C=1:pair D=1:pair

namespace Rows.Ordinary.no_accessibility_private_protected_internal_private_protected;

public class Sample
{
    [Instrument] int A() => 1;
    [Instrument] private void B() { }
    [Instrument] protected internal int C() => 3;
    [Instrument] private protected static int D() => 4;
    public static string Run() { var s = new Sample(); s.B(); return $"{s.A()}{s.C()}{D()}"; }
}
