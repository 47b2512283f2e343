// attribute: Half=2:in-place get_Square=1:in-place get_Default=1:in-place op_Addition=1:in-place Grow=1:in-place Later=1:async Chars=1:iterator First=1:in-place get_Last=1:in-place set_Last=1:in-place

namespace Rows.Types.extension_blocks;

public sealed class Bag { public readonly List<int> Items = []; }

public static class Extensions
{
    extension(int x)
    {
        [Instrument] public int Half() => x / 2;
        [Instrument] public int Square { get { return x * x; } }
    }

    extension(ref int x) { [Instrument] public void Grow(int by) { x += by; } }

    extension(Bag bag)
    {
        public int Last { [Instrument] get => bag.Items[^1]; [Instrument] set { bag.Items.Add(value); } }
        [Instrument] public async Task<int> Later(int y) { await Task.Yield(); return bag.Items.Count + y; }
        [Instrument] public static Bag operator +(Bag left, int right) { left.Items.Add(right); return left; }
    }

    extension(string) { [Instrument] public static string Default => string.Concat("de", "fault"); }

    extension(string text) { [Instrument] public IEnumerable<char> Chars() { foreach (char c in text) yield return c; } }

    extension<T>(IEnumerable<T> source) where T : class { [Instrument] public T? First<U>(U fallback) where U : T => source.FirstOrDefault() ?? fallback; }
}

public static class Sample
{
    public static string Run()
    {
        int x = 4;
        x.Grow(2);
        var bag = new Bag();
        bag.Last = 5;
        bag += 6;
        return $"{x.Half()} {Extensions.Half(9)} {x.Square} {string.Default} {bag.Last} {bag.Later(1).Result} {string.Join('-', "abc".Chars())} {new List<string>().First("none")}";
    }
}
