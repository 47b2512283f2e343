// attribute: F=2:pair

namespace Rows.Generics.generic_containers;

public class Outer<T> where T : notnull
{
    public partial record struct Inner<U>(T A, U B) where U : allows_nothing { [Instrument] public readonly string F<V>(T t, U u, V v) => $"{t}{u}{v}{typeof(V).Name}{A}"; }
}
public class allows_nothing { public override string ToString() => "!"; }
public static class Sample { public static string Run() => new Outer<int>.Inner<allows_nothing>(1, new()).F(2, new(), 'c') + new Outer<string>.Inner<allows_nothing>("a", new()).F("b", new(), 1L); }
