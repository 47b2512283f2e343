// attribute: F=2:pair G=1:pair H=2:pair J=1:pair K=1:pair

namespace Rows.Generics.inherited_constraints;

public abstract class Base
{
    public abstract T? F<T>(T? x);
    public abstract T? G<T>(T? x) where T : class;
    public virtual string J<T>(scoped T x) where T : allows ref struct => "base";
}

public interface IMaker { T? H<T>(T? x) where T : struct; T? H<T>(T? x, int y = 1) where T : class, new(); }

public sealed class Sample : Base, IMaker
{
    [Instrument] public override T? F<T>(T? x) where T : default => x;
    [Instrument] public override T? G<T>(T? x) where T : class { return x ?? null; }
    [Instrument] public override string J<T>(scoped T x) => "sample " + base.J(x);
    [Instrument] T? IMaker.H<T>(T? x) => x;
    [Instrument] T? IMaker.H<T>(T? x, int y) where T : class => x ?? new T();
    [Instrument] public string K<T>(T x) where T : IMaker, new() => new T().GetType().Name;

    public static string Run()
    {
        var sample = new Sample();
        IMaker maker = sample;
        return $"{sample.F("a")} {sample.F<int?>(null)} {sample.G<string>(null)} {sample.J((ReadOnlySpan<char>)"a")} {maker.H<int>(3)} {maker.H<Version>(null, 2)} {sample.K(sample)}";
    }
}
