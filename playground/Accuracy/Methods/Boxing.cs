using System.Runtime.CompilerServices;
using HotPathGen;

namespace Accuracy.Methods;

internal struct Number(int value) : IComparable<Number>
{
    public int Value = value;

    public readonly int CompareTo(Number other) => Value.CompareTo(other.Value);
}

internal struct Bare(int value)
{
    public int Value = value;
}

[Instrument]
internal struct BoxEscaping : IMethod
{
    public static int Call(int i)
    {
        Escaped.Object = i;
        return i;
    }
}

[Instrument]
internal struct BoxKept : IMethod
{
    public static int Call(int i)
    {
        object box = i;
        return (int)box + 1;
    }
}

[Instrument]
internal struct BoxTested : IMethod
{
    public static int Call(int i) => Describe(i);

    private static int Describe(object value) => value is int number ? number : 0;
}

[Instrument]
internal struct BoxedParameter : IMethod
{
    public static int Call(int i) => Hash(i);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Hash(object value) => value.GetHashCode();
}

[Instrument]
internal struct BoxedInterface : IMethod
{
    public static int Call(int i) => Compare(new Number(i));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Compare(IComparable<Number> number) => number.CompareTo(new(7));
}

[Instrument]
internal struct ConstrainedCall : IMethod
{
    public static int Call(int i) => Compare(new Number(i));

    private static int Compare<T>(T number)
        where T : IComparable<Number> => number.CompareTo(new(7));
}

[Instrument]
internal struct EnumFlag : IMethod
{
    public static int Call(int i) => ((AttributeTargets)i).HasFlag(AttributeTargets.Class) ? 1 : 0;
}

[Instrument]
internal struct EnumText : IMethod
{
    public static int Call(int i) => ((DayOfWeek)(i % 7)).ToString().Length;
}

[Instrument]
internal struct EnumHash : IMethod
{
    public static int Call(int i) => ((DayOfWeek)(i % 7)).GetHashCode();
}

[Instrument]
internal struct StructEquality : IMethod
{
    public static int Call(int i) => new Bare(i).Equals(new Bare(3)) ? 1 : 0;
}

[Instrument]
internal struct StructHash : IMethod
{
    public static int Call(int i) => new Bare(i).GetHashCode();
}

[Instrument]
internal struct DefaultComparer : IMethod
{
    public static int Call(int i) => EqualityComparer<int>.Default.Equals(i, 5) ? 1 : 0;
}

[Instrument]
internal struct NullableBox : IMethod
{
    public static int Call(int i)
    {
        int? number = i % 2 == 0 ? i : null;
        Escaped.Object = number;
        return i;
    }
}

[Instrument]
internal struct ParamsObjects : IMethod
{
    public static int Call(int i) => Count("x", i, i);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Count(string format, params object[] arguments) => format.Length + arguments.Length;
}

[Instrument]
internal struct ParamsEmpty : IMethod
{
    public static int Call(int i) => Count("x") + i;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Count(string format, params object[] arguments) => format.Length + arguments.Length;
}

[Instrument]
internal struct ParamsSpan : IMethod
{
    public static int Call(int i) => Sum(i, 2, 3);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum(params ReadOnlySpan<int> numbers) => numbers[0] + numbers.Length;
}
