namespace Allocations.Methods;

internal static class Sink
{
    public static object? Kept;
    public static readonly int[] Numbers = [1, 2, 3, 4];
    public static readonly string[] Words = ["one", "two", "three"];
    public static readonly List<int> List = [1, 2, 3, 4];
    public static readonly Dictionary<string, int> Map = new() { ["one"] = 1, ["two"] = 2 };
    public static readonly string Name = "name of something";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Take(object? value) => value is null ? 0 : 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Apply(int value, Func<int, int> function) => function(value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Count(string format, params object[] arguments) => format.Length + arguments.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int CountSpan(params ReadOnlySpan<int> numbers) => numbers.Length;

    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : struct, System.Numerics.INumber<T>
    {
        var sum = T.Zero;
        foreach (var value in values)
        {
            sum += value;
        }
        return T.Max(sum, T.One);
    }
}

internal class Point(int x, int y)
{
    public int X = x,
        Y = y;

    public int Sum() => X + Y;
}

internal struct Pair(int a, int b) : IEquatable<Pair>
{
    public int A = a,
        B = b;

    public readonly bool Equals(Pair other) => A == other.A && B == other.B;

    public override readonly bool Equals(object? other) => other is Pair pair && Equals(pair);

    public override readonly int GetHashCode() => A ^ B;

    public override readonly string ToString() => "pair";
}

internal struct Bare(int value)
{
    public int Value = value;
}

internal sealed record Row(int Id, string Name);

internal enum Colour
{
    Red,
    Green,
    Blue,
}
