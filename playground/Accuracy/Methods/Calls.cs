using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy.Methods;

/// <summary>What a caller allocates depends on what is inlined into it.</summary>
[Instrument]
internal struct SmallFactory : IMethod
{
    private static Point Make(int i) => new(i, 1);

    public static int Call(int i) => Make(i).X;
}

[Instrument]
internal struct SmallFactoryOfCaller : IMethod
{
    [DoNotInstrument]
    public static int Call(int i) => Make(i).X;

    private static Point Make(int i) => new(i, 1);
}

[Instrument]
internal struct MediumFactory : IMethod
{
    private static Point Make(int i)
    {
        int x = i;
        for (int k = 0; k < 3; k++)
        {
            x = x * 31 + k;
            x ^= x >> 3;
        }

        if (x % 17 == 3)
        {
            x += Environment.TickCount & 0;
        }

        return new(x, i);
    }

    public static int Call(int i) => Make(i).Y;
}

[Instrument]
internal struct ForcedFactory : IMethod
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Point Make(int i)
    {
        int x = i * 3;
        x ^= x << 5;
        x += 7 * i;
        return new(x, i);
    }

    public static int Call(int i) => Make(i).Y;
}

[Instrument]
internal struct SeparateFactory : IMethod
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Point Make(int i) => new(i, 1);

    public static int Call(int i) => Make(i).X;
}

[Instrument]
internal struct ChainOfFactories : IMethod
{
    private static Point Make(int i) => new(i, 1);

    private static Point Moved(Point point) => new(point.X + 1, point.Y);

    public static int Call(int i) => Moved(Moved(Make(i))).X;
}

[Instrument]
internal struct Recursion : IMethod
{
    public static int Call(int i) => Depth(new object(), i & 7);

    private static int Depth(object mark, int left) => left == 0 ? 1 : Depth(new object(), left - 1) + (mark is null ? 1 : 0);
}

internal abstract class Shape
{
    public abstract Point Centre(int i);
}

internal sealed class Square : Shape
{
    [Instrument]
    public override Point Centre(int i) => new(i, i);
}

internal sealed class Circle : Shape
{
    [Instrument]
    public override Point Centre(int i) => new(i, 0);
}

/// <summary>Guarded devirtualization inlines the call that the profile saw. Only then does the object stay off the heap.</summary>
[Instrument]
internal struct VirtualCall : IMethod
{
    private static readonly Shape[] s_shapes = [new Square(), new Square()];

    public static int Call(int i) => s_shapes[i & 1].Centre(i).X;
}

/// <summary>
/// The profile guesses the more frequent of two classes. With a tie, the guess would be random in each body and in each run.
/// </summary>
[Instrument]
internal struct VirtualCallOfTwo : IMethod
{
    private static readonly Shape[] s_shapes = [new Square(), new Circle(), new Square(), new Square()];

    public static int Call(int i) => s_shapes[i & 3].Centre(i).X;
}

internal interface IMaker
{
    Point Make(int i);
}

internal sealed class Maker : IMaker
{
    [Instrument]
    public Point Make(int i) => new(i, 3);
}

[Instrument]
internal struct InterfaceCall : IMethod
{
    private static readonly IMaker[] s_makers = [new Maker()];

    public static int Call(int i) => s_makers[0].Make(i).Y;
}

[Instrument]
internal struct DelegateCall : IMethod
{
    private static readonly Func<int, Point>[] s_makers = [static i => new(i, 3)];

    public static int Call(int i) => s_makers[0](i).Y;
}

[Instrument]
internal struct GenericOverStruct : IMethod
{
    private static string? Name<T>(T value) => value is IFormattable ? "formattable" : null;

    public static int Call(int i) => Name(i)!.Length;
}

[Instrument]
internal struct GenericOverClass : IMethod
{
    private static T[] Pair<T>(T a, T b) => [a, b];

    public static int Call(int i) => Pair("a", "b").Length + i;
}

[Instrument]
internal struct Property : IMethod
{
    private static int[] Fresh => new int[2];

    public static int Call(int i) => Fresh.Length + i;
}

internal readonly struct Money(int cents)
{
    public readonly int Cents = cents;

    [Instrument]
    public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);

    [Instrument]
    public static explicit operator string(Money money) => money.Cents == 0 ? "" : new string('c', 3);
}

[Instrument]
internal struct Operators : IMethod
{
    public static int Call(int i) => ((string)(new Money(i) + new Money(1))).Length;
}

[Instrument]
internal struct DefaultInterfaceMember : IMethod
{
    private interface INamed
    {
        int Value { get; }

        int Twice() => Value * 2;
    }

    private readonly struct Named(int value) : INamed
    {
        public int Value => value;
    }

    private static int Twice<T>(T named)
        where T : INamed => named.Twice();

    public static int Call(int i) => Twice(new Named(i));
}
