// attribute: F=2:pair G=1:pair H=1:async get_P=2:pair Sum=1:pair Helper=1:pair I=1:pair add_E=1:pair

namespace Rows.Types.default_interface_members;

public interface IBase
{
    static int s_count;
    [Instrument] string F() => "base F " + Helper();
    [Instrument] string P { get { return "base P" + s_count++; } }
    [Instrument] private string Helper() => "helper";
    [Instrument] protected static int Sum(params ReadOnlySpan<int> all) { int sum = 0; foreach (int x in all) sum += x; return sum; }
    [Instrument] sealed string I() => "sealed " + Sum(1, 2, 3);
    event Action E { [Instrument] add { s_count += 10; } remove { } }
}

public interface IDerived : IBase
{
    [Instrument] string IBase.F() => "derived F";
    [Instrument] string G() => F() + "; " + I();
}

public interface IOther : IBase
{
    [Instrument] async Task<string> H() { await Task.Yield(); return P; }
}

public sealed class First : IDerived;
public sealed class Second : IOther { public string P => "own P"; }

public static class Sample
{
    public static string Run()
    {
        IDerived first = new First();
        IOther second = new Second();
        first.E += () => { };
        return $"{first.G()}; {first.P}; {first.P}; {((IBase)second).F()}; {second.H().Result}";
    }
}
