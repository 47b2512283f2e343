// attribute: A=1:pair B=1:pair C=1:pair D=1:pair E=1:pair F=1:pair G=1:pair H=1:pair I=1:pair J=1:pair K=1:pair L=1:pair M=1:pair N=1:pair O=1:pair P=1:pair

namespace Rows.Generics.every_constraint;

public class Animal { public virtual string Name => "animal"; }
public sealed class Cat : Animal, IComparable<Cat?> { public override string Name => "cat"; public int CompareTo(Cat? other) => 0; }
public interface IZero<TSelf> where TSelf : IZero<TSelf>? { static abstract TSelf Zero { get; } static virtual string Kind => "virtual"; }
public readonly struct Number : IZero<Number> { public static Number Zero => default; public override string ToString() => "0"; }
public ref struct Ref : IDisposable { public readonly void Dispose() { } }

public static unsafe class Sample
{
    [Instrument] static string A<T>(T x) where T : class => x.ToString()!;
    [Instrument] static string B<T>(T x) where T : class? => x?.ToString() ?? "null";
    [Instrument] static string C<T>(T? x) where T : struct => x.HasValue.ToString();
    [Instrument] static int D<T>(T* x) where T : unmanaged => sizeof(T);
    [Instrument] static int E<T>(T x) where T : notnull => x.GetHashCode();
    [Instrument] static string F<T>() where T : new() => new T()!.ToString()!;
    [Instrument] static string G<T>(T x) where T : Animal => x.Name;
    [Instrument] static string H<T>(T x) where T : Animal?, IComparable<T>? => x?.Name ?? "none";
    [Instrument] static string I<T, U>(T x) where T : U where U : class => ((U)x).ToString()!;
    [Instrument] static string J<T>(T x) where T : struct, Enum => Enum.GetName(x)!;
    [Instrument] static int K<T>(T x) where T : Delegate => x.GetInvocationList().Length;
    [Instrument] static int L<T>(T x) where T : MulticastDelegate? => x is null ? 0 : 1;
    [Instrument] static string M<T>() where T : IZero<T> => $"{T.Zero}{T.Kind}";
    [Instrument] static string N<T>(scoped T x) where T : allows ref struct => typeof(T).Name;
    [Instrument] static string O<T>(T x) where T : struct, IDisposable, allows ref struct { using (x) { return typeof(T).Name; } }
    [Instrument] static TOut P<TIn, TOut>(TIn x, Func<TIn, TOut> f) where TIn : allows ref struct where TOut : allows ref struct => f(x);

    public static string Run()
    {
        int number = 1;
        return string.Join(' ', A("a"), B<string?>(null), C<int>(null), D(&number), E(7), F<Version>(), G(new Cat()), H<Cat?>(null), I<string, object>("i"), J(DayOfWeek.Friday),
            K(() => { }), L<Action?>(null), M<Number>(), N(new Ref()), O(new Ref()), P<ReadOnlySpan<char>, int>("abc", x => x.Length));
    }
}
