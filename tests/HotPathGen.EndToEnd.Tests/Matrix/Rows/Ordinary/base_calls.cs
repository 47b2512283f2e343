// attribute: F=2:pair G=1:pair get_P=2:pair ToString=1:pair

namespace Rows.Ordinary.base_calls;

public class Base
{
    protected virtual string F(int x) => $"base {x}";

    protected virtual string G<T>(T x) => $"base {typeof(T).Name} {x}";

    [Instrument] public virtual string P => string.Concat("base", " P");
}

public class Middle : Base
{
    [Instrument] protected override string F(int x) => "middle " + base.F(x + 1);
}

public sealed class Sample : Middle
{
    [Instrument] protected override string F(int x) => "sample " + base.F(x + 1);

    [Instrument] private string G() => base.G(7) + this.G<string>("a");

    [Instrument] public override string P => "sample " + base.P;

    [Instrument] public override string ToString() => base.ToString() + "!";

    public static string Run()
    {
        var sample = new Sample();
        return $"{sample.F(1)}; {sample.G()}; {sample.P}; {sample}";
    }
}
