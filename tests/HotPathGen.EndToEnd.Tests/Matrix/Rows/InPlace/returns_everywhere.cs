// attribute: F=5:pair lambda1=1:function

namespace Rows.InPlace.returns_everywhere;

public interface IF { string F(int x); }
public class Sample : IF
{
    [Instrument]
    string IF.F(int x)
    {
        if (x == 0) return "zero";
        else if (x == 1) { return x switch { 1 => "one", _ => throw new Exception() }; }
        foreach (int y in new[] { x }) if (y == 2) return "two"; else break;
        switch (x) { case 3: return "three"; case 4: { return string.Concat(new[] { 1 }.Select(z => { return z.ToString(); })); } }
        try { return "five"; } finally { x++; }
    }
    public static string Run() { IF f = new Sample(); return string.Join(",", Enumerable.Range(0, 5).Select(f.F)); }
}
