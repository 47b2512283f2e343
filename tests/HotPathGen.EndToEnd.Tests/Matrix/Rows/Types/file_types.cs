// attribute: F=1:in-place G=1:in-place Later=1:async Items=1:iterator H=1:in-place #ctor=1:in-place

namespace Rows.Types.file_types;

file interface ISay { string G(); }

file sealed class Hidden<T> : ISay where T : new()
{
    readonly T _value;
    [Instrument] public Hidden() { _value = new(); }
    [Instrument] public string F(int x) { if (x > 0) return $"{_value}{x}"; return "none"; }
    [Instrument] public string G() => "g";
    [Instrument] public async Task<int> Later() { await Task.Yield(); return 5; }
    [Instrument] public IEnumerable<T> Items(int count) { for (int i = 0; i < count; i++) yield return _value; }
}

file readonly record struct Value(int X) { [Instrument] public ref readonly int H(in int x) => ref x; }

public static class Sample
{
    public static string Run()
    {
        var hidden = new Hidden<int>();
        int x = 6;
        return $"{hidden.F(2)} {((ISay)hidden).G()} {hidden.Later().Result} {string.Join(',', hidden.Items(2))} {new Value(1).H(in x)}";
    }
}
