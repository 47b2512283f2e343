// attribute: F=1:pair

namespace Rows.Generics.variance_and_nested_in_interface;

public interface IHolder { public sealed class Sum { [Instrument] public int F(int x) => x; } }
public static class Sample { public static string Run() => new IHolder.Sum().F(1).ToString(); }
