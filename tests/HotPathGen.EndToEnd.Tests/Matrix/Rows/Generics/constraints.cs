// attribute: A=1:pair B=1:pair C=1:pair D=1:pair E=1:pair G=1:pair

namespace Rows.Generics.constraints;

public interface IShape<TSelf> where TSelf : IShape<TSelf> { static abstract int Area { get; } }
public struct Square : IShape<Square> { public static int Area => 4; }
public static class Sample
{
    [Instrument] static string A<T>(T x) where T : class?, IEnumerable<char>? => x?.Count().ToString() ?? "";
    [Instrument] static int B<T>() where T : unmanaged, IShape<T> => T.Area;
    [Instrument] static T C<T, U>(U u) where T : notnull, new() where U : struct, Enum => new();
    [Instrument] static int D<T>(T x, scoped in T y) where T : IDisposable, allows ref struct => 1;
    [Instrument] static T? E<T>(T? x, Func<T?, T?> f) => f(x);
    [Instrument] static TDelegate G<TDelegate, T2>(TDelegate d) where TDelegate : Delegate where T2 : List<TDelegate>, IComparable<T2>? => d;
    ref struct R : IDisposable { public void Dispose() { } }
    sealed class L : List<Action>, IComparable<L> { public int CompareTo(L? o) => 0; }
    public static string Run() => A("abc") + B<Square>() + C<List<int>, DayOfWeek>(default).Count + D(new R(), new R()) + E("x", s => s + "y") + G<Action, L>(() => { }).Method.IsStatic;
}
