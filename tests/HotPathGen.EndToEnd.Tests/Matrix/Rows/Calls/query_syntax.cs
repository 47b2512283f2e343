// attribute: Where=1:pair Select=1:pair SelectMany=1:pair GroupBy=1:pair OrderBy=1:pair ThenByDescending=1:pair Join=1:pair GroupJoin=1:pair Cast=1:pair
using System.Text;

namespace Rows.Calls.query_syntax;

public sealed class Bag<T>(IEnumerable<T> items, StringBuilder log)
{
    Bag<U> Next<U>(string name, IEnumerable<U> next) { log.Append(name).Append(' '); return new(next, log); }

    [Instrument] public Bag<T> Where(Func<T, bool> f) => Next("where", items.Where(f));
    [Instrument] public Bag<U> Select<U>(Func<T, U> f) => Next("select", items.Select(f));
    [Instrument] public Bag<V> SelectMany<U, V>(Func<T, IEnumerable<U>> f, Func<T, U, V> g) => Next("many", items.SelectMany(f, g));
    [Instrument] public Bag<IGrouping<K, T>> GroupBy<K>(Func<T, K> f) => Next("group", items.GroupBy(f));
    [Instrument] public Bag<T> OrderBy<K>(Func<T, K> f) => Next("order", items.OrderBy(f));
    [Instrument] public Bag<T> ThenByDescending<K>(Func<T, K> f) => Next("then", items.OrderByDescending(f));
    [Instrument] public Bag<V> Join<U, K, V>(IEnumerable<U> other, Func<T, K> f, Func<U, K> g, Func<T, U, V> h) => Next("join", items.Join(other, f, g, h));
    [Instrument] public Bag<V> GroupJoin<U, K, V>(IEnumerable<U> other, Func<T, K> f, Func<U, K> g, Func<T, IEnumerable<U>, V> h) => Next("groupjoin", items.GroupJoin(other, f, g, h));
    [Instrument] public Bag<U> Cast<U>() => Next("cast", items.Cast<U>());
    public override string ToString() => string.Join(',', items);
}

public static class Sample
{
    public static string Run()
    {
        var log = new StringBuilder();
        Bag<T> Of<T>(params T[] items) => new(items, log);
        var a = from int x in Of<object>(1, 2, 3) where x > 1 select x * 10;
        var b = from x in Of(1, 2) from y in new[] { "a", "b" } select x + y;
        var c = from x in Of(3, 1, 2) orderby x, -x descending group x by x % 2;
        IEnumerable<int> others = [1, 2];
        Bag<int> joined = Of(1, 2, 3);
        var d = from x in joined join y in others on x equals y select x + y;
        var e = from x in joined join y in others on x equals y into ys select x + ys.Count();
        return $"{a} {b} {c.ToString().Length} {d} {e} {log}";
    }
}
