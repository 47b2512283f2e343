// attribute: F=1:pair G=1:pair Both=1:pair

namespace Rows.Written.written_pairs_of_a_type;

[Instrument]
public partial class Sample
{
    public virtual partial int F(int x);
    private int FCore(int x) => x;
    partial class Inner<T> { internal partial T G(T x); private T GCore(T x) => x; internal T Both(T x) => G(x); }
    [DoNotInstrument] public static string Run() => new Sample().F(1).ToString() + new Inner<string>().Both("a");
}
