// attribute: F=2:pair G=1:pair

namespace Rows.Generics.variant_interfaces_and_delegates;

public interface ISource<out T> { T F(); string G() => $"default {F()}"; }
public interface ISink<in T> { string F(T x); }
public delegate TOut Turn<in TIn, out TOut>(TIn x);

public sealed class Sample : ISource<string>, ISink<object>
{
    [Instrument] public string F() => "out";
    [Instrument] public string F(object x) => $"in {x}";
    [Instrument] string ISource<string>.G() => "own";

    public static string Run()
    {
        var sample = new Sample();
        ISource<object> source = sample;
        ISink<string> sink = sample;
        Turn<string, object> turn = sink.F;
        return $"{source.F()} {source.G()} {turn("x")}";
    }
}
