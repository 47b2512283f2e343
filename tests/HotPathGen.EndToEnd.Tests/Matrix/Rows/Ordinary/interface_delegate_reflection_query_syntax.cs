// attribute: F=3:pair Where=1:pair Select=1:pair

namespace Rows.Ordinary.interface_delegate_reflection_query_syntax;

public interface IF { int F(int x); }
public sealed class Bag { [Instrument] public Bag Where(Func<int, bool> f) => this; [Instrument] public IEnumerable<int> Select(Func<int, int> f) => new[] { f(4) }; }
public sealed class Sample : IF
{
    [Instrument] public int F(int x) => x * 2;
    public static string Run()
    {
        IF i = new Sample();
        Func<int, int> d = i.F;
        object? r = typeof(Sample).GetMethod("F")!.Invoke(i, [5]);
        var q = from x in new Bag() where x > 0 select x + 1;
        return $"{i.F(1)} {d(2)} {r} {q.Single()}";
    }
}
