// attribute: F=1:pair

namespace Rows.Generics.generic_override;

public abstract class Base { public abstract T F<T>(T x) where T : struct; }
public sealed class Sample : Base { [Instrument] public override T F<T>(T x) => x; public static string Run() => new Sample().F(3).ToString(); }
