// attribute: Half=1:in-place Make=1:in-place

namespace Rows.Types.extension_block;

public static class Extensions
{
    extension(int x) { [Instrument] public int Half() => x / 2; }
    extension<T>(List<T>) { [Instrument] public static List<T> Make() => []; }
}
public static class Sample { public static string Run() => 4.Half().ToString() + List<int>.Make().Count; }
