// attribute: F=4:pair G=1:pair #ctor=2:in-place get_Item=1:pair

namespace Rows.Generics.constrained_types;

public class Pool<T> where T : class, new()
{
    readonly Stack<T> _free = new();

    [Instrument] public Pool(int size) { for (int i = 0; i < size; i++) _free.Push(new()); }

    [Instrument] public T F() => _free.TryPop(out T? item) ? item : new T();

    public sealed class Scope<U>(Pool<T> pool) where U : struct, IComparable<U>
    {
        [Instrument] public string F(U x, T y) => $"{x.CompareTo(default)}{y}{pool._free.Count}";

        [Instrument] public string this[U x] => $"[{x}]";

        internal static class Deep<V> where V : allows ref struct { [Instrument] internal static string G(scoped V x, U y) => $"{typeof(V).Name}{y}"; }
    }

    public static string Deepest() => Scope<int>.Deep<ReadOnlySpan<byte>>.G([1], 5);
}

public readonly struct Box<T>(T value) where T : notnull { [Instrument] public T F() => value; }

public sealed class Derived(int size) : Pool<Version>(size);

public static class Sample
{
    public static string Run()
    {
        var pool = new Pool<Version>(1);
        var scope = new Pool<Version>.Scope<int>(pool);
        return $"{pool.F()} {new Derived(0).F()} {scope.F(3, new(2, 1))} {scope[4]} {new Box<string>("b").F()} {Pool<Version>.Deepest()}";
    }
}
