// attribute: Parse=2:pair F=1:pair G=1:pair op_Addition=1:pair op_Multiply=1:pair get_One=3:pair H=1:pair

namespace Rows.Generics.static_abstract_members;

public interface INumber<TSelf> where TSelf : INumber<TSelf>
{
    static abstract TSelf One { get; }
    static abstract TSelf Parse(string text);
    static abstract TSelf operator +(TSelf left, TSelf right);
    static virtual TSelf operator *(TSelf left, int times) { TSelf sum = left; for (int i = 1; i < times; i++) sum += left; return sum; }
    static abstract string G(TSelf x);
    [Instrument] static virtual string H() => $"virtual {TSelf.One}";
}

public readonly record struct Number(int Value) : INumber<Number>
{
    public static Number One { [Instrument] get => new(1); }
    [Instrument] public static Number Parse(string text) => new(int.Parse(text));
    [Instrument] public static Number operator +(Number left, Number right) => new(left.Value + right.Value);
    [Instrument] static Number INumber<Number>.operator *(Number left, int times) => new(left.Value * times);
    [Instrument] static string INumber<Number>.G(Number x) => "explicit " + x.Value;
    public override string ToString() => Value.ToString();
}

public static class Sample
{
    [Instrument] static string F<T>(string text) where T : INumber<T> => $"{T.Parse(text) + T.One} {T.Parse(text) * 3} {T.G(T.One)} {T.H()}";

    public static string Run() => F<Number>("4");
}
