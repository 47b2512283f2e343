// attribute: F=3:pair

namespace Rows.Ordinary.instance;

public sealed class Sample
{
    int _calls;

    [Instrument]
    public int F(int x)
    {
        _calls++;
        return x * _calls;
    }

    public static string Run()
    {
        var sample = new Sample();
        return $"{sample.F(1)} {sample.F(10)} {sample.F(100)}";
    }
}
