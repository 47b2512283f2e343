// attribute: A=3:pair B=1:pair C=2:pair D=1!1:pair E=2:pair F=2:pair G=1:pair H=2:pair I=1!1:pair

namespace Rows.InPlace.ends_of_every_kind;

public interface IEnds { int A(int x); void B(); int C(bool x); void D(); int E(int x); string F(object x); int G(); void H(bool x); int I(); }

public sealed class Sample : IEnds
{
    int _n;

    [Instrument] int IEnds.A(int x) { while (true) { if (x++ > 2) return x; } }
    [Instrument] void IEnds.B() { for (; ; ) { if (_n++ > 2) break; } }
    [Instrument] int IEnds.C(bool x) { if (x) { return 1; } else { return 2; } }
    [Instrument] void IEnds.D() { do { throw new NotSupportedException("d"); } while (true); }
    [Instrument] int IEnds.E(int x) { again: if (x > 2) return x; x++; goto again; }
    [Instrument] string IEnds.F(object x) { switch (x) { case int i: return "int " + i; case string s when s.Length > 0: return s; default: throw new ArgumentException("f"); } }
    [Instrument] int IEnds.G() { lock (this) { using (var stream = new MemoryStream()) { try { return (int)stream.Length + 1; } catch (IOException) { return -1; } finally { _n++; } } } }
    [Instrument] void IEnds.H(bool x) { if (x) return; _n++; }
    [Instrument] int IEnds.I() => throw new TimeoutException("i");

    public static string Run()
    {
        var sample = new Sample();
        IEnds ends = sample;
        ends.B();
        string log = $"{ends.A(0)}{ends.A(5)}{ends.A(2)} {ends.C(true)}{ends.C(false)} {ends.E(0)}{ends.E(9)} {ends.F(1)}{ends.F("s")} {ends.G()} ";
        ends.H(true);
        ends.H(false);
        try { ends.D(); } catch (NotSupportedException exception) { log += exception.Message; }
        try { ends.I(); } catch (TimeoutException exception) { log += exception.Message; }
        return log + sample._n;
    }
}
