// attribute: A=1:pair B=2:pair C=2:pair D=1:pair E=2:pair F=2:pair G=2:pair H=2:pair I=2:pair J=1:pair M=1:pair N=2:pair O=1:pair P=1:pair Q=1:pair R=1:async S=1:async T=1:iterator

namespace Rows.Generics.every_constraint_inherited;

public class Animal { public virtual string Name => "animal"; }
public sealed class Cat : Animal, IComparable<Cat?> { public override string Name => "cat"; public int CompareTo(Cat? other) => 0; }
public interface IZero<TSelf> where TSelf : IZero<TSelf>? { static abstract TSelf Zero { get; } static virtual string Kind => "virtual"; }
public readonly struct Number : IZero<Number> { public static Number Zero => default; public override string ToString() => "0"; }
public ref struct Ref : IDisposable { public readonly void Dispose() { } }

public abstract class Base<TOuter> where TOuter : class
{
    public abstract string A<T>(T x) where T : class;
    public abstract string B<T>(T x) where T : class?;
    public abstract string C<T>(T? x) where T : struct;
    public abstract unsafe int D<T>(T* x) where T : unmanaged;
    public abstract int E<T>(T x) where T : notnull;
    public abstract string F<T>() where T : new();
    public abstract string G<T>(T x) where T : Animal;
    public abstract string H<T>(T x) where T : Animal?, IComparable<T>?;
    public abstract string I<T, U>(T x) where T : U where U : class;
    public abstract string J<T>(T x) where T : struct, Enum;
    public abstract string M<T>() where T : IZero<T>;
    public abstract string N<T>(scoped T x) where T : allows ref struct;
    public abstract string O<T>(T x) where T : struct, IDisposable, allows ref struct;
    public abstract T? P<T>(T? x);
    public abstract ref T Q<T>(ref T x, params TOuter[] all) where T : class, IEnumerable<TOuter>;
    public abstract Task<T> R<T>(T x) where T : TOuter;
}
public interface IAll
{
    string B<T>(T x) where T : class?;
    string C<T>(T? x) where T : struct;
    int E<T>(T x) where T : notnull;
    string F<T>() where T : new();
    string G<T>(T x) where T : Animal;
    string H<T>(T x) where T : Animal?, IComparable<T>?;
    string I<T, U>(T x) where T : U where U : class;
    string N<T>(scoped T x) where T : allows ref struct;
    Task<string> S<@class>(@class x) where @class : IList<@class[]>, new();
    IEnumerable<T> T<T>(T x) where T : struct;
}

public sealed class Sample : Base<string>, IAll
{
    [Instrument] public override string A<T>(T x) => x.ToString()!;
    [Instrument] public override string B<T>(T x) where T : class => x?.ToString() ?? "null";
    [Instrument] public override string C<T>(T? x) => x.HasValue.ToString();
    [Instrument] public override unsafe int D<T>(T* x) => sizeof(T);
    [Instrument] public override int E<T>(T x) => x.GetHashCode();
    [Instrument] public override string F<T>() => new T()!.ToString()!;
    [Instrument] public override string G<T>(T x) => x.Name;
    [Instrument] public override string H<T>(T x) => x?.Name ?? "none";
    [Instrument] public override string I<T, U>(T x) => ((U)x).ToString()!;
    [Instrument] public override string J<T>(T x) => Enum.GetName(x)!;
    [Instrument] public override string M<T>() => $"{T.Zero}{T.Kind}";
    [Instrument] public override string N<T>(scoped T x) => typeof(T).Name;
    [Instrument] public override string O<T>(T x) { using (x) { return typeof(T).Name; } }
    [Instrument] public override T? P<T>(T? x) where T : default => x;
    [Instrument] public override ref T Q<T>(ref T x, params string[] all) { x = x.Any() ? x : null!; return ref x; }
    [Instrument] public override async Task<T> R<T>(T x) { await Task.Yield(); return x; }
    [Instrument] string IAll.B<T>(T x) where T : class => x?.ToString() ?? "null";
    [Instrument] string IAll.C<T>(T? x) => x.HasValue.ToString();
    [Instrument] int IAll.E<T>(T x) => x.GetHashCode();
    [Instrument] string IAll.F<T>() => new T()!.ToString()!;
    [Instrument] string IAll.G<T>(T x) => x.Name;
    [Instrument] string IAll.H<T>(T x) => x?.Name ?? "none";
    [Instrument] string IAll.I<T, U>(T x) => ((U)x).ToString()!;
    [Instrument] string IAll.N<T>(scoped T x) => typeof(T).Name;
    [Instrument] async Task<string> IAll.S<@class>(@class x) { await Task.Yield(); return new @class().GetType().Name + x.Count; }
    [Instrument] IEnumerable<T> IAll.T<T>(T x) { yield return x; }

    public static unsafe string Run()
    {
        int number = 1;
        var all = new List<string> { "q" };
        var sample = new Sample();
        IAll other = sample;
        return string.Join(' ', sample.A("a"), sample.B<string?>(null), sample.C<int>(null), sample.D(&number), sample.E(7), sample.F<Version>(), sample.G(new Cat()),
            sample.H<Cat?>(null), sample.I<string, object>("i"), sample.J(DayOfWeek.Friday), sample.M<Number>(), sample.N(new Ref()), sample.O(new Ref()), sample.P(5),
            sample.Q(ref all).Count, sample.R("r").Result, other.B("b"), other.C<int>(3), other.E(7), other.F<Version>(), other.G(new Cat()), other.H<Cat?>(null),
            other.I<string, object>("i"), other.N(new Ref()), other.S(new Lists()).Result, other.T(8).Sum());
    }
}
public sealed class Lists : List<Lists[]>;
